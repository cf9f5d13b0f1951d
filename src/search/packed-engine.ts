/** The engine over packed states: program text made for one model, and the arrays it fills. */
import { ModelFault } from '../modelling/fault.ts'
import type { Model } from '../modelling/model.ts'
import { testsOf } from '../modelling/tests.ts'
import { absent, notAMessage, outside } from '../state/conforms.ts'
import { plainOf } from '../state/decode.ts'
import { layoutOf } from '../state/layout.ts'
import { addPackedState, type PackedFaults } from '../state/packed-source.ts'
import { firstChange, instancesOf, listenersOf, type PlainState } from '../state/plain.ts'
import type { Change } from '../state/print.ts'
import { asFault, finite, unsteady, unsteadyEffect, wroteInTest } from '../state/running-faults.ts'
import { Source } from '../state/source.ts'
import { reductionOf } from '../symmetry/reduction.ts'
import { symmetryOf } from '../symmetry/symmetry.ts'
import { type Engine, type EngineOptions, type Finding, type Findings, OutOfMemory } from './engine.ts'
import { namesTo, pathTo } from './path.ts'
import { addSearch, type Counters } from './search-source.ts'
import { secondOpinionOn } from './second-opinion.ts'
import { CHUNK, type Store } from './store.ts'

/** What the program text returns. */
interface Program {
  start(): void
  expand(from: number, to: number): void
  examine(state: number): void
  counters(): Counters
  /** The model's root view, then one for each memory. */
  roots: readonly object[]
  /** Takes writes back until `writes` are left; the hash is not restored, for this is the end of a search. */
  undoTo(writes: number): void
  tableBytes(): number
}

/** States, and as many again over the whole search, on which the plain interpreter is asked as well. */
const EXAMINED = 8

/** Builds the engine; the text is compiled here, not at the first state. */
export const packedEngine = (model: Model, { exact, rewrite, symmetry }: EngineOptions): Engine => {
  const found = symmetry === true ? symmetryOf(model) : symmetry || undefined
  const reduction = found && reductionOf(model, found)
  const listeners = listenersOf(model)
  const layout = layoutOf([
    { path: '', schema: model.state },
    ...listeners.map(({ name, memory }) => ({ path: name, schema: memory })),
  ])
  const store: Store = { states: [], parents: [], instances: [], marks: [], ends: [], edges: [] }
  const findings: Findings[] = model.properties.map(() => ({}))
  const coverage = model.actions.map((action) => ({ action: action.name, enabled: 0, taken: 0, fresh: 0 }))
  const initial = instancesOf(model.initial)
  const instances = instancesOf(model.actions)

  const source = new Source(rewrite)
  const names = addPackedState(source, layout, faultsOf())
  reduction?.addTo(source, names)
  addSearch(source, model, {
    exact,
    names,
    reduced: reduction !== undefined,
    store,
    findings,
    coverage,
    report: { unsteadyGuard, unsteadyState, guardWrote, propertyWrote, finite, ...secondOpinion() },
  })
  const program = source.run() as Program

  function instanceNow() {
    const { from, instance } = program.counters()
    return { from, instance: from < 0 ? initial[instance]! : instances[instance]! }
  }
  /** The state in the slots. */
  function stateNow(): PlainState {
    const [root, ...memories] = program.roots
    const memory = listeners.map(({ name, memory }, i) => [name, plainOf(memory, memories[i], name)])
    return { model: plainOf(model.state, root, '') as object, memory: Object.fromEntries(memory) }
  }
  /** What was written since there were `writes` writes, which are taken back. */
  function changeSince(writes: number): Change | undefined {
    const after = stateNow()
    program.undoTo(writes)
    return firstChange(model, stateNow(), after)
  }
  /**
   * What a thorough audit asks of the plain interpreter. Only after the search: the model's own closures would be
   * compiled for both kinds of state from then on, and be a fifth slower.
   */
  function secondOpinion() {
    let opinion: ReturnType<typeof secondOpinionOn> | undefined
    const plain = () => {
      opinion ??= secondOpinionOn(model)
      return opinion
    }
    return {
      lookAt: () => plain().lookAt(stateNow()),
      guardSaid: (answer: unknown) => plain().guard(instanceNow().instance, answer),
      effectLed: () => plain().effect(instanceNow().instance, stateNow()),
      askProperties() {
        for (const { subject, test } of testsOf(model))
          plain().property(subject, test, test(program.roots[0]!))
      },
    }
  }
  function unsteadyGuard(first: unknown, second: unknown): never {
    throw unsteady('guard', instanceNow().instance.action, String(first), String(second))
  }
  function unsteadyState(restoreFirst: () => void): never {
    const second = stateNow()
    restoreFirst()
    const change = firstChange(model, stateNow(), second)
    throw unsteadyEffect(instanceNow().instance.action, change!)
  }
  function guardWrote(): never {
    throw wroteInTest(`The guard of ${instanceNow().instance.action.name}`, 'guards', changeSince(0))
  }
  function propertyWrote(writes: number): never {
    const change = changeSince(writes)
    const { subject = 'A property' } =
      testsOf(model).find(({ test }) => {
        test(program.roots[0]!)
        return program.counters().writes !== writes
      }) ?? {}
    throw wroteInTest(subject, 'properties', change)
  }
  /** The fault of a property that threw: whichever throws again on the state in the slots. */
  function propertyFault(cause: unknown): ModelFault {
    const guilty = testsOf(model).find(({ test }) => {
      try {
        test(program.roots[0]!)
        return false
      } catch {
        return true
      }
    })
    return asFault(cause, guilty?.subject)
  }

  /** Runs a piece of the search; an error of the model's own code becomes a fault that says where it happened. */
  const guarded = (piece: () => void): void => {
    try {
      piece()
    } catch (cause) {
      if (cause instanceof RangeError && /allocation failed/i.test(cause.message)) throw new OutOfMemory()
      const { from, instance } = instanceNow()
      const fault = program.counters().judging ? propertyFault(cause) : asFault(cause)
      if (reduction && from >= 0)
        throw reduction.located(fault, pathTo(engine, from), program.counters().instance)
      const path = namesTo(engine, from, initial, instances)
      throw fault.with({ model: model.name, step: instance.text, path })
    }
  }

  /** The first of the two bits of a property among the marks of a state. */
  const firstBit = model.properties.map(
    (_, i) => model.properties.slice(0, i).filter((p) => p.kind === 'alwaysPossible').length * 2,
  )

  const engine: Engine = {
    model,
    exact,
    ...(found && { symmetry: found }),
    ...(reduction && { concrete: reduction.concrete }),
    findings,
    coverage,
    get distinct() {
      return program.counters().distinct
    },
    get generated() {
      return program.counters().generated
    },
    get bytes() {
      const sum = (chunks: readonly { byteLength: number }[]) =>
        chunks.reduce((total, { byteLength }) => total + byteLength, 0)
      return program.tableBytes() + Object.values(store).reduce((total, chunks) => total + sum(chunks), 0)
    },
    get stuck() {
      return program.counters().stuck
    },
    get deadlock() {
      const { deadlock } = program.counters()
      return deadlock < 0 ? undefined : deadlock
    },
    start: () => guarded(program.start),
    expand(from, to) {
      guarded(() => {
        // A block stays inside one chunk.
        for (let a = from; a < to; ) {
          const b = Math.min(to, (Math.floor(a / CHUNK) + 1) * CHUNK)
          program.expand(a, b)
          a = b
        }
      })
    },
    secondOpinion() {
      guarded(() => {
        program.examine(-1)
        const step = Math.max(1, Math.floor(engine.distinct / EXAMINED))
        for (let s = 0; s < engine.distinct; s += s < EXAMINED ? 1 : step) program.examine(s)
      })
    },
    cameBy(state): Finding {
      const [chunk, place] = [Math.floor(state / CHUNK), state % CHUNK]
      return { from: store.parents[chunk]![place]!, instance: store.instances[chunk]![place]! }
    },
    marks(state, property) {
      const marks = store.marks[Math.floor(state / CHUNK)]![state % CHUNK]! >> firstBit[property]!
      return { holds: (marks & 1) === 1, judged: (marks & 2) === 2 }
    },
    eachEdge(visit) {
      let edge = 0
      for (let s = 0; s < engine.distinct; s++) {
        const end = store.ends[Math.floor(s / CHUNK)]![s % CHUNK]!
        for (; edge < end; edge++) visit(s, store.edges[Math.floor(edge / CHUNK)]![edge % CHUNK]!)
      }
    },
  }
  return engine
}

const faultsOf = (): PackedFaults => {
  const raise = (fault: ModelFault): never => {
    throw fault
  }
  return {
    outside: (path, value, schema) => raise(outside(path, value, schema)),
    notAMessage: (path, message, schema) => raise(notAMessage(path, message, schema)),
    overflow: (path, schema) => raise(outside(path, undefined, schema)),
    absent: (path, message, schema, bag) => raise(absent(path, message, schema, bag)),
    tooMuch: (what, limit) =>
      raise(new ModelFault({ problem: `One effect made more than ${limit} ${what}.` })),
  }
}

/** The engine over packed states: program text made for one model, and the arrays it fills. */
import { ModelFault, quote } from '../modelling/fault.ts'
import type { Model } from '../modelling/model.ts'
import type { Schema } from '../modelling/schema.ts'
import { domainText, misfit, misfitText } from '../state/conforms.ts'
import { layoutOf } from '../state/layout.ts'
import { addPackedState, type PackedFaults } from '../state/packed-source.ts'
import { asFault, instancesOf, monitorsOf, unsteady, wroteInGuard } from '../state/plain.ts'
import { Source } from '../state/source.ts'
import type { Engine, EngineOptions, Finding, Findings } from './engine.ts'
import { pathTo } from './path.ts'
import { addSearch, CHUNK, type Counters } from './search-source.ts'

/** What the program text returns. */
interface Program {
  start(): void
  expand(from: number, to: number): void
  counters(): Counters
  slots: Int32Array
  tableBytes(): number
}

/** Arrays in chunks of `CHUNK` states: nothing is ever copied to grow. */
export interface Store {
  readonly states: Int32Array[]
  readonly parents: Int32Array[]
  readonly instances: Uint16Array[]
  /** Two bits for each alwaysPossible property: holds, judged. */
  readonly marks: Uint16Array[]
  /** Edges of state s end at ends[s]; they begin where those of s - 1 end. */
  readonly ends: Float64Array[]
  readonly edges: Int32Array[]
}

/** Builds the engine; the text is compiled here, not at the first state. */
export const packedEngine = (model: Model, { exact }: EngineOptions): Engine => {
  const layout = layoutOf([
    { path: '', schema: model.state },
    ...monitorsOf(model).map((monitor) => ({ path: monitor.name, schema: monitor.memory })),
  ])
  const store: Store = { states: [], parents: [], instances: [], marks: [], ends: [], edges: [] }
  const findings: Findings[] = model.properties.map(() => ({}))
  const coverage = model.actions.map((action) => ({ action: action.name, enabled: 0, taken: 0, fresh: 0 }))
  const initial = instancesOf(model.initial)
  const instances = instancesOf(model.actions)

  const source = new Source()
  const names = addPackedState(source, layout, faultsOf())
  addSearch(source, model, {
    exact,
    names,
    store,
    findings,
    coverage,
    report: { unsteady: reportUnsteady, guardWrote },
  })
  const program = source.run() as Program

  function instanceNow() {
    const { from, instance } = program.counters()
    return { from, instance: from < 0 ? initial[instance]! : instances[instance]! }
  }
  function reportUnsteady(part: 'guard' | 'effect', what: string): never {
    throw unsteady(part, instanceNow().instance, what)
  }
  function guardWrote(variable: string, slot: number): never {
    throw wroteInGuard(instanceNow().instance.action.name, variable, shownSlot(slot))
  }
  /** The value in a slot as its author wrote it. */
  function shownSlot(slot: number): unknown {
    const value = program.slots[slot]!
    const scalar = scalarAt(model.state, slot)
    if (scalar?.kind === 'bool') return value !== 0
    if (scalar?.kind === 'range') return value + scalar.min
    if (scalar?.kind === 'oneOf' || scalar?.kind === 'id') return scalar.values[value]
    return value
  }
  function scalarAt(schema: Schema, slot: number): Schema | undefined {
    let found: Schema | undefined
    const visit = (node: (typeof layout.roots)[number]): void => {
      if (node.kind === 'scalar' && node.at === slot) found = node.schema
      if (node.kind === 'record') for (const [, child] of node.fields) visit(child)
    }
    layout.roots.forEach(visit)
    return found ?? (schema.kind === 'set' ? schema : undefined)
  }

  /** Runs a piece of the search; an error of the model's own code becomes a fault that says where it happened. */
  const guarded = (piece: () => void): void => {
    try {
      piece()
    } catch (cause) {
      const { from, instance } = instanceNow()
      const path = from < 0 ? [] : pathTo(engine, from)
      const steps = path.map((number, i) => (i === 0 ? initial : instances)[number]!.text)
      throw asFault(cause).with({ model: model.name, step: instance.text, path: steps })
    }
  }

  const engine: Engine = {
    model,
    exact,
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
    cameBy(state): Finding {
      const [chunk, place] = [Math.floor(state / CHUNK), state % CHUNK]
      return { from: store.parents[chunk]![place]!, instance: store.instances[chunk]![place]! }
    },
    marks(state, property) {
      const bit = model.properties.slice(0, property).filter((p) => p.kind === 'alwaysPossible').length * 2
      const marks = store.marks[Math.floor(state / CHUNK)]![state % CHUNK]! >> bit
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
  const fail = (problem: string, variable: string): never => {
    throw new ModelFault({ problem, variable })
  }
  return {
    outside: (path, value, schema) =>
      fail(`${path} = ${quote(value)} is outside ${domainText(schema as Schema)}.`, path),
    misfit(place, message, schema) {
      const path = place.replace(/\[\d+\]$/, '')
      const { element } = schema as Extract<Schema, { kind: 'queue' | 'bag' }>
      const wrong = misfit(element, message, `${path}[]`)
      return fail(wrong ? misfitText(wrong) : `${path} does not take ${quote(message)}.`, path)
    },
    overflow(place, schema) {
      const path = (place ?? 'A channel').replace(/\[\d+\]$/, '')
      return fail(misfitText({ path, value: undefined, schema: schema as Schema }), path)
    },
    absent: (place, message) =>
      fail(
        `Removed ${quote(message)} from ${(place ?? '').replace(/\[\d+\]$/, '')}, a bag that does not hold it.`,
        place,
      ),
    tooMuch: (what, limit) => fail(`One effect made more than ${limit} ${what}.`, ''),
  }
}

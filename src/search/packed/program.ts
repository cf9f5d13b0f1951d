/** The program of one model: its text made and compiled, and what it says when the model is at fault. */
import { ModelFault } from '../../modelling/fault.ts'
import type { Model } from '../../modelling/model.ts'
import { isTemporal } from '../../modelling/property.ts'
import { testsOf } from '../../modelling/tests.ts'
import { addPackedState, type PackedFaults } from '../../state/codegen/packed.ts'
import { Source } from '../../state/codegen/source.ts'
import { absent, notAMessage, outside } from '../../state/conforms.ts'
import { plainOf } from '../../state/decode.ts'
import { layoutOf } from '../../state/layout.ts'
import { type Instance, instancesOf } from '../../state/plain/instances.ts'
import { firstChange, listenersOf, type PlainState } from '../../state/plain/plain-state.ts'
import type { Change } from '../../state/print.ts'
import {
  answerOf,
  asFault,
  finite,
  notAStep,
  unsteadyClosure,
  unsteadyEffect,
  unsteadyReading,
  wroteInTest,
} from '../../state/running-faults.ts'
import { sameAs } from '../../state/same-as.ts'
import { type Reduction, reductionOf } from '../../symmetry/reduction.ts'
import { type Symmetry, symmetryOf } from '../../symmetry/symmetry.ts'
import { crossCheckOf } from '../engine/cross-check.ts'
import { EngineFault } from '../engine/engine.ts'
import { addBitstate, type BitstateParts } from './codegen/bitstate.ts'
import { type Exactness, type Keying, keyingOf, storedWords } from './codegen/keys.ts'
import { addSearch, type Position, type Reports, type Stored } from './codegen/search.ts'
import { ReadTrees, type RecallLimits } from './memoised/read-trees.ts'
import { SecondRuns } from './memoised/second-runs.ts'
import { addOrbitChecks } from './orbit-checks.ts'
import { Profiler } from './profiling/profiler.ts'
import type { Block } from './storage/block.ts'
import type { Table } from './storage/table.ts'

/** What the program text returns. */
export interface Text {
  /** What is found out from now on goes to this block. */
  aim(block: Block): void
  /** Completes the block's head. */
  note(): void
  /** The initial states. */
  start(): void
  /** Expands states of one chunk of the frontier. */
  expand(from: number, to: number, chunk: Int32Array): void
  /** Expands states before which all are expanded, and stores what is new; only in a thread that stores while others search. */
  expandFirst(from: number, to: number, chunk: Int32Array): void
  /** Resolves what is pending, after an effect has thrown. */
  resolve(): void
  /** States stored; only in a thread that stores them. */
  count(): number
  /** Goes on with so many states and pairs, which are in memory already. */
  resume(states: number, pairs: number): void
  /** Pairs of words known, where states are folded. */
  pairs(): number
  /** Stores what others found; only in a thread that stores while others search. */
  admit(block: Block, from: number, to: number): void
  examine(state: number, words: Int32Array): void
  /** Runs guards and tests again on states that were kept. */
  endure(): void
  /** Bytes of what is remembered of guards, effects and tests. */
  remembered(): number
  position(): Position
  /** The model's root view, then one for each memory. */
  roots: readonly object[]
  /** After something was thrown: nothing is noted any more, and nothing written. */
  calm(): void
  /** Takes writes back until `writes` are left; the hash is not restored, for this is the end of a search. */
  undoTo(writes: number): void
}

/** A fault with the state in which it happened: the path to it is known only where states are stored. */
export interface Located {
  readonly fault: ModelFault
  readonly from: number
  readonly instance: number
}

export interface Program extends Text {
  readonly instances: readonly Instance[]
  readonly initial: readonly Instance[]
  /** Whether no two states are taken for the same. */
  readonly exact: boolean
  readonly twice: SecondRuns
  /** What was found, when symmetry was asked for, and what the search does otherwise for it. */
  readonly symmetry: Symmetry | undefined
  readonly reduction: Reduction | undefined
  readonly profiler: Profiler | undefined
  /** Where a scalar variable of the model lies in the words of a state. */
  placeOf(path: string): Place
  /** What was thrown in the text as a fault of the model. Throws what is a fault of the engine. */
  located(thrown: unknown): Located
}

/** Some bits of a word. */
export interface Place {
  readonly word: number
  readonly shift: number
  readonly mask: number
}

/** What a program needs beside the model; known when the size of a state is. */
export interface ProgramParts {
  readonly visited: Table
  readonly pairs: Table | undefined
  readonly shared: boolean
  readonly deferred: boolean
  readonly stored?: Stored
}

export interface ProgramOptions {
  readonly exact: Exactness
  /** Keep one state of each orbit under the symmetry of the model, found first (true) or before. Absent: every state. */
  readonly symmetry?: boolean | Symmetry | undefined
  /** Count values and time actions; only in a thread that searches alone, which sees every state. */
  readonly profile?: boolean | undefined
  /** Keep the instance of each stored step, where steps are stored; only in a thread that searches alone. */
  readonly steps?: boolean | undefined
  /** What guards, effects and tests say was run twice in another search of this model, and is not here. */
  readonly once?: boolean | undefined
  /** With `steps`: keep those that lead back to the same state as well. */
  readonly loops?: boolean | undefined
  /** When the program stops remembering what guards, effects and tests answered; for tests. */
  readonly recall?: RecallLimits | undefined
  /** Changes the program text; for tests that break it. */
  readonly rewrite?: ((text: string) => string) | undefined
}

/** Makes the program of a model; `parts` is called with the words in which a state waits to be expanded. */
export const programOf = (
  model: Model,
  { exact, symmetry, profile, once = false, loops, recall, rewrite }: ProgramOptions,
  parts: (words: number, keying: Keying) => ProgramParts | Pick<BitstateParts, 'bitstate'>,
): Program => {
  const ofRuns = model.properties.find(isTemporal)
  if (symmetry && ofRuns)
    throw new ModelFault({
      problem: `${ofRuns.name} speaks of whole runs, which are judged over all states; symmetry keeps one of each orbit.`,
      model: model.name,
      hint: 'search without symmetry',
    })
  const compared = model.properties.find(({ kind }) => kind === 'refines')
  if (symmetry && compared)
    throw new ModelFault({
      problem: `${compared.name} compares the model with a specification, for which all states are looked at; symmetry keeps one of each orbit.`,
      model: model.name,
      hint: 'search without symmetry',
    })
  const ofSteps = model.properties.find(({ kind }) => kind === 'step')
  if (symmetry && ofSteps)
    throw new ModelFault({
      problem: `${ofSteps.name} is a property of steps, which symmetry does not look at.`,
      model: model.name,
      hint: 'search without symmetry',
    })
  const found = symmetry === true ? symmetryOf(model) : symmetry || undefined
  const reduction = found && reductionOf(model, found)
  const listeners = listenersOf(model)
  const roots = [
    { path: '', schema: model.state },
    ...listeners.map(({ name, memory }) => ({ path: name, schema: memory })),
  ]
  const layout = layoutOf(roots)
  const profiler = profile
    ? new Profiler(
        model,
        layout,
        roots.map(({ path }) => path),
      )
    : undefined
  const initial = instancesOf(model.initial)
  const instances = instancesOf(model.actions)
  const source = new Source(rewrite)
  const names = addPackedState(source, layout, faultsOf(), {
    before: model.properties.some(({ kind }) => kind === 'step'),
  })
  reduction?.addTo(source, names)
  if (reduction) addOrbitChecks(source, model, reduction, names)
  const keying = keyingOf(exact, names)
  const trees = new ReadTrees(names, recall)
  const twice = new SecondRuns(model, layout.slots)
  const common = {
    names,
    keying,
    report: reports(),
    trees,
    twice,
    once,
    reduced: reduction !== undefined,
    loops: loops === true,
  }
  const special = parts(storedWords(names.words, keying), keying)
  if ('bitstate' in special) addBitstate(source, model, { ...common, ...special })
  else addSearch(source, model, { ...common, ...special, profiler })
  const text = source.run() as Text

  function instanceNow() {
    const { from, instance } = text.position()
    return { from, instance: from < 0 ? initial[instance]! : instances[instance]! }
  }
  function subjectNow(part: 'guard' | 'effect') {
    return `The ${part} of ${instanceNow().instance.action.name}`
  }
  /** The state in the slots. */
  function stateNow(): PlainState {
    const [root, ...memories] = text.roots
    const memory = listeners.map(({ name, memory }, i) => [name, plainOf(memory, memories[i], name)])
    return { model: plainOf(model.state, root, '') as object, memory: Object.fromEntries(memory) }
  }
  /** Whether the state in the slots is this one. */
  function isNow({ model: own, memory: heard }: PlainState): boolean {
    const [root, ...memories] = text.roots as [object, ...object[]]
    return (
      sameAs(model.state, own)(root) &&
      listeners.every(({ name, memory }, i) => sameAs(memory, heard[name]!)(memories[i]!))
    )
  }
  /** What was written since there were `writes` writes, which are taken back. */
  function changeSince(writes: number): Change | undefined {
    const after = stateNow()
    text.undoTo(writes)
    return firstChange(model, stateNow(), after)
  }
  /**
   * What a thorough audit asks of the plain interpreter. Only after the search: the model's own closures would be
   * compiled for both kinds of state from then on, and be a fifth slower.
   */
  function reports(): Reports {
    let crossCheck: ReturnType<typeof crossCheckOf> | undefined
    const plain = () => {
      crossCheck ??= crossCheckOf(model)
      return crossCheck
    }
    return {
      unsteadyGuard(first, second) {
        throw unsteadyClosure(subjectNow('guard'), String(first), String(second), 'variable')
      },
      unsteadyState(restoreFirst, cause = 'variable') {
        const second = stateNow()
        restoreFirst()
        const change = firstChange(model, stateNow(), second)
        throw unsteadyEffect(instanceNow().instance.action, change!, cause)
      },
      unsteadyTest(k, first, second) {
        throw unsteadyClosure(testsOf(model)[k]!.subject, String(first), String(second), 'variable')
      },
      unsteadyReading(kind, i) {
        throw unsteadyReading(kind === 'test' ? testsOf(model)[i]!.subject : subjectNow(kind))
      },
      notOpen: (answer) => void answerOf(subjectNow('guard'), answer),
      notAnAnswer: (k, answer) => void answerOf(testsOf(model)[k]!.subject, answer),
      returned(result) {
        notAStep(instanceNow().instance.action, result)
      },
      guardWrote() {
        throw wroteInTest(`The guard of ${instanceNow().instance.action.name}`, 'guards', changeSince(0))
      },
      propertyWrote(writes) {
        const change = changeSince(writes)
        const guilty = testsOf(model).find(({ test }) => {
          test(text.roots[0]!)
          return text.position().writes !== writes
        })
        throw wroteInTest(guilty?.subject ?? 'A property', 'properties', change)
      },
      finite,
      wrongHash() {
        throw new EngineFault('The hash of a state is not that of its words.')
      },
      lookAt: () => plain().lookAt(stateNow()),
      guardSaid: (answer) => plain().guard(instanceNow().instance, answer),
      effectLed: () => plain().effect(instanceNow().instance, { isTo: isNow, to: stateNow }),
      askProperties() {
        for (const { subject, test } of testsOf(model)) plain().property(subject, test, test(text.roots[0]!))
      },
    }
  }
  /** The fault of a property that threw: whichever throws again on the state in the slots. */
  function propertyFault(cause: unknown): ModelFault {
    const guilty = testsOf(model).find(({ test }) => {
      try {
        test(text.roots[0]!)
        return false
      } catch {
        return true
      }
    })
    return asFault(cause, guilty?.subject)
  }
  /** What is the matter with an error of JavaScript, when it comes of a view that was used as none can be. */
  function seen(cause: unknown, judging: boolean): ModelFault | undefined {
    if (cause instanceof ModelFault) return undefined
    text.undoTo(0)
    const found = twice.strict.viewFault(judging ? 'tests' : instanceNow().instance)
    text.undoTo(0)
    return found
  }
  function placed(cause: unknown): Located {
    const { from, instance } = instanceNow()
    const { judging } = text.position()
    const fault = seen(cause, judging) ?? (judging ? propertyFault(cause) : asFault(cause))
    const { instance: number } = text.position()
    if (reduction && from >= 0) return { from, instance: number, fault }
    return { from, instance: number, fault: fault.with({ model: model.name, step: instance.text }) }
  }

  return {
    ...text,
    twice,
    exact: keying !== 'fingerprint',
    symmetry: found,
    reduction,
    profiler,
    initial,
    instances,
    placeOf(path) {
      const slot = layout.slots.findIndex((one) => one.path === path)
      const { bits } = layout.slots[slot]!
      return { word: names.wordOf[slot]!, shift: names.shiftOf[slot]!, mask: 2 ** bits - 1 }
    },
    located(cause) {
      if (cause instanceof EngineFault) throw cause
      text.calm()
      const last = placed(cause)
      if (text.position().judging) return last
      // The successors before it were not looked at yet: a fault of theirs comes first.
      text.undoTo(0)
      try {
        text.resolve()
      } catch (earlier) {
        return placed(earlier)
      }
      return last
    },
  }
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

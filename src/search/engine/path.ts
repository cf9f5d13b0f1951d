/** Paths as step numbers, and their replay on the plain interpreter, which explains what a fast search found. */

import type { Model } from '../../modelling/model.ts'
import { isTemporal, type Property, type Refines } from '../../modelling/property.ts'
import { ask } from '../../modelling/tests.ts'
import { type Instance, shownIn } from '../../state/plain/instances.ts'
import { plainInterpreter } from '../../state/plain/interpreter.ts'
import type { PlainState, WireEvent } from '../../state/plain/plain-state.ts'
import { recordingOf, type StepRecord } from '../../state/plain/recording.ts'
import type { Engine, Finding } from './engine.ts'
import { cycleOf } from './lasso.ts'
import { lostIn, seenIn } from './observing.ts'
import type { Path } from './outcome.ts'

/** The path to a state, read back over the steps by which states were first reached. */
export const pathTo = (engine: Pick<Engine, 'cameBy'>, state: number): Path => {
  const path: number[] = []
  for (let at = state; at >= 0; ) {
    const { from, instance } = engine.cameBy(at)
    path.push(instance)
    at = from
  }
  return path.reverse()
}

/** The names of the steps to a state, for a fault that happened there; empty before the first state. */
export const namesTo = (
  engine: Pick<Engine, 'cameBy'>,
  state: number,
  initial: readonly Instance[],
  instances: readonly Instance[],
): readonly string[] =>
  pathTo(engine, state).map((number, i) => (i === 0 ? initial : instances)[number]!.text)

/** The path that ends with the step of a finding. */
export const pathOf = (engine: Pick<Engine, 'cameBy'>, { from, instance }: Finding): Path => [
  ...(from < 0 ? [] : pathTo(engine, from)),
  instance,
]

/** One step of a trace: the instance taken, the state it leads to, what it emitted and what monitors and measures said. */
export interface TraceStep {
  readonly instance: Instance
  readonly state: PlainState
  readonly events: readonly WireEvent[]
  readonly violated: ReadonlySet<string>
  readonly arose: ReadonlySet<string>
  /** The largest reading of each measure that gave one, by name. */
  readonly readings: ReadonlyMap<string, number>
}

/** A path written out. Step 0 leads to the initial state. */
export interface Trace {
  readonly model: Model
  readonly path: Path
  /** The state before step 0, in which every variable is zero. */
  readonly zero: PlainState
  readonly steps: readonly TraceStep[]
  /** What the steps read and wrote, of a trace that was recorded for a property, or for none. */
  readonly recorded?: { readonly property: Property | undefined; readonly steps: readonly StepRecord[] }
}

/** A path that the model does not allow. */
export class ReplayError extends Error {}

/** What a replay is made for: with a property, or none, its steps are recorded while they are taken, and not again. */
export interface ReplayFor {
  readonly property: Property | undefined
}

/** Runs a path on plain states; each effect is run once. Throws `ReplayError` when a step is not enabled or does not exist. */
export const replay = (model: Model, path: Path, recorded?: ReplayFor): Trace => {
  const run = plainInterpreter(model)
  const steps: TraceStep[] = []
  const records: StepRecord[] = []
  let state = run.zero
  path.forEach((number, i) => {
    const among = i === 0 ? run.initial : run.instances
    const instance = among[number]
    if (!instance)
      throw new ReplayError(
        `Step ${i} has number ${number}, but ${model.name} numbers its steps 0..${among.length - 1}.`,
      )
    if (!run.enabled(state, instance))
      throw new ReplayError(`Step ${i}, ${instance.text}, is not enabled where the trace takes it.`)
    const recording = recorded && recordingOf(model, recorded.property)
    const step = run.step(state, instance, recording?.recorder)
    if (recording) records.push(recording.record({ before: state, instance, after: step.state }))
    const shown = shownIn(instance, state)
    state = step.state
    steps.push({ instance: shown, ...step })
  })
  return {
    model,
    path,
    zero: run.zero,
    steps,
    ...(recorded && { recorded: { ...recorded, steps: records } }),
  }
}

/**
 * Whether a step is that in which something is seen that the specification does not allow, or after which goals are lost. Where too
 * much can follow to look at all of it here, the search is taken at its word for that, as with what is not possible any more.
 */
const isRefusedAt = (trace: Trace, p: Refines, step: TraceStep): boolean => {
  const { sightings, refused } = seenIn(trace.steps, p)
  if (refused) return trace.steps[sightings.at(-1)!.step] === step
  return trace.steps.at(-1) === step && lostIn(trace, p)?.length !== 0
}

/**
 * Whether a trace shows what it is said to show: a violation, a witness or, for a measure, the reading `value` at its
 * last step and not before.
 */
export const shows = (trace: Trace, property: string, value?: number): boolean => {
  const p = trace.model.properties.find(({ name }) => name === property)
  if (!p) return false
  const at = (step: TraceStep): boolean => {
    if (p.kind === 'monitor' || p.kind === 'step') return step.violated.has(p.name)
    if (isTemporal(p)) return cycleOf(trace, p) !== undefined
    if (p.kind === 'refines') return isRefusedAt(trace, p, step)
    if (p.kind === 'measure') return value !== undefined && step.readings.get(p.name) === value
    const holds = ask(p.holds, step.state.model)
    return p.kind === 'sometimes' ? holds : !holds
  }
  const last = trace.steps.at(-1)
  if (last === undefined || !at(last)) return false
  return (
    p.kind === 'alwaysPossible' || p.kind === 'refines' || isTemporal(p) || !trace.steps.slice(0, -1).some(at)
  )
}

/**
 * Hunts inside a test suite: the runs of a model as a fast-check arbitrary, and the assertion that they violate nothing.
 * fast-check draws, repeats by seed and path, and shrinks.
 */
import { type Arbitrary, type IPropertyWithHooks, property } from 'fast-check'
import type { Model } from '../modelling/model.ts'
import { labelOf } from '../modelling/property.ts'
import { replay } from '../search/engine/path.ts'
import { changesBetween } from '../state/print.ts'
import { confirmRun } from './confirm.ts'
import { Dooms } from './doom.ts'
import { HUNT } from './hunt.ts'
import { type Run, Runs } from './runs.ts'
import { Walker } from './walker.ts'
import { type Weights, weightsOf } from './weights.ts'

/** How the runs of a model are drawn. */
export interface RunsOptions {
  /** Steps of a run at most. Absent: 64. */
  readonly length?: number
  /** By name of action, instead of what the model declares. */
  readonly weights?: Weights
}

/** Runs of a model, for `fc.property`; they shrink by leaving out steps. Throws `ModelFault` for weights that cannot be. */
export const runsOf = (
  model: Model,
  { length = HUNT.length, weights = {} }: RunsOptions = {},
): Arbitrary<Run> => new Runs(new Walker(model), { length, weights: weightsOf(model, weights) })

/**
 * The property that no run violates a property of the model: `fc.assert(clusterProperty(model))`. What a `sometimes` or a
 * measure says is no failure. The message of a failure holds the trace. Throws `ModelFault` when the model is at fault.
 */
export const clusterProperty = (model: Model, options: RunsOptions = {}): IPropertyWithHooks<[Run]> => {
  const { length = HUNT.length, weights = {} } = options
  const walker = new Walker(model)
  const runs = new Runs(walker, { length, weights: weightsOf(model, weights) })
  const dooms = model.properties.map((p) =>
    p.kind === 'alwaysPossible' ? new Dooms(walker, runs, p) : undefined,
  )
  return property(runs, (run) => {
    if (run.stumbled) confirmRun(walker, runs, run)
    const [first] = run.shown
      .filter((one) => model.properties[one.property]!.kind !== 'sometimes')
      .sort((a, b) => a.steps - b.steps)
    if (first) throw new Error(failureText(model, run, first.property, first.steps))
    for (const { property, steps } of run.hopeless)
      if (dooms[property]!.fateOf(run.path.slice(0, steps)) === 'doomed')
        throw new Error(failureText(model, run, property, steps))
  })
}

/** What was violated, and the steps that led there with what each changed. */
const failureText = (model: Model, { path }: Run, index: number, steps: number): string => {
  const violated = model.properties[index]!
  const trace = replay(model, path.slice(0, steps))
  const name = labelOf(violated) === violated.name ? violated.name : `${labelOf(violated)} ${violated.name}`
  const how = violated.kind === 'alwaysPossible' ? 'nothing that follows can make it true' : 'is violated'
  return [
    `${model.name}: ${name} ${how} after ${steps - 1} ${steps === 2 ? 'step' : 'steps'}.`,
    ...(violated.sentence === undefined ? [] : [violated.sentence]),
    ...trace.steps.map(({ instance, state }, i) => {
      const before = i === 0 ? trace.zero : trace.steps[i - 1]!.state
      const changes = changesBetween(model.state, before.model, state.model)
      const texts = changes.map((c) => `${c.path} ${c.before} -> ${c.after}`)
      return `  ${String(i).padStart(2)}  ${instance.text}${i === 0 || texts.length === 0 ? '' : `: ${texts.join(', ')}`}`
    }),
    `path ${path.slice(0, steps).join('.')}`,
  ].join('\n')
}

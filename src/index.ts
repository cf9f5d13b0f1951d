/** The public names of clustercheck: the language models are written in, and the searches that judge them. */

export type { Config, ConfigTarget, Expected } from './cli/config.ts'
export { clusterProperty, type RunsOptions, runsOf } from './hunt/cluster-property.ts'
export { hunt } from './hunt/hunt.ts'
export type { HuntOutcome } from './hunt/outcome.ts'
export type { Run } from './hunt/runs.ts'
export { type Action, actionsOn, type ChoiceOf, type Choices } from './modelling/action.ts'
export {
  type BagDraft,
  type BagView,
  type Draft,
  type QueueDraft,
  type QueueView,
  type SetDraft,
  type SetView,
  take,
  type View,
} from './modelling/draft.ts'
export { type Depiction, type Emit, type EventMap, type Events, eventsOf } from './modelling/events.ts'
export { ModelFault } from './modelling/fault.ts'
export { type Model, model } from './modelling/model.ts'
export {
  always,
  alwaysPossible,
  type Judge,
  type Measure,
  type Meter,
  type Monitor,
  measureOn,
  monitorOn,
  type Property,
  sometimes,
} from './modelling/property.ts'
export { bag, bool, each, id, oneOf, queue, range, record, type Schema, setOf } from './modelling/schema.ts'
export { type Sentence, type Story, said, type Told } from './modelling/telling.ts'
export { valuesOf } from './modelling/values.ts'
export { check, type Limits, search } from './search/breadth-first.ts'
export { checkNaively } from './search/naive.ts'
export type { Judgement, Outcome, Path, Verdict } from './search/outcome.ts'
export { packedEngine } from './search/packed/packed-engine.ts'
export { ReplayError, replay, shows, type Trace } from './search/path.ts'
export { plainEngine } from './search/plain-engine.ts'
export { type Symmetry, symmetryOf } from './symmetry/symmetry.ts'

/** The public names of clustercheck: the language models are written in, and the searches that judge them. */

export type { CaptureVerdict } from './capture/result.ts'
export type { CaptureExpected, Config, ConfigCapture, ConfigTarget, Expected } from './cli/targets/config.ts'
export { defineConfig } from './cli/targets/define-config.ts'
export { clusterProperty, type RunsOptions, runsOf } from './hunt/cluster-property.ts'
export type { ActionCoverage, CoverageData } from './hunt/coverage.ts'
export type { SampleData } from './hunt/distinct.ts'
export { hunt } from './hunt/hunt.ts'
export type { Ended, HuntOptions, Small } from './hunt/hunter.ts'
export type { Found, HuntOutcome } from './hunt/outcome.ts'
export type { Run, Shown } from './hunt/runs.ts'
export type { Weights } from './hunt/weights.ts'
export {
  type Action,
  type ActionBody,
  actionsOn,
  type Choice,
  type Choices,
  type DomainsOf,
} from './modelling/action.ts'
export {
  type BagDraft,
  type BagView,
  type Draft,
  type MessageSet,
  type MessageView,
  type QueueDraft,
  type QueueView,
  type SetDraft,
  type SetView,
  take,
  type View,
  type Walk,
} from './modelling/draft.ts'
export type { Collection, Drawn, Source, Values } from './modelling/drawn.ts'
export { type Depiction, type Emit, type EventMap, type Events, eventsOf } from './modelling/events.ts'
export { type Sentence, type Story, said, type TraceEvent } from './modelling/explanation.ts'
export { type FaultData, ModelFault } from './modelling/fault.ts'
export { type Model, type ModelBody, model } from './modelling/model.ts'
export { type Observer, observerOn } from './modelling/observer.ts'
export { type Parameters, parameters, type ValuesOf } from './modelling/parameters.ts'
export {
  type Always,
  type AlwaysPossible,
  always,
  alwaysPossible,
  type Conditions,
  eventually,
  type Fairness,
  type Judge,
  leadsTo,
  type Measure,
  type Meter,
  type Monitor,
  measureOn,
  monitorOn,
  type OfSteps,
  type Predicate,
  type Property,
  type Refines,
  refines,
  repeatedly,
  type Sometimes,
  type Specification,
  type StepTest,
  sometimes,
  step,
  strongly,
  type Taken,
  type Temporal,
  weakly,
} from './modelling/property.ts'
export {
  type BagOf,
  type Bool,
  bag,
  bool,
  type Each,
  type ElementFields,
  type ElementOf,
  each,
  type Fields,
  type Id,
  id,
  type MessageSchema,
  type OneOf,
  oneOf,
  type QueueOf,
  queue,
  type Range,
  type RecordOf,
  range,
  record,
  type Scalar,
  type ScalarValue,
  type Schema,
  type SetOf,
  setOf,
} from './modelling/schema.ts'
export { valuesOf } from './modelling/values.ts'
export type { AdviceJson, AdvisedJson, TriedJson } from './report/results/advice.ts'
export type { Comparison, Loss } from './report/results/baseline.ts'
export type { Conclusion, Vacuity } from './report/results/findings.ts'
export type { PlaceJson } from './report/results/places.ts'
export {
  defineReporter,
  type Reporter,
  type ReporterContext,
  type ResultFinding,
} from './report/results/reporter.ts'
export type {
  ResultJson,
  RunJson,
  SuiteJson,
  TargetJson,
  TraceJson,
  VerdictJson,
} from './report/results/result-json.ts'
export type { SearchJson } from './report/results/search-json.ts'
export {
  type CheckOptions,
  type Checkpoints,
  check,
  type Limits,
  type Progress,
  type SearchOptions,
  search,
} from './search/breadth-first.ts'
export type { Bits, Engine, Finding, Findings, Graph, Steps, VisitStep } from './search/engine/engine.ts'
export type {
  BitstateFill,
  Compared,
  Coverage,
  Cut,
  Judgement,
  Outcome,
  Path,
  Verdict,
} from './search/engine/outcome.ts'
export {
  ReplayError,
  type ReplayFor,
  replay,
  shows,
  type Trace,
  type TraceStep,
} from './search/engine/path.ts'
export type { ActionProfile, Profile, VariableProfile } from './search/engine/profile.ts'
export type { Saved, Words } from './search/engine/saved.ts'
export type { Forecast } from './search/forecast.ts'
export { checkNaively, type NaiveResult, type NaiveVerdict } from './search/naive.ts'
export type { Exactness } from './search/packed/codegen/keys.ts'
export type { RecallLimits } from './search/packed/memoised/read-trees.ts'
export { packedEngine } from './search/packed/packed-engine.ts'
export type { PackedOptions } from './search/packed/packed-search.ts'
export type { ProgramOptions } from './search/packed/program.ts'
export type { Outside, OutsideWords } from './search/packed/storage/outside.ts'
export { plainEngine } from './search/plain-engine.ts'
export type { Flip } from './search/stability.ts'
export type { ComparedVerdict, Declared, Group, KeptAvailability, Scaled, ScopeName } from './search/suite.ts'
export type { Instance } from './state/plain/instances.ts'
export type { PlainState, WireEvent } from './state/plain/plain-state.ts'
export type { Judged, StepRecord } from './state/plain/recording.ts'
export type { Family } from './symmetry/identities/partition.ts'
export { type Symmetry, symmetryOf } from './symmetry/symmetry.ts'

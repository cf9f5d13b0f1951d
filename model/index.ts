/**
 * The public names for extensions, as `clustercheck/model`: what an extension is made with, the types of the base
 * model that its hooks are given, the functions of the base model that change an IKE SA, and the modelling language.
 */

export type { Action, Choices } from '../src/modelling/action.ts'
export type {
  BagDraft,
  BagView,
  Draft,
  MessageSet,
  MessageView,
  QueueDraft,
  QueueView,
  SetDraft,
  SetView,
  View,
  Walk,
} from '../src/modelling/draft.ts'
export type { Collection, Drawn, Source, Values } from '../src/modelling/drawn.ts'
export type { Depiction, Emit, EventMap, Events } from '../src/modelling/events.ts'
export { type Sentence, type Story, said, type TraceEvent } from '../src/modelling/explanation.ts'
export type { Observer } from '../src/modelling/observer.ts'
export type {
  Always,
  AlwaysPossible,
  Conditions,
  Fairness,
  Judge,
  Measure,
  Meter,
  Monitor,
  OfSteps,
  Predicate,
  Property,
  Refines,
  Sometimes,
  Specification,
  StepTest,
  Taken,
  Temporal,
} from '../src/modelling/property.ts'
export {
  always,
  alwaysPossible,
  eventually,
  leadsTo,
  measureOn,
  monitorOn,
  repeatedly,
  sometimes,
  strongly,
  weakly,
} from '../src/modelling/property.ts'
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
} from '../src/modelling/schema.ts'
export { type ClusterFile, type ClusterSource, type PeerName, scheme } from './cluster-files/cluster-file.ts'
export type { EspPoliciesByName } from './cluster-files/vocabulary.ts'
export type { Address, Constants, Exchange, Member, Scheme, Scope, Side } from './constants/constants.ts'
export type { EspPolicies, EspScope } from './constants/esp-policies.ts'
export type { Fault } from './constants/faults.ts'
export type { FocusName } from './constants/focus-name.ts'
export type { Addressing, PeerProfile } from './constants/scheme.ts'
export type { Requests } from './constants/scope.ts'
export {
  type Bounds,
  type Chosen,
  type Claim,
  type Extension,
  type ExtensionBody,
  extension,
  type Given,
  type OwnSearch,
  type Parameters,
  type Setting,
} from './extending/extension.ts'
export type {
  Arrival,
  Asked,
  Asking,
  Cause,
  EndHooks,
  MemberHooks,
  Packet,
  PeerHooks,
} from './extending/hooks.ts'
export {
  type OwnAction,
  type OwnChoice,
  type OwnDraft,
  type OwnParts,
  type OwnState,
  type OwnView,
  parts,
} from './extending/parts.ts'
export type { Defined, Extensions, Hook, Hooks } from './extension-points/extensions.ts'
export type { ActedBy, OwnMessage, Parts } from './extension-points/parts.ts'
export { messageIdSync, SYNC_SEARCHES } from './extensions/rfc6311/message-id-sync.ts'
export { syncParts } from './extensions/rfc6311/sync-parts.ts'
export {
  type Purpose,
  SYNC_PARAMETERS,
  type SyncParameters,
  type SyncSetting,
  syncBounds,
} from './extensions/rfc6311/sync-state.ts'
export {
  forgetAnswer,
  forgetIke,
  forgetRequest,
  hasFreePlace,
  isWaiting,
  placeOf,
} from './ike/message-ids.ts'
export {
  type About,
  type ClusterDraft,
  type ClusterSchema,
  type ClusterView,
  type Counters,
  type EndDraft,
  type EndView,
  FIRST_CHILD,
  FIRST_IKE,
  type IkeDraft,
  type IkeMessage,
  type IkeView,
  PLACE,
  type Place,
  type Result,
  type SynchMessage,
} from './state/cluster-state.ts'
export type { Kind, Peer } from './state/spis.ts'
export type { Timing } from './timing/timing.ts'
export type { EspEvents, Outcome } from './wire/esp-events.ts'
export type { Hint, Hinter, IkeFields, RequestFields, SynchFields } from './wire/events.ts'
export type { Party, WireEvents } from './wire/pictures.ts'

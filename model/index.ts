/**
 * The public names for extensions, as `clustercheck/model`: what an extension is made with, the types of the base
 * model that its hooks are given, the functions of the base model that change an IKE SA, and the modelling language.
 */

export type { Depiction, Emit } from '../src/modelling/events.ts'
export type { Property } from '../src/modelling/property.ts'
export { always, alwaysPossible, measureOn, monitorOn, sometimes } from '../src/modelling/property.ts'
export { bag, bool, each, oneOf, queue, range, record, setOf } from '../src/modelling/schema.ts'
export { type ClusterFile, scheme } from './cluster-files/cluster-file.ts'
export type { Address, Constants, Exchange, Member, Scheme, Scope, Side } from './constants.ts'
export {
  type Bounds,
  type Claim,
  type Extension,
  extension,
  type Given,
  type OwnSearch,
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
export { type OwnChoice, type OwnDraft, type OwnState, type OwnView, parts } from './extending/parts.ts'
export { messageIdSync, SYNC_SEARCHES } from './extensions/message-id-sync.ts'
export { syncParts } from './extensions/sync-parts.ts'
export { SYNC_PARAMETERS, syncBounds } from './extensions/sync-state.ts'
export { forgetAnswer, forgetIke, forgetRequest, hasFreePlace, isWaiting, placeOf } from './ike.ts'
export type { ClusterDraft, ClusterSchema, ClusterView, IkeMessage, SynchMessage } from './state.ts'
export { FIRST_CHILD, FIRST_IKE, PLACE } from './state.ts'
export type { Party, WireEvents } from './wire.ts'

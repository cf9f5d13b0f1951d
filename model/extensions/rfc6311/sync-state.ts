/** RFC 6311: what an end keeps for the synchronisation of an IKE SA, and its messages. */
import { type Fields, oneOf, range } from '../../../src/modelling/schema.ts'
import type { Scheme, Scope } from '../../constants/constants.ts'
import type { Setting } from '../../extending/extension.ts'
import type { IkeDraft, IkeView } from '../../state/cluster-state.ts'

/** The two readings of the peer, and what RFC 6311 leaves to a policy. The first value is what the claims are about. */
export const SYNC_PARAMETERS = {
  /** STRICT: a sync whose M1 is not above all that was seen is dropped (section 5.1). MERGE: the maximum is taken (appendix A). */
  reading: ['strict', 'merge'],
  /**
   * What STRICT takes: an M1 that is at least the next ID that the peer expects, or one that is above that.
   *
   * INTERPRETATION: section 5.1 wants M1 above all that were seen, and the next expected ID is above them; read as above the expected one, a proposal of just what the member knows is dropped.
   */
  accepts: ['expected', 'above'],
  /** How far M1 is set above the last known ID. */
  bump: [3, 1, 0],
  /**
   * What a member does without an answer: it starts again with a higher M1, sends the same again, or gives up.
   *
   * INTERPRETATION: that an IKE SA is synchronised once per failover counts a start with a higher M1 as the same
   * synchronisation, of which nothing has come so far.
   */
  retry: ['higher', 'same', 'give-up'],
  /** Whether a member with a sync under way drops every ordinary IKE message, or takes those in its window. */
  pending: ['strict', 'lenient'],
  /** Whether M1 is told to the other members: at once, or they have acknowledged it before it is proposed. */
  told: ['told', 'acknowledged', 'no'],
  /** Whether the peer keeps its answer for a sync that is sent again. */
  cached: [true, false],
  /**
   * Whether a request that has no answer when a sync moves the counters is sent again under a new ID, or forgotten; or
   * retained as it is, under its old ID, and nothing else is asked until it is answered.
   */
  resends: [true, false, 'retained'],
  /**
   * Which P2 the peer proposes: one more than the highest ID that it has used, before it resets anything; or it resets
   * first, and proposes the lowest ID without an answer, or the next after those that it has given to what it sends again.
   *
   * INTERPRETATION: section 5.1 wants P2 above all IDs that the peer has used, and does not say whether what is reset by the sync counts as used.
   */
  proposes: ['used', 'unanswered', 'renumbered'],
  /** What a member does with the answer: counters only move forward, or are set to it. */
  completes: ['forward', 'assign'],
  /**
   * Which answers a member takes: that to the sync that it has under way, once (section 11); any while it has one under
   * way, whatever its nonce; or one that it has taken already as well.
   */
  responses: ['once', 'any', 'again'],
} as const

export type SyncParameters = typeof SYNC_PARAMETERS

/** What a sync is for. */
export interface Purpose {
  /** Numbers that the peer is told to skip on every child SA; 0: none. */
  readonly delta: number
  /** Whether the peer is a cluster that fails over too. */
  readonly both: boolean
}
export type SyncSetting = Setting<SyncParameters> & Purpose

/** Times that a member starts again with a higher M1 after one takeover. */
const RESTARTS = 1

/** What the bounds of a sync follow from. */
type Bounding = {
  readonly parameters: Pick<SyncSetting['parameters'], 'retry' | 'reading' | 'responses'> & {
    readonly again?: number
  }
  readonly slack: number
}

export const restartsOf = ({ parameters: { retry }, slack }: Bounding): number =>
  retry === 'higher' ? RESTARTS + slack : 0

/** Syncs that members, and a peer that fails over, can start. */
export const syncsOf = ({
  scheme,
  scope,
  parameters,
  negotiated,
  both,
  slack,
}: {
  readonly scheme: Scheme
  readonly scope: Scope
  readonly parameters: SyncSetting['parameters']
  readonly slack: number
  readonly negotiated: boolean
  readonly both: boolean
}): number => {
  if (!scheme.cluster || !negotiated) return 0
  const takeovers = scope.crashes + scope.handovers + (scope.splits ? scope.members : 0)
  const syncs = (takeovers + (both ? 1 : 0)) * (1 + restartsOf({ parameters, slack }))
  if (parameters.retry !== 'higher') return syncs
  // And those that are needed to get above what other proposals, and requests that nobody was told of, have used.
  const requests = [scope.requests.cluster, scope.requests.peer].flatMap((side) => Object.values(side))
  const above = parameters.accepts === 'above' ? 1 : 0
  return 2 * syncs + above + requests.reduce((sum, one) => sum + one, 2)
}

const REPEATS = 2

/**
 * Times in one run that a copy of a request is processed, or of an answer taken, by an end that does so: each makes what
 * is outstanding asked again, under another ID.
 */
export const repeatsOf = ({
  parameters: { reading, responses, again = REPEATS },
  slack,
}: Bounding): number => (reading === 'merge' || responses === 'again' ? again + slack : 0)

/** How far M1 rises with each sync at the most. */
export const stepOf = ({ bump }: SyncSetting['parameters']): number => Math.max(1, bump)

/** Message IDs and probes that syncs use up. */
export const syncBounds = (given: Parameters<typeof syncsOf>[0]) => {
  const syncs = syncsOf(given)
  const repeats = repeatsOf(given)
  // What is asked again takes another ID, of each request in a window of two; what is not, another probe. Beyond the
  // bound of repeats, each end that waits may need one more.
  return {
    messageIds:
      syncs * (stepOf(given.parameters) + 1) + (repeats > 0 ? 2 * (repeats + (given.both ? 2 : 1)) : 0),
    probes: given.parameters.resends ? 0 : syncs,
  }
}

/** What an end keeps of each IKE SA, in the role of the member and in that of the peer of RFC 6311. */
export const syncFields = (x: SyncSetting, starts: boolean, answers: boolean) => {
  const id = (used: boolean) => range(0, used ? x.highestId : 0)
  const nonce = (used: boolean) => range(0, used ? syncsOf(x) : 0)
  return {
    /** Needed after a takeover; told, but not yet proposed; and under way. */
    sync: starts ? oneOf<Stage>('idle', 'need', 'held', 'wait') : oneOf<Stage>('idle'),
    m1: id(starts),
    p1: id(starts),
    nonce: nonce(starts),
    restarts: range(0, starts ? restartsOf(x) : 0),
    /** The highest M1 that it knows to be used by its own side. */
    seen: id(starts),
    /** One more than the highest M1 that it has processed. */
    floor: range(0, answers ? x.highestId + 1 : 0),
    /** The nonce of the sync that it has processed last, 0: none; and, if it is kept, the answer to that. */
    lastNonce: nonce(answers),
    keptP2: id(answers && x.parameters.cached),
    keptM2: id(answers && x.parameters.cached),
    /** The ID of its next request once that which it has retained is answered; 0: none is retained. */
    later: id(x.parameters.resends === 'retained'),
  }
}

type Stage = 'idle' | 'need' | 'held' | 'wait'

type SyncRecord = {
  sync: Stage
  m1: number
  p1: number
  nonce: number
  restarts: number
  seen: number
  floor: number
  lastNonce: number
  keptP2: number
  keptM2: number
  later: number
}
export type SyncDraft = IkeDraft & SyncRecord
export type SyncView = IkeView & Readonly<SyncRecord>

/** IKEV2_MESSAGE_ID_SYNC in a request and in a response, with IPSEC_REPLAY_COUNTER_SYNC (`delta`) in a request. */
export const syncMessages = (x: SyncSetting) => {
  const common = { ike: oneOf(...x.ikes), nonce: range(0, syncsOf(x)) }
  const id = range(0, x.highestId)
  return {
    request: { ...common, m1: id, p1: id, delta: range(0, x.delta) } satisfies Fields,
    response: { ...common, p2: id, m2: id } satisfies Fields,
  }
}
export interface SyncRequest {
  readonly ike: string
  readonly nonce: number
  readonly m1: number
  readonly p1: number
  readonly delta: number
}
export interface SyncResponse {
  readonly ike: string
  readonly nonce: number
  readonly p2: number
  readonly m2: number
}

/** RFC 6311 section 5: what an end does in the role of the member that starts a sync, and in that of its peer. */
import { forgetAnswer, forgetRequest, idIn, isWaiting, placeOf } from '../../ike/message-ids.ts'
import { type IkeDraft, PLACE } from '../../state/cluster-state.ts'
import type { Party } from '../../wire/pictures.ts'
import {
  restartsOf,
  type SyncDraft,
  type SyncRequest,
  type SyncResponse,
  type SyncSetting,
  type SyncView,
  stepOf,
} from './sync-state.ts'

/** The end that has taken over proposes counters. M1 is above all that it knows to be used, P1 what it expects. */
export const start = (x: SyncSetting, sa: SyncDraft, nonce: number): void => {
  const again = sa.sync === 'wait'
  const known = Math.max(nextOf(sa), sa.seen + (sa.seen > 0 ? 1 : 0))
  sa.m1 = again ? sa.m1 + stepOf(x.parameters) : known + x.parameters.bump
  sa.p1 = sa.expects
  sa.nonce = nonce
  sa.seen = sa.m1
  if (again && sa.restarts < restartsOf(x)) sa.restarts += 1
  sa.sync = 'wait'
}

/**
 * Whether an end may start again with a higher M1. The number of times is a bound, which must not look like a doom: so
 * one whose proposal `other` would drop by now may always try again.
 */
export const mayRestart = (x: SyncSetting, sa: SyncView, other: SyncView): boolean =>
  x.parameters.retry === 'higher' &&
  sa.sync === 'wait' &&
  (sa.restarts < restartsOf(x) || (sa.m1 < leastTaken(x, other) && sa.nonce !== other.lastNonce))

/** One more than the highest value that an end has seen from the other side: IDs of requests, and M1. */
const aboveSeen = ({ expects, early, floor }: SyncView): number => Math.max(expects + 2 * early, floor)

/** The lowest M1 that STRICT takes. */
const leastTaken = ({ parameters: { accepts } }: SyncSetting, sa: SyncView): number =>
  accepts === 'expected' ? aboveSeen(sa) : Math.max(sa.expects + 2 * sa.early + 1, sa.floor)

/**
 * Whether an end does something about a sync request.
 *
 * INTERPRETATION: STRICT drops a sync whose M1 is not above all that it has seen (RFC 6311 section 5.1), except that
 * one which it has just answered is answered again from the cache, as RFC 7296 answers a repeated request. To the
 * letter the repeated sync is dropped as well: that is `cached=false`. MERGE processes every one.
 */
export const takesRequest = (x: SyncSetting, sa: SyncView, m: SyncRequest): boolean =>
  sa.sa && (isKept(x.parameters, sa, m) || x.parameters.reading === 'merge' || m.m1 >= leastTaken(x, sa))

/** Whether a sync request is the one to which the answer is kept. */
export const isKept = (
  { cached }: SyncSetting['parameters'],
  sa: SyncView,
  { nonce }: SyncRequest,
): boolean => cached && sa.lastNonce === nonce

/**
 * The peer of RFC 6311 processes a sync: P2 and M2 are the maximum of what it is told and what it knows; requests
 * that wait for an answer are abandoned.
 *
 * INTERPRETATION: MERGE takes the maximum of its counters, not of the highest M1 plus one; so a repeated sync moves no counter, but abandons what is outstanding.
 */
export const process = (
  x: SyncSetting,
  d: object,
  sa: SyncDraft,
  at: Party,
  m: SyncRequest,
): SyncResponse => {
  const m2 = Math.max(m.m1, sa.expects + 2 * sa.early)
  const { proposes } = x.parameters
  const next = Math.max(m.p1, proposes === 'unanswered' ? unansweredOf(x, sa) : nextOf(sa))
  expect(sa, m2)
  moveOn(x, d, sa, at, m.ike, next)
  const p2 = proposes === 'renumbered' ? nextOf(sa) : next
  sa.floor = Math.max(sa.floor, m.m1 + 1)
  sa.lastNonce = m.nonce
  if (x.parameters.cached) {
    sa.keptP2 = p2
    sa.keptM2 = m2
  }
  return { ike: m.ike, nonce: m.nonce, p2, m2 }
}

/**
 * The end that started takes the answer to its sync.
 *
 * INTERPRETATION: "both counters only move forward" holds for the end that started too: what it expects is the maximum of P2 and what it has come to meanwhile. An end that assigns P2 can go back.
 */
export const complete = (x: SyncSetting, d: object, sa: SyncDraft, at: Party, m: SyncResponse): void => {
  const forward = x.parameters.completes === 'forward'
  expect(sa, forward ? Math.max(sa.expects + 2 * sa.early, m.p2) : m.p2)
  moveOn(x, d, sa, at, m.ike, forward ? Math.max(nextOf(sa), m.m2) : m.m2)
  rest(sa)
  if (x.parameters.responses === 'again') sa.nonce = m.nonce
}

/** Whether an end takes an answer to a sync: RFC 6311 section 11, if it is `once`. */
export const takesAnswer = (
  { parameters }: SyncSetting,
  { sync, nonce }: SyncView,
  m: SyncResponse,
): boolean => {
  const waits = sync === 'wait'
  if (parameters.responses === 'any') return waits
  return nonce === m.nonce && (waits || (parameters.responses === 'again' && sync === 'idle'))
}

/** No sync is under way any more, or needed. */
export const rest = (sa: SyncDraft): void => {
  sa.sync = 'idle'
  sa.m1 = 0
  sa.p1 = 0
  sa.nonce = 0
  sa.restarts = 0
}

/** A retained request is about to be answered, and none is left: the next has the ID that was agreed to. Whether it is another. */
export const release = (sa: SyncDraft): boolean => {
  const waiting = PLACE.filter((place) => sa.requests[place].exchange !== 'none').length
  if (sa.later === 0 || waiting > 1) return false
  sa.nextSend = sa.later
  sa.later = 0
  return true
}

/** The ID of the next new request. */
export const nextOf = ({ nextSend, later }: SyncView): number => Math.max(nextSend, later)

/** The lowest ID of an own request without an answer, or that of the next. */
const unansweredOf = (x: SyncSetting, sa: SyncView): number =>
  Math.min(
    nextOf(sa),
    ...PLACE.filter((place) => sa.requests[place].exchange !== 'none').map((place) =>
      idIn(place, sa.nextSend - 1, x.scope.window),
    ),
  )

/** What an end expects; answers to what is below are kept only if nothing was skipped. */
const expect = (sa: IkeDraft, expects: number): void => {
  if (sa.expects === expects && sa.early === 0) return
  sa.expects = expects
  sa.early = 0
  for (const place of PLACE) forgetAnswer(sa, place)
}

/** The next new request has this ID; one that waits for its answer is abandoned, retained, or asked again under the new ID. */
const moveOn = (x: SyncSetting, d: object, sa: SyncDraft, at: Party, ike: string, nextSend: number): void => {
  if (x.parameters.resends === 'retained' && isWaiting(sa)) {
    // The counter stands past the old ID. Only what is above that must be remembered.
    sa.later = nextSend > sa.nextSend ? nextSend : 0
    return
  }
  if (!x.parameters.resends) {
    x.abandon(d, at, ike)
    sa.nextSend = nextSend
    return
  }
  let next = nextSend
  const asked = PLACE.flatMap((place) => {
    const { exchange, task, child } = sa.requests[place]
    return exchange === 'none' ? [] : [{ exchange, task, child }]
  })
  for (const place of PLACE) forgetRequest(sa, place)
  sa.nextSend = next
  for (const { exchange, task, child } of asked) {
    const request = sa.requests[placeOf(next, x.scope.window)]
    request.exchange = exchange
    request.task = task
    request.child = child
    next += 1
    sa.nextSend = next
  }
}

/** RFC 6311: the steps of a sync at either end, and what each end forbids meanwhile. */
import type { SetDraft } from '../../../src/modelling/draft.ts'
import type { Emit } from '../../../src/modelling/events.ts'
import type { ClusterDraft, IkeMessage } from '../../state/cluster-state.ts'
import type { Party, WireEvents } from '../../wire/pictures.ts'
import { canSkip, type DeltaEvents, skip } from './sync-deltas.ts'
import type { SyncEvents } from './sync-properties.ts'
import {
  complete,
  isKept,
  mayRestart,
  nextOf,
  process,
  release,
  rest,
  start,
  takesAnswer,
  takesRequest,
} from './sync-roles.ts'
import {
  repeatsOf,
  type SyncDraft,
  type SyncRequest,
  type SyncResponse,
  type SyncSetting,
  type SyncView,
  syncsOf,
} from './sync-state.ts'

export type Wire = Emit<WireEvents & SyncEvents & DeltaEvents>
/** What is of the world: syncs that were started, and where it matters those that were processed, and how often one was again. */
export type SyncingDraft = ClusterDraft & {
  nonces: number
  repeats: number
  readonly processed: SetDraft<number>
}
export type SyncingView = object & {
  readonly nonces: number
  readonly repeats: number
  readonly processed: { has(nonce: number): boolean }
}

/** What an end keeps of an IKE SA, the fields of a sync among it. */
export const endOf = (s: object, at: Party, ike: string): SyncDraft => {
  const { member, peer } = s as ClusterDraft
  return (at === 'P' ? peer : member[at]).ike[ike] as SyncDraft
}
export const viewOf = (s: object, at: Party, ike: string): SyncView => endOf(s, at, ike)

const sideOf = (at: Party) => (at === 'P' ? 'peer' : 'cluster')

/** What is proposed by an end, and what it answers to a proposal of the other. */
const kindsOf = (at: Party) =>
  at === 'P'
    ? { request: 'peerSyncRequest', response: 'peerSyncResponse', answer: 'syncResponse' }
    : { request: 'syncRequest', response: 'syncResponse', answer: 'peerSyncResponse' }

/** The steps, for one model. */
export const syncSteps = (x: SyncSetting) => {
  const { constants, scope, parameters, members, ikes, delta } = x
  const most = syncsOf(x)
  const repeats = repeatsOf(x)
  const copies = scope.attacker !== 'A0'

  /** After a takeover: what was under way is forgotten, and a sync of each IKE SA is needed. */
  const needed = (d: object, at: Party): void => {
    for (const ike of ikes) {
      const sa = endOf(d, at, ike)
      if (!sa.sa) continue
      rest(sa)
      sa.sync = 'need'
    }
  }

  const mayStart = (s: SyncingView, at: Party, ike: string): boolean =>
    viewOf(s, at, ike).sa &&
    s.nonces < most &&
    x.hasRoom(s, kindsOf(at).request) &&
    (at === 'P' || (x.acts(s, at) && (parameters.told === 'no' || x.mayTell(s, at))))

  /** Puts a proposal on the wire. */
  const propose = (d: ClusterDraft, at: Party, ike: string, emit: object): void => {
    const { nonce, m1, p1 } = endOf(d, at, ike)
    x.send(d, emit, at, kindsOf(at).request, { ike, nonce, m1, p1, delta: at === 'P' ? 0 : delta })
  }

  /** Whether an answer to a sync of this end with such a nonce is under way. */
  const isUnderWay = (s: object, at: Party, ike: string, wanted: (nonce: number) => boolean): boolean => {
    const network = (s as { [kind: string]: { readonly length: number; at(i: number): SyncResponse } })[
      kindsOf(at).response
    ]!
    for (let i = 0; i < network.length; i++) {
      const m = network.at(i)
      if (m.ike === ike && wanted(m.nonce)) return true
    }
    return false
  }

  /** Who is at the other side. */
  const othersOf = (at: Party): readonly Party[] => (at === 'P' ? members : ['P'])

  const starts = (d: SyncingDraft, at: Party, ike: string, emit: Wire): void => {
    d.nonces += 1
    const sa = endOf(d, at, ike)
    start(x, sa, d.nonces)
    emit.syncStarted({ at, stray: isUnderWay(d, at, ike, (nonce) => nonce !== d.nonces) })
    if (at !== 'P' && parameters.told !== 'no') x.tell(d, emit, at, ike)
    if (at !== 'P' && parameters.told === 'acknowledged' && !x.isDrained(d, at)) sa.sync = 'held'
    else propose(d, at, ike, emit)
  }

  /**
   * A proposal comes: it is answered from the cache, or processed.
   *
   * INTERPRETATION: a member tells the others of a sync that it has processed, and does not wait with its answer until they have acknowledged that; RFC 6311 speaks of telling M1 and P1 only.
   */
  const answers = (d: SyncingDraft, at: Party, m: SyncRequest, emit: Wire): void => {
    const sa = endOf(d, at, m.ike)
    const { answer } = kindsOf(at)
    if (isKept(parameters, sa, m)) {
      x.send(d, emit, at, answer, { ike: m.ike, nonce: m.nonce, p2: sa.keptP2, m2: sa.keptM2 })
      return
    }
    if (repeats > 0) {
      if (d.processed.has(m.nonce) && d.repeats < repeats) d.repeats += 1
      d.processed.add(m.nonce)
    }
    const before = [sa.expects, sa.nextSend, sa.requests.even.exchange].join()
    const response = process(x, d, sa, at, m)
    const changed = before !== [sa.expects, sa.nextSend, sa.requests.even.exchange].join()
    if (m.delta > 0) {
      skip(constants, d, m.delta)
      emit.numbersSkipped({ numbers: m.delta })
    }
    emit.syncProcessed({ at, nonce: m.nonce, changed: changed || m.delta > 0, copies })
    x.send(d, emit, at, answer, response)
    if (at !== 'P' && parameters.told !== 'no') x.tellCounters(d, emit, at, m.ike)
  }

  const completes = (d: SyncingDraft, at: Party, m: SyncResponse, emit: Wire): void => {
    const sa = endOf(d, at, m.ike)
    const { nonce, sync } = sa
    if (sync === 'idle') d.repeats += 1
    complete(x, d, sa, at, m)
    emit.syncCompleted({ at, nonce: m.nonce, wanted: sync === 'wait' && nonce === m.nonce, copies })
    // What is retained under an old ID is not skipped yet.
    if (sa.later === 0) x.skipIds(d, emit, at, m.ike, sideOf(at), m.m2)
    x.skipIds(d, emit, at, m.ike, at === 'P' ? 'cluster' : 'peer', m.p2)
    if (at !== 'P') x.tellCounters(d, emit, at, m.ike)
  }

  /** Whether an end waits for the answer to this sync, and none is under way: it must come, or a bound would look like a doom. */
  const isNeeded = (s: SyncingView, at: Party, m: SyncRequest): boolean =>
    othersOf(at).some((one) => {
      const own = viewOf(s, one, m.ike)
      return own.sync === 'wait' && own.nonce === m.nonce && !isUnderWay(s, one, m.ike, (n) => n === m.nonce)
    })

  const takes = (s: SyncingView, at: Party, m: SyncRequest): boolean =>
    takesRequest(x, viewOf(s, at, m.ike), m) &&
    // The bounds leave room for what is asked again under another ID.
    nextOf(viewOf(s, at, m.ike)) < x.highestId &&
    (repeats === 0 ||
      s.repeats < repeats ||
      !s.processed.has(m.nonce) ||
      isKept(parameters, viewOf(s, at, m.ike), m) ||
      isNeeded(s, at, m)) &&
    (at === 'P' || x.mayTell(s, at)) &&
    (m.delta === 0 || canSkip(constants, s, m.delta))

  const takesResponse = (s: SyncingView, at: Party, m: SyncResponse): boolean => {
    const sa = viewOf(s, at, m.ike)
    const room = sa.sync !== 'idle' || s.repeats < repeats
    return room && takesAnswer(x, sa, m) && (at === 'P' || x.mayTell(s, at))
  }

  /** The last proposal that a bound allows is not lost, nor its answer: or the bound would look like a doom. */
  const losable = (s: SyncingView, from: readonly Party[], m: SyncRequest | SyncResponse): boolean =>
    parameters.retry === 'give-up' ||
    !from.some((one) => {
      const own = viewOf(s, one, m.ike)
      // What is sent again as it was is answered as often as the bound allows, and the last answer arrives.
      if (parameters.retry === 'same')
        return (
          repeats > 0 &&
          !parameters.cached &&
          own.sync === 'wait' &&
          own.nonce === m.nonce &&
          s.repeats >= repeats &&
          s.processed.has(m.nonce)
        )
      const others = othersOf(one).map((at) => viewOf(s, at, m.ike))
      return (
        own.sync === 'wait' && own.nonce === m.nonce && !others.some((other) => mayRestart(x, own, other))
      )
    })

  const isIdle = (s: object, at: Party, ike: string): boolean => viewOf(s, at, ike).sync === 'idle'
  /** Ordinary messages while a sync is needed or under way: none is sent; whether they are taken is a policy. */
  const meanwhile = {
    mayAsk: (s: object, at: Party, { ike }: { readonly ike: string }) =>
      isIdle(s, at, ike) && viewOf(s, at, ike).later === 0,
    mayRetransmit: isIdle,
    mayGiveUp: isIdle,
    mayReceive: (s: object, at: Party, { ike }: { readonly ike: string }) =>
      parameters.pending === 'lenient' || isIdle(s, at, ike),
    isBusy: (s: object, at: Party) => ikes.some((k) => viewOf(s, at, k).sa && !isIdle(s, at, k)),
  }

  /** With the answer to what an end has retained, its counter moves to what was agreed. */
  const released = (d: object, at: Party, m: IkeMessage, emit: Wire): void => {
    const sa = endOf(d, at, m.ike)
    if (m.type === 'response' && m.initiator === sideOf(at) && release(sa))
      x.skipIds(d, emit, at, m.ike, sideOf(at), sa.nextSend)
  }

  return {
    needed,
    mayStart,
    propose,
    starts,
    answers,
    completes,
    takes,
    takesResponse,
    losable,
    meanwhile,
    released,
  }
}

export type SyncSteps = ReturnType<typeof syncSteps>

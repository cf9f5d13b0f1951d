/** RFC 6311 as parts of the model: state, messages, actions and hooks of a sync, with or without a replay-counter delta. */
import type { SetDraft } from '../../src/modelling/draft.ts'
import type { Emit } from '../../src/modelling/events.ts'
import { monitorOn, type Property } from '../../src/modelling/property.ts'
import { range, record, setOf } from '../../src/modelling/schema.ts'
import type { Member } from '../constants.ts'
import { highestFromPeer } from '../esp/state.ts'
import type { Packet } from '../extending/hooks.ts'
import { parts } from '../extending/parts.ts'
import { forgetAnswer, forgetRequest } from '../ike.ts'
import { type ClusterDraft, type ClusterView, trafficSasOf } from '../state.ts'
import type { Party, WireEvents } from '../wire.ts'
import { complete, isKept, mayRestart, process, rest, start, takesRequest } from './sync-roles.ts'
import {
  type SyncDraft,
  type SyncRequest,
  type SyncResponse,
  type SyncSetting,
  type SyncView,
  syncFields,
  syncMessages,
  syncsOf,
} from './sync-state.ts'

/** What an observer sees of a sync beside its messages. */
type SyncEvents = {
  /** A sync that was processed already, by its nonce, is acted upon again: a counter has moved or a request is gone. */
  readonly syncReplayed: { readonly at: Party; readonly nonce: number }
  readonly syncProcessed: { readonly at: Party; readonly nonce: number; readonly changed: boolean }
  readonly syncGaveUp: { readonly at: Party }
}

type Wire = Emit<WireEvents & SyncEvents>

/** The parts; `delta`: numbers that the peer is told to skip on every child SA, 0 for none. */
export const syncParts = (x: SyncSetting, delta: number) => {
  const { negotiated, parameters, members, ikes } = x
  const double = parameters.peerFailsOver
  const most = syncsOf(x)
  const used = most > 0
  const { request, response } = syncMessages(x, delta)
  const mine = syncFields(x, used, used && double)
  const theirs = syncFields(x, used && double, used)

  const endOf = (s: object, at: Party): { readonly ike: { readonly [k: string]: SyncDraft } } => {
    const { member, peer } = s as { member: { [m: string]: unknown }; peer: unknown }
    return (at === 'P' ? peer : member[at]) as { readonly ike: { readonly [k: string]: SyncDraft } }
  }
  const viewOf = (s: object, at: Party): { readonly ike: { readonly [k: string]: SyncView } } => endOf(s, at)
  const sideOf = (at: Party) => (at === 'P' ? 'peer' : 'cluster')
  const kinds = (at: Party) =>
    at === 'P'
      ? { request: 'peerSyncRequest', response: 'peerSyncResponse' }
      : { request: 'syncRequest', response: 'syncResponse' }

  /** Puts a proposal on the wire. */
  const propose = (d: ClusterDraft, at: Party, ike: string, emit: object): void => {
    const { nonce, m1, p1 } = endOf(d, at).ike[ike]!
    x.send(d, emit, at, kinds(at).request, { ike, nonce, m1, p1, delta: at === 'P' ? 0 : delta })
  }

  const starts = (d: ClusterDraft & { nonces: number }, at: Party, ike: string, emit: Wire): void => {
    d.nonces += 1
    const sa = endOf(d, at).ike[ike]!
    start(x, sa, d.nonces)
    if (at !== 'P' && parameters.told !== 'no') x.tell(d, emit, at, ike)
    if (at !== 'P' && parameters.told === 'acknowledged' && !x.isDrained(d, at)) sa.sync = 'held'
    else propose(d, at, ike, emit)
  }

  const mayStart = (s: object & { readonly nonces: number }, at: Party, ike: string): boolean =>
    viewOf(s, at).ike[ike]!.sa &&
    s.nonces < most &&
    x.hasRoom(s, kinds(at).request) &&
    (at === 'P' || (x.acts(s, at) && (parameters.told === 'no' || x.mayTell(s, at))))

  /** A sync request comes: it is answered from the cache, or processed. */
  const answers = (d: ClusterDraft, at: Party, m: SyncRequest, emit: Wire): void => {
    const sa = endOf(d, at).ike[m.ike]!
    const kind = at === 'P' ? 'syncResponse' : 'peerSyncResponse'
    if (isKept(parameters, sa, m)) {
      x.send(d, emit, at, kind, { ike: m.ike, nonce: m.nonce, p2: sa.keptP2, m2: sa.keptM2 })
      return
    }
    const before = [sa.expects, sa.nextSend, sa.requests.even.exchange].join()
    const answer = process(x, d, sa, sideOf(at), m)
    const changed = before !== [sa.expects, sa.nextSend, sa.requests.even.exchange].join()
    if (m.delta > 0) skip(x, d, m.delta)
    emit.syncProcessed({ at, nonce: m.nonce, changed: changed || m.delta > 0 })
    x.send(d, emit, at, kind, answer)
  }

  const completes = (d: ClusterDraft, at: Party, m: SyncResponse, emit: Wire): void => {
    complete(x, d, endOf(d, at).ike[m.ike]!, sideOf(at), m)
    emit.idsSkipped({ ike: m.ike, initiator: sideOf(at), to: m.m2 })
    emit.idsSkipped({ ike: m.ike, initiator: at === 'P' ? 'cluster' : 'peer', to: m.p2 })
    if (at !== 'P') x.tellCounters(d, emit, at, m.ike)
  }

  const takes = (s: object, at: Party, m: SyncRequest): boolean =>
    takesRequest(x, viewOf(s, at).ike[m.ike]!, m) &&
    // The bounds leave room for what is asked again under another ID.
    viewOf(s, at).ike[m.ike]!.nextSend < x.highestId &&
    (m.delta === 0 || canSkip(x, s, m.delta))

  const takesResponse = (s: object, at: Party, m: SyncResponse): boolean => {
    const { sync, nonce } = viewOf(s, at).ike[m.ike]!
    return sync === 'wait' && nonce === m.nonce && (at === 'P' || x.mayTell(s, at))
  }

  /** The last proposal that a bound allows is not lost, nor its answer: or the bound would look like a doom. */
  const losable = (s: object, at: readonly Party[], m: SyncRequest | SyncResponse): boolean =>
    parameters.retry !== 'higher' ||
    !at.some((one) => {
      const own = viewOf(s, one).ike[m.ike]!
      const others = (one === 'P' ? members : (['P'] as const)).map((at) => viewOf(s, at).ike[m.ike]!)
      return (
        own.sync === 'wait' && own.nonce === m.nonce && !others.some((other) => mayRestart(x, own, other))
      )
    })

  const isIdle = (s: object, at: Party, ike: string): boolean => viewOf(s, at).ike[ike]!.sync === 'idle'
  /** Ordinary messages while a sync is needed or under way: none is sent; whether they are taken is a policy. */
  const common = {
    mayAsk: (s: object, at: Party, { ike }: { readonly ike: string }) => isIdle(s, at, ike),
    mayRetransmit: (s: object, at: Party, ike: string) => isIdle(s, at, ike),
    mayGiveUp: (s: object, at: Party, ike: string) => isIdle(s, at, ike),
    mayReceive: (s: object, at: Party, { ike }: { readonly ike: string }) =>
      parameters.pending === 'lenient' || isIdle(s, at, ike),
    isBusy: (s: object, at: Party) => ikes.some((k) => viewOf(s, at).ike[k]!.sa && !isIdle(s, at, k)),
  }
  const needed = (d: object, at: Party): void => {
    for (const k of ikes) {
      const sa = endOf(d, at).ike[k]!
      if (!sa.sa) continue
      rest(sa)
      sa.sync = 'need'
    }
  }

  const text = (m: SyncRequest): string =>
    `sync request: M1 ${m.m1}, P1 ${m.p1}${m.delta > 0 ? `, delta ${m.delta}` : ''}, nonce ${m.nonce}`
  const answerText = (m: SyncResponse): string => `sync response: P2 ${m.p2}, M2 ${m.m2}, nonce ${m.nonce}`
  const capacity = used ? 2 : 0

  if (!negotiated || !used) return parts({})
  return parts({
    state: {
      memberIke: mine,
      peerIke: theirs,
      peerChild: { skipped: setOf(range(0, delta > 0 ? highestFromPeer(x.constants) : 0)) },
      synch: { seenM1: range(0, parameters.told === 'no' ? 0 : x.highestId) },
      world: { nonces: range(0, most), peerFailed: range(0, double ? 1 : 0) },
    },
    messages: {
      syncRequest: { to: 'peer', fields: request, capacity },
      syncResponse: { to: 'cluster', fields: response, capacity },
      peerSyncRequest: { to: 'cluster', fields: request, capacity: double ? 2 : 0 },
      peerSyncResponse: { to: 'peer', fields: response, capacity: double ? 2 : 0 },
    },
    events: {
      syncReplayed: (e: SyncEvents['syncReplayed']) => ({
        shape: 'mark',
        lane: e.at,
        text: `takes sync ${e.nonce} again`,
        grave: true,
      }),
      syncProcessed: (e: SyncEvents['syncProcessed']) => ({
        shape: 'mark',
        lane: e.at,
        text: `processes sync ${e.nonce}${e.changed ? '' : ': nothing changes'}`,
      }),
      syncGaveUp: (e: SyncEvents['syncGaveUp']) => ({
        shape: 'mark',
        lane: e.at,
        text: 'gives up for want of an answer to its sync',
        grave: true,
      }),
    },
    takes: {
      syncRequest: takes,
      peerSyncRequest: takes,
      syncResponse: takesResponse,
      peerSyncResponse: takesResponse,
    },
    receives: {
      syncRequest: answers,
      peerSyncRequest: answers,
      syncResponse: completes,
      peerSyncResponse: completes,
    },
    answers: { syncRequest: ['syncResponse'], peerSyncRequest: ['peerSyncResponse'] },
    losable: {
      syncRequest: (s, m) => losable(s, members, m),
      syncResponse: (s, m) => losable(s, members, m),
      peerSyncRequest: (s, m) => losable(s, ['P'], m),
      peerSyncResponse: (s, m) => losable(s, ['P'], m),
    },
    texts: {
      syncRequest: text,
      peerSyncRequest: text,
      syncResponse: answerText,
      peerSyncResponse: answerText,
    },
    actions: [
      {
        name: 'StartsSync',
        by: 'member',
        choose: { at: members, ike: ikes },
        guard: (s, { at, ike }) => viewOf(s, at).ike[ike]!.sync === 'need' && mayStart(s, at, ike),
        effect: (d, { at, ike }, emit) => starts(d, at, ike, emit),
      },
      ...(parameters.told === 'acknowledged'
        ? [
            {
              name: 'ReleasesSync',
              by: 'member' as const,
              choose: { at: members, ike: ikes },
              guard: (s: SyncViewOf, { at, ike }: { at: Member; ike: string }) =>
                viewOf(s, at).ike[ike]!.sync === 'held' &&
                x.acts(s, at) &&
                x.isDrained(s, at) &&
                x.hasRoom(s, 'syncRequest'),
              effect: (d: SyncDraftOf, { at, ike }: { at: Member; ike: string }, emit: Wire) => {
                endOf(d, at).ike[ike]!.sync = 'wait'
                propose(d, at, ike, emit)
              },
            },
          ]
        : []),
      ...(parameters.retry === 'higher'
        ? [
            {
              name: 'StartsSyncAgain',
              by: 'member' as const,
              choose: { at: members, ike: ikes },
              guard: (s: SyncViewOf, { at, ike }: { at: Member; ike: string }) =>
                mayRestart(x, viewOf(s, at).ike[ike]!, viewOf(s, 'P').ike[ike]!) && mayStart(s, at, ike),
              effect: (d: SyncDraftOf, { at, ike }: { at: Member; ike: string }, emit: Wire) =>
                starts(d, at, ike, emit),
            },
          ]
        : []),
      ...(parameters.retry === 'same'
        ? [
            {
              name: 'SendsSyncAgain',
              by: 'member' as const,
              choose: { at: members, ike: ikes },
              guard: (s: SyncViewOf, { at, ike }: { at: Member; ike: string }) =>
                viewOf(s, at).ike[ike]!.sync === 'wait' && x.acts(s, at) && x.hasRoom(s, 'syncRequest'),
              effect: (d: SyncDraftOf, { at, ike }: { at: Member; ike: string }, emit: Wire) =>
                propose(d, at, ike, emit),
            },
          ]
        : []),
      ...(parameters.retry === 'give-up'
        ? [
            {
              name: 'GivesUpSync',
              by: 'member' as const,
              choose: { at: members, ike: ikes },
              guard: (s: SyncViewOf, { at, ike }: { at: Member; ike: string }) =>
                viewOf(s, at).ike[ike]!.sync === 'wait' && x.acts(s, at) && x.mayTell(s, at),
              effect: (d: SyncDraftOf, { at, ike }: { at: Member; ike: string }, emit: Wire) => {
                emit.syncGaveUp({ at })
                rest(endOf(d, at).ike[ike]!)
                x.giveUp(d, emit, at, ike)
              },
            },
          ]
        : []),
      ...(double ? peerActions(x, { needed, mayStart, starts, endOf, viewOf }) : []),
    ],
    hooks: {
      member: {
        ...common,
        takesOver: needed,
        returns: (d, at, from) => {
          if (from === undefined || parameters.told === 'no') return
          for (const k of ikes) {
            const own = endOf(d, at).ike[k]!
            own.seen = endOf(d, from).ike[k]!.seen
            own.floor = endOf(d, from).ike[k]!.floor
          }
        },
        tells: (s, from, { ike }) => ({
          seenM1: parameters.told === 'no' ? 0 : viewOf(s, from).ike[ike]!.seen,
        }),
        hears: (d, at, m) => {
          const own = endOf(d, at).ike[m.ike]!
          if (own.sa) own.seen = Math.max(own.seen, m.seenM1)
        },
      },
      peer: {
        ...(double && common),
        ...(delta > 0 && { hasSent: (s: object, packet: Packet) => !isSkipped(s, packet) }),
      },
    },
    properties: syncProperties(most),
  })
}

interface WithSkipped {
  readonly peer: { readonly child: { readonly [sa: string]: { readonly skipped: SetDraft<number> } } }
}
const skippedOf = (s: object, sa: string): SetDraft<number> => (s as WithSkipped).peer.child[sa]!.skipped

/** A number that was skipped was never sent, so that there is no copy of it. */
const isSkipped = (s: object, { sa, sequenceNumber }: Packet): boolean => skippedOf(s, sa).has(sequenceNumber)

/** The bounds of the search leave room for what is skipped. */
const canSkip = ({ constants }: SyncSetting, s: object, numbers: number): boolean =>
  trafficSasOf(constants).every(
    (sa) => (s as ClusterView).esp.peer[sa]!.sent + numbers <= highestFromPeer(constants),
  )

/** RFC 6311 section 5.2: the peer adds the delta to the counter of every child SA. */
const skip = ({ constants }: SyncSetting, d: ClusterDraft, numbers: number): void => {
  for (const sa of trafficSasOf(constants)) {
    if (!d.peer.children.has(sa)) continue
    const own = d.esp.peer[sa]!
    for (let i = 1; i <= numbers; i++) skippedOf(d, sa).add(own.sent + i)
    own.sent += numbers
  }
}

type SyncViewOf = object & { readonly nonces: number }
type SyncDraftOf = ClusterDraft & { nonces: number }

interface Helpers {
  needed(d: object, at: Party): void
  mayStart(s: SyncViewOf, at: Party, ike: string): boolean
  starts(d: SyncDraftOf, at: Party, ike: string, emit: Wire): void
  endOf(d: object, at: Party): { readonly ike: { readonly [k: string]: SyncDraft } }
  viewOf(s: object, at: Party): { readonly ike: { readonly [k: string]: SyncView } }
}

/** How far the standby of the other cluster lags: in requests sent, and in requests received. */
const LAGS = [0, 1, 2, 3]

/**
 * A peer that is a cluster too.
 *
 * INTERPRETATION: its standby lags by one request in each direction at the most, and knows of no sync; the rest of that cluster is not in the model.
 */
const peerActions = (x: SyncSetting, { needed, mayStart, starts, endOf, viewOf }: Helpers) => [
  {
    name: 'PeerFailsOver',
    by: 'peer' as const,
    choose: { number: LAGS },
    guard: (s: { readonly peerFailed?: number }) => s.peerFailed === 0,
    effect: (d: SyncDraftOf & { peerFailed?: number }, { number }: { number: number }) => {
      d.peerFailed = 1
      for (const k of x.ikes) {
        const sa = endOf(d, 'P').ike[k]!
        if (sa.requests.even.exchange === 'liveness') d.probe.peer = 'unused'
        for (const place of ['even', 'odd'] as const) {
          forgetRequest(sa, place)
          forgetAnswer(sa, place)
        }
        sa.nextSend = Math.max(0, sa.nextSend - (number % 2))
        sa.expects = Math.max(0, sa.expects - (number >= 2 ? 1 : 0))
        sa.early = 0
        sa.floor = 0
        sa.lastNonce = 0
        sa.keptP2 = 0
        sa.keptM2 = 0
      }
      needed(d, 'P')
    },
  },
  {
    name: 'PeerStartsSync',
    by: 'peer' as const,
    choose: { ike: x.ikes },
    guard: (s: SyncViewOf, { ike }: { ike: string }) => {
      const sa = viewOf(s, 'P').ike[ike]!
      const others = x.members.filter((m) => x.acts(s, m)).map((m) => viewOf(s, m).ike[ike]!)
      const again = others.some((other) => mayRestart(x, sa, other))
      return (sa.sync === 'need' || again) && mayStart(s, 'P', ike)
    },
    effect: (d: SyncDraftOf, { ike }: { ike: string }, emit: Wire) => starts(d, 'P', ike, emit),
  },
]

/** RFC 6311 section 11: what the two replay attacks would do. */
const syncProperties = (most: number): readonly Property[] => [
  monitorOn<SyncEvents & { syncRequestReceived: { nonce: number; copy: boolean } }>()('SyncProcessedOnce', {
    label: 'SYNC-R',
    sentence: 'A sync request that was processed once changes nothing when it comes again.',
    source: 'RFC 6311 section 11',
    memory: record({ processed: setOf(range(0, most)) }),
    on: {
      syncRequestReceived({ processed }, { nonce }, judge) {
        if (processed.has(nonce)) judge.arose()
      },
      syncProcessed({ processed }, { nonce, changed }, judge) {
        if (processed.has(nonce) && changed) judge.violated()
        processed.add(nonce)
      },
    },
  }),
]

/** RFC 6311 as parts of the model: the state, messages, actions, hooks and properties of a sync, put together. */
import { range, setOf } from '../../../src/modelling/schema.ts'
import { parts } from '../../extending/parts.ts'
import type { IkeMessage } from '../../state/cluster-state.ts'
import type { Party } from '../../wire/pictures.ts'
import { memberActions } from './sync-actions.ts'
import { DELTA_PICTURES, deltaProperties, hasSent, skippedField } from './sync-deltas.ts'
import { agreement, lagFields, noteLag, peerActions } from './sync-other-cluster.ts'
import { SYNC_PICTURES, syncProperties } from './sync-properties.ts'
import {
  repeatsOf,
  type SyncRequest,
  type SyncResponse,
  type SyncSetting,
  syncFields,
  syncMessages,
  syncsOf,
} from './sync-state.ts'
import { endOf, type SyncingDraft, syncSteps, viewOf, type Wire } from './sync-steps.ts'

const text = (m: SyncRequest): string =>
  `sync request: M1 ${m.m1}, P1 ${m.p1}${m.delta > 0 ? `, delta ${m.delta}` : ''}, nonce ${m.nonce}`
const answerText = (m: SyncResponse): string => `sync response: P2 ${m.p2}, M2 ${m.m2}, nonce ${m.nonce}`

/** What the model knows beyond an end: for its bounds, and for what an observer notes. */
const syncOracles = (x: SyncSetting): { readonly [path: string]: string } => {
  const { parameters, both } = x
  const retries =
    'whether a proposal would still be dropped: one may always be tried again then, or a bound would look like a doom'
  const bounds = 'how many syncs were started: a bound, and a nonce that no other sync has'
  const counted = ['expects', 'early', 'floor', 'lastNonce']
  const of = (end: string) => Object.fromEntries(counted.map((field) => [`${end}.ike.*.${field}`, retries]))
  const waited =
    'whether an end waits for the answer to what is repeated, which a bound must not keep from it'
  const waits = (end: string) => ({ [`${end}.ike.*.sync`]: waited, [`${end}.ike.*.nonce`]: waited })
  return {
    nonces: bounds,
    ...(parameters.retry === 'higher' && of('peer')),
    syncResponse: 'whether an answer to another sync is under way, of which SYNC-A speaks',
    ...(repeatsOf(x) > 0 && {
      repeats: 'how often a copy was processed again: a bound',
      processed: 'which syncs were processed: a bound',
      ...waits('member.*'),
      ...(both && waits('peer')),
    }),
    ...(both && {
      peerSyncResponse: 'the same of the other cluster',
      ...(parameters.retry === 'higher' && of('member.*')),
      'member.*.up': 'which member would answer the other cluster',
      'member.*.onIke': 'which member would answer the other cluster',
    }),
  }
}

/** The parts of an extension by which IKE SAs are synchronised. */
export const syncParts = (x: SyncSetting) => {
  const { negotiated, parameters, members, ikes, both, delta } = x
  const most = syncsOf(x)
  if (!negotiated || most === 0) return parts({})
  const steps = syncSteps(x)
  const { takes, takesResponse, answers, completes, losable, meanwhile, needed, released } = steps
  const retains = parameters.resends === 'retained'
  /** What the standby of the peer misses if it misses this. One that is told before it counts misses no sync. */
  const told =
    <M extends { readonly ike: string }>(step: (d: SyncingDraft, at: Party, m: M, emit: Wire) => void) =>
    (d: SyncingDraft, at: Party, m: M, emit: Wire): void => {
      const noted = both && at === 'P'
      if (noted && parameters.told !== 'acknowledged') noteLag(d, m.ike)
      step(d, at, m, emit)
      if (noted && parameters.told === 'acknowledged') noteLag(d, m.ike)
    }
  const { request, response } = syncMessages(x)
  const capacity = 2
  return parts({
    state: {
      memberIke: syncFields(x, true, both),
      peerIke: { ...syncFields(x, both, true), ...lagFields(x) },
      peerChild: delta > 0 ? skippedField(x.constants, delta) : {},
      synch: { seenM1: range(0, parameters.told === 'no' ? 0 : x.highestId) },
      world: {
        nonces: range(0, most),
        processed: setOf(range(0, repeatsOf(x) > 0 ? most : 0)),
        repeats: range(0, repeatsOf(x)),
        peerFailed: range(0, both ? 1 : 0),
      },
    },
    messages: {
      syncRequest: { to: 'peer', fields: request, capacity },
      syncResponse: { to: 'cluster', fields: response, capacity },
      peerSyncRequest: { to: 'cluster', fields: request, capacity: both ? capacity : 0 },
      peerSyncResponse: { to: 'peer', fields: response, capacity: both ? capacity : 0 },
    },
    events: { ...SYNC_PICTURES, ...DELTA_PICTURES },
    takes: {
      syncRequest: takes,
      peerSyncRequest: takes,
      syncResponse: takesResponse,
      peerSyncResponse: takesResponse,
    },
    receives: {
      syncRequest: told(answers),
      peerSyncRequest: answers,
      syncResponse: completes,
      peerSyncResponse: told(completes),
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
    actions: [...memberActions(x, steps), ...(both ? peerActions(x, steps) : [])],
    hooks: {
      member: {
        ...meanwhile,
        ...(retains && { receives: released }),
        takesOver: needed,
        returns: (d, at, from) => {
          if (from === undefined || parameters.told === 'no') return
          for (const k of ikes) {
            const own = endOf(d, at, k)
            own.seen = viewOf(d, from, k).seen
            own.floor = viewOf(d, from, k).floor
          }
        },
        tells: (s, from, { ike }) => ({
          seenM1: parameters.told === 'no' ? 0 : viewOf(s, from, ike).seen,
        }),
        hears: (d, at, m) => {
          const own = endOf(d, at, m.ike)
          if (own.sa) own.seen = Math.max(own.seen, m.seenM1)
        },
      },
      peer: {
        ...(retains && { mayAsk: meanwhile.mayAsk }),
        ...(both && meanwhile),
        ...((both || retains) && {
          receives: (d: object, at: 'P', m: IkeMessage, emit: Wire) => {
            if (both) noteLag(d, m.ike)
            if (retains) released(d, at, m, emit)
          },
        }),
        ...(delta > 0 && { hasSent }),
      },
    },
    oracles: syncOracles(x),
    properties: [
      ...syncProperties(most),
      ...(delta > 0 ? deltaProperties : []),
      ...(both ? [agreement(x)] : []),
    ],
  })
}

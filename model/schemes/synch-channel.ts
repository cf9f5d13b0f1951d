/** RFC 6027 sections 3.4 and 3.6: what the order of synch messages matters, and what other peers make of the failures. */
import type { FocusName, NamedScheme } from './named-scheme.ts'
import { acknowledged, everything, ike } from './policies.ts'

const judgedBy: readonly FocusName[] = ['own-requests', 'peer-requests', 'window-2']

/** Channels that do not keep the order, and peers that bend RFC 7296. */
export const synchChannel: readonly NamedScheme[] = [
  {
    name: 'reordered-latest',
    about: 'As acked-everything, but messages may overtake and a counter is set to what the last one says.',
    scheme: { ...everything, channel: 'reorders', merge: 'latest' },
    judgedBy,
  },
  {
    name: 'reordered-maximum',
    about: 'As reordered-latest, but a counter never goes back.',
    scheme: { ...everything, channel: 'reorders' },
    judgedBy,
  },
  {
    name: 'peer-takes-future-ids',
    about:
      'As acked-counters, with a peer that executes a request beyond its window and moves its counter forward.',
    scheme: { ...acknowledged, peer: { ...acknowledged.peer, futureIds: 'executed' } },
    judgedBy,
  },
  {
    name: 'peer-compares-bytes',
    about:
      'As synch-ike, with a peer that drops a repeated message ID unless the bytes are those it has seen.',
    scheme: { ...ike, peer: { ...ike.peer, repeats: 'byContent' } },
    judgedBy,
  },
]

/** RFC 6311, message IDs: after a takeover both ends agree on counters that are above all that either has used. */
import { type Claim, extension } from '../../extending/extension.ts'
import { syncParts } from './sync-parts.ts'
import { SYNC_PARAMETERS, syncBounds } from './sync-state.ts'

const claim = (property: string, searches: readonly string[], source: string): Claim => ({
  property,
  claim: 'repairs',
  searches,
  source,
})

/** What section 11 of RFC 6311 says of attackers, in several parts. */
const SECTION_11 = {
  partOf: 'replays of a sync are countered',
  source: 'RFC 6311 section 11',
} as const

/** The smallest scopes of RFC 6027 sections 3.3 and 3.6: one exchange, one lost synch message, one crash. */
const brief = { returns: 0, retransmissions: 0, network: 2 } as const

export const SYNC_SEARCHES = [
  {
    name: 'sync-own',
    about: 'one exchange that the cluster starts, a lost synch message, a crash, and what follows',
    scope: {
      ...brief,
      requests: { cluster: { createChild: 1 }, peer: {} },
      probes: { cluster: true, peer: false },
    },
    attackers: ['A0'],
  },
  {
    name: 'sync-peer',
    about: 'one exchange that the peer starts, a lost synch message, a crash, and what follows',
    scope: {
      ...brief,
      requests: { cluster: {}, peer: { createChild: 1 } },
      probes: { cluster: false, peer: true },
    },
    attackers: ['A0'],
  },
  {
    name: 'sync-replayed',
    about: 'a liveness check of the peer, a lost synch message, a crash, and messages that are replayed',
    scope: { ...brief, probes: { cluster: false, peer: true } },
  },
  {
    name: 'sync-replayed-own',
    about: 'a liveness check of the cluster, a lost synch message, a crash, and messages that are replayed',
    scope: { ...brief, probes: { cluster: true, peer: false } },
  },
  {
    name: 'sync-replayed-twice',
    about: 'two crashes, the second after the first member has returned, and syncs that are replayed',
    scope: { ...brief, crashes: 2, returns: 1, synchLosses: 0 },
  },
  {
    name: 'sync-twice',
    about: 'a liveness check of the cluster, two crashes, the second after the first member has returned',
    scope: {
      ...brief,
      probes: { cluster: true, peer: false },
      crashes: 2,
      returns: 1,
      synchLosses: 0,
    },
    attackers: ['A0'],
  },
] as const

export const messageIdSync = extension({
  name: 'message-id-sync',
  about:
    'After a takeover the member proposes message IDs in an exchange of their own, and the peer answers with its.',
  source: 'RFC 6311',
  negotiation: 'both',
  parameters: SYNC_PARAMETERS,
  schemes: ['synch-ike', 'synch-sas', 'acked-counters'],
  searches: SYNC_SEARCHES,
  claims: [
    claim('LIV-1c', ['sync-own'], 'RFC 6311 section 1'),
    claim('LIV-1p', ['sync-peer'], 'RFC 6311 section 1'),
    claim('LIV-1c', ['sync-twice'], 'RFC 6311 section 5.1'),
    claim('MID-6', ['sync-twice'], 'RFC 6311 section 5.1'),
    claim('MID-1', ['sync-own'], 'RFC 6311 section 5.1'),
    claim('MID-4', ['sync-own'], 'RFC 6311 section 5.1'),
    claim('MID-6', ['sync-own', 'sync-peer'], 'RFC 6311 section 5.1'),
    // The two attacks, and that neither they nor anything else that copies can do dooms an IKE SA.
    { ...SECTION_11, property: 'SYNC-R', claim: 'keeps' },
    { ...SECTION_11, property: 'SYNC-A', claim: 'keeps' },
    { ...SECTION_11, property: 'LIV-1c', claim: 'repairs', searches: ['sync-replayed-own'] },
    { ...SECTION_11, property: 'LIV-1p', claim: 'repairs', searches: ['sync-replayed'] },
    { ...SECTION_11, property: 'MID-6', claim: 'repairs', searches: ['sync-replayed', 'sync-replayed-own'] },
  ],
  bounds: (given) => syncBounds({ ...given, both: false }),
  define: (x) => syncParts({ ...x, delta: 0, both: false }),
})

/**
 * RFC 6311 where the peer is a cluster too and fails over as well, so that each end is at once the member that starts a
 * sync and the peer of the other's.
 */
import { extension } from '../extending/extension.ts'
import { syncParts } from './sync-parts.ts'
import { SYNC_PARAMETERS, syncBounds } from './sync-state.ts'

/** Every synch message arrives: what is lost is what the standby of the peer lags. */
const brief = { returns: 0, retransmissions: 0, network: 2, synchLosses: 0 } as const

export const twoClusterSync = extension({
  name: 'two-cluster-sync',
  about:
    'Two clusters that face each other fail over, and both synchronise message IDs, at once or one after the other.',
  source: 'RFC 6311',
  negotiation: 'both',
  parameters: SYNC_PARAMETERS,
  schemes: ['synch-ike'],
  searches: [
    {
      name: 'both-own',
      about: 'a liveness check of the cluster, a crash in each cluster, and what follows',
      scope: { ...brief, probes: { cluster: true, peer: false } },
      attackers: ['A0'],
    },
  ],
  claims: [
    { property: 'LIV-1c', claim: 'keeps', searches: ['both-own'] },
    { property: 'MID-6', claim: 'repairs', searches: ['both-own'] },
    { property: 'SYNC-A', claim: 'keeps', source: 'RFC 6311 section 11' },
  ],
  bounds: (given) => syncBounds({ ...given, both: true }),
  define: (x) => syncParts({ ...x, delta: 0, both: true }),
})

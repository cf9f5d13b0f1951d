/**
 * RFC 6311 where the peer is a cluster too and fails over as well, so that each end is at once the member that starts a
 * sync and the peer of the other's.
 */
import { extension } from '../../extending/extension.ts'
import { syncParts } from './sync-parts.ts'
import { SYNC_PARAMETERS, syncBounds } from './sync-state.ts'

export const twoClusterSync = extension({
  name: 'two-cluster-sync',
  about:
    'Two clusters that face each other fail over, and both synchronise message IDs, at once or one after the other.',
  source: 'RFC 6311',
  negotiation: 'both',
  contains: ['message-id-sync'],
  parameters: SYNC_PARAMETERS,
  schemes: ['synch-ike'],
  searches: [
    {
      name: 'both-fail-over',
      about: 'a crash in each cluster, before any request, and their syncs',
      scope: { returns: 0, synchLosses: 0 },
    },
  ],
  claims: [
    { property: 'SYNC-2', claim: 'keeps', source: 'RFC 6311 section 5.1' },
    { property: 'SYNC-R', claim: 'keeps', source: 'RFC 6311 section 11' },
    { property: 'SYNC-A', claim: 'keeps', source: 'RFC 6311 section 11' },
  ],
  bounds: (given) => syncBounds({ ...given, both: true }),
  define: (x) => syncParts({ ...x, delta: 0, both: true }),
})

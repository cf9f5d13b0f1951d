/**
 * RFC 6311, IPsec replay counters: with the message IDs, the peer is told to skip numbers, so that a member which has
 * raised its windows beyond all that it may have missed takes what the peer sends next.
 *
 * For the delta in an exchange of its own see `replay-counter-request.ts`. Left out: ESN, of which all child SAs agree.
 */
import { extension } from '../../extending/extension.ts'
import { DELTA_CLAIMS, DELTA_PARAMETERS } from './sync-deltas.ts'
import { syncParts } from './sync-parts.ts'
import { repeatsOf, SYNC_PARAMETERS, syncBounds, syncsOf } from './sync-state.ts'

const inbound = { outbound: 0, inbound: 3, window: 2, wireBits: 6 }

export const replayCounterSync = extension({
  name: 'replay-counter-sync',
  about:
    'A member that takes over raises its windows, and makes the peer skip as many numbers in the message ID sync.',
  source: 'RFC 6311',
  negotiation: 'both',
  contains: ['message-id-sync', 'replay-counter-request'],
  parameters: {
    ...DELTA_PARAMETERS,
    ...SYNC_PARAMETERS,
    /** Whether the child SAs have extended sequence numbers: what is skipped too far is read wrongly then. */
    esn: [false, true],
    /** A bound: how often a sync that was processed can be processed again, where a peer does so. */
    again: [2, 3],
  },
  schemes: ['inbound-raised', 'esp-as-is'],
  searches: [
    {
      name: 'counters-in',
      about: 'packets of the peer, a lost synch message, and a crash',
      scope: { esp: inbound, returns: 0 },
      attackers: ['A0', 'A1'],
    },
    {
      name: 'counters-idle',
      about: 'a crash, syncs that are replayed, and two packets of the peer in a space of 16 numbers',
      scope: { esp: { ...inbound, inbound: 2, wireBits: 4 }, returns: 0, synchLosses: 0 },
      attackers: ['A1'],
    },
  ],
  claims: [...DELTA_CLAIMS, { property: 'SYNC-R', claim: 'keeps', source: 'RFC 6311 section 11' }],
  policies: (scheme, { parameters: { raise, esn }, negotiated }) => {
    if (!negotiated) return scheme
    return {
      ...scheme,
      esp: { ...scheme.esp, ...(typeof raise === 'number' && { raise }), ...(esn && { esn }) },
    }
  },
  bounds: (given) => ({
    ...syncBounds({ ...given, both: false }),
    packetNumbers: given.negotiated
      ? (syncsOf({ ...given, both: false }) + repeatsOf(given)) * given.parameters.delta
      : 0,
  }),
  define: (x) => syncParts({ ...x, delta: x.parameters.delta, both: false }),
})

/**
 * RFC 6311, IPsec replay counters: with the message IDs, the peer is told to skip numbers, so that a member which has
 * raised its windows beyond all that it may have missed takes what the peer sends next.
 *
 * For the delta in an exchange of its own see `replay-counter-request.ts`. Left out: ESN, of which all child SAs agree.
 */
import { extension } from '../extending/extension.ts'
import { DELTA_CLAIMS, DELTA_PARAMETERS } from './sync-deltas.ts'
import { syncParts } from './sync-parts.ts'
import { SYNC_PARAMETERS, syncBounds, syncsOf } from './sync-state.ts'

const inbound = { outbound: 0, inbound: 3, window: 2, wireBits: 6 }

export const replayCounterSync = extension({
  name: 'replay-counter-sync',
  about:
    'A member that takes over raises its windows, and makes the peer skip as many numbers in the message ID sync.',
  source: 'RFC 6311',
  negotiation: 'both',
  contains: ['message-id-sync', 'replay-counter-request'],
  parameters: { ...DELTA_PARAMETERS, ...SYNC_PARAMETERS },
  schemes: ['inbound-raised', 'esp-as-is'],
  searches: [
    {
      name: 'counters-in',
      about: 'packets of the peer, a lost synch message, and a crash',
      scope: { esp: inbound, returns: 0 },
      attackers: ['A0', 'A1'],
    },
  ],
  claims: [...DELTA_CLAIMS, { property: 'SYNC-R', claim: 'keeps', source: 'RFC 6311 section 11' }],
  policies: (scheme, { parameters: { raise }, negotiated }) =>
    typeof raise === 'number' && negotiated ? { ...scheme, esp: { ...scheme.esp, raise } } : scheme,
  bounds: (given) => ({
    ...syncBounds({ ...given, both: false }),
    packetNumbers: syncsOf({ ...given, both: false }) * given.parameters.delta,
  }),
  define: (x) => syncParts({ ...x, delta: x.parameters.delta, both: false }),
})

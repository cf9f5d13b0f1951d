/**
 * RFC 6311, IPsec replay counters in an exchange of their own: an ordinary INFORMATIONAL request with the next message
 * ID carries the delta. That its ID is used once keeps the delta from being applied twice.
 *
 * The liveness check of the scope is that request: the first that a member makes after it has taken over. Its message
 * IDs are as the scheme, or `message-id-sync` beside this, leaves them. Left out: ESN, of which all child SAs agree.
 */
import { range, setOf } from '../../../src/modelling/schema.ts'
import { startsOf } from '../../constants/budgets.ts'
import { extension } from '../../extending/extension.ts'
import { parts } from '../../extending/parts.ts'
import { placeOf } from '../../ike/message-ids.ts'
import {
  canSkip,
  DELTA_CLAIMS,
  DELTA_PARAMETERS,
  DELTA_PICTURES,
  deltaProperties,
  hasSent,
  skip,
  skippedField,
} from './sync-deltas.ts'

export const replayCounterRequest = extension({
  name: 'replay-counter-request',
  about:
    'A member that takes over raises its windows, and makes the peer skip as many numbers by a request of its own.',
  source: 'RFC 6311',
  negotiation: 'both',
  parameters: DELTA_PARAMETERS,
  schemes: ['inbound-raised', 'esp-as-is'],
  searches: [
    {
      name: 'counters-asked',
      about: 'two packets of the peer, a liveness check of the cluster, a lost synch message, and a crash',
      scope: {
        esp: { outbound: 0, inbound: 2, window: 2, wireBits: 6 },
        probes: { cluster: true, peer: false },
        returns: 0,
        retransmissions: 0,
        network: 2,
      },
      attackers: ['A0', 'A1'],
    },
  ],
  claims: DELTA_CLAIMS,
  policies: (scheme, { parameters: { raise }, negotiated }) =>
    typeof raise === 'number' && negotiated ? { ...scheme, esp: { ...scheme.esp, raise } } : scheme,
  bounds: ({ scope, parameters, negotiated }) => ({
    // A request that a sync of message IDs abandons is made again, and may have been executed.
    packetNumbers: negotiated ? 2 * (scope.crashes + scope.handovers) * parameters.delta : 0,
  }),
  define: ({ constants, scheme, scope, parameters: { delta }, negotiated }) => {
    const requests = startsOf(constants, 'cluster', 'liveness')
    if (!negotiated || !scheme.cluster || requests === 0) return parts({})
    return parts({
      state: {
        member: { owesDelta: range(0, 1) },
        peerChild: skippedField(constants, delta),
        // What a request is about goes with its number.
        world: { deltas: setOf(range(0, requests)) },
      },
      events: DELTA_PICTURES,
      hooks: {
        member: {
          takesOver: (d, at) => {
            d.member[at].owesDelta = 1
          },
          asks: (d, at, { ike, exchange, messageId }) => {
            if (exchange !== 'liveness' || d.member[at].owesDelta === 0) return
            d.member[at].owesDelta = 0
            d.deltas.add(d.member[at].ike[ike]!.requests[placeOf(messageId, scope.window)].task)
          },
        },
        peer: {
          hasSent,
          // The bounds leave room for what is skipped. A request that is repeated is answered and skips nothing.
          mayReceive: (s, _, { ike, type, exchange, task, messageId }) =>
            type === 'response' ||
            exchange !== 'liveness' ||
            messageId < s.peer.ike[ike]!.expects ||
            !s.deltas.has(task) ||
            canSkip(constants, s, delta),
          executes: (d, _, { exchange, task }, emit) => {
            if (exchange !== 'liveness' || !d.deltas.has(task)) return
            skip(constants, d, delta)
            emit.numbersSkipped({ numbers: delta })
          },
        },
      },
      oracles: { deltas: 'what a request is about, which is in the request' },
      properties: deltaProperties,
    })
  },
})

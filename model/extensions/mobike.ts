/**
 * RFC 4555, as far as RFC 6027 section 3.8 needs it: the addresses of the cluster. Those of the peer do not change.
 *
 * UPDATE_SA_ADDRESSES moves IKE and the tunnels together: the RFC knows one pair of addresses for both. It is a request
 * with an ordinary message ID; here the number of the takeover stands for that, since what becomes of message IDs is
 * judged without this extension. Its answer is left out: a request that is sent once more changes nothing.
 */
import { oneOf, range } from '../../src/modelling/schema.ts'
import { extension, type Setting } from '../extending/extension.ts'
import { parts } from '../extending/parts.ts'
import { addressesOf, ownAddress } from '../gateway/addresses.ts'

/** The member that takes over moves the IKE SA to its own address. */
const moves = ({ constants, scope, members, ikes, acts, hasRoom, send, moveGateway }: Setting) => {
  const number = range(0, scope.crashes + scope.handovers)
  return parts({
    state: { member: { takeover: number }, peer: { lastUpdate: number }, world: { takeovers: number } },
    messages: {
      update: { to: 'peer', fields: { number, address: oneOf(...addressesOf(constants)) }, capacity: 1 },
    },
    texts: { update: ({ address }) => `UPDATE_SA_ADDRESSES, from ${address}` },
    hooks: {
      member: {
        takesOver: (d, at) => {
          d.takeovers += 1
          d.member[at].takeover = d.takeovers
        },
      },
    },
    actions: [
      {
        name: 'UpdatesAddresses',
        by: 'member',
        choose: { at: members },
        guard: (s, { at }) =>
          acts(s, at) &&
          s.member[at].takeover > 0 &&
          ikes.some((k) => s.member[at].ike[k]!.sa) &&
          hasRoom(s, 'update'),
        effect: (d, { at }, emit) =>
          send(d, emit, at, 'update', { number: d.member[at].takeover, address: ownAddress(at) }),
      },
    ],
    takes: { update: (s, _, { number }) => number > s.peer.lastUpdate },
    receives: {
      update: (d, _, { number, address }, emit) => {
        d.peer.lastUpdate = number
        moveGateway(d, emit, address)
      },
    },
    oracles: { takeovers: 'the number of a takeover, which stands for the message ID of the request' },
  })
}

/** The peer hears nothing from one address and tries another. */
const tries = ({ members, scope, moveGateway }: Setting) =>
  parts({
    actions: [
      {
        /**
         * INTERPRETATION: the cluster named the addresses of all its members beforehand, in a loose cluster only; in a tight one there is one where tunnels are taken. The peer tries another when it would otherwise give up.
         */
        name: 'PeerTriesAnotherAddress',
        by: 'peer',
        choose: { at: members },
        guard: (s, { at }) =>
          s.gateway.address !== 'V' &&
          s.gateway.address !== ownAddress(at) &&
          (['even', 'odd'] as const).some((place) => {
            const { exchange, retransmitted } = s.peer.ike[s.peer.current]!.requests[place]
            return exchange !== 'none' && retransmitted === scope.retransmissions
          }),
        effect: (d, { at }, emit) => moveGateway(d, emit, ownAddress(at)),
      },
    ],
  })

export const mobike = extension({
  name: 'mobike',
  about: 'The end that made the IKE SA moves it, with its tunnels, to another address of the cluster.',
  source: 'RFC 4555',
  negotiation: 'both',
  parameters: {
    /** Who made the IKE SA: only that end moves it, and the other can but name its addresses beforehand. */
    initiator: ['cluster', 'peer'],
  },
  schemes: ['ike-from-member-strict', 'ike-from-member', 'loose-staying'],
  searches: [
    {
      name: 'moves',
      about: 'a liveness check of each side, a tunnel packet of each, and a crash',
      scope: {
        probes: { cluster: true, peer: true },
        esp: { outbound: 1, inbound: 0, window: 2, wireBits: 6 },
        returns: 0,
        synchLosses: 0,
        retransmissions: 0,
        network: 2,
        addresses: { packets: 1, renewals: 0 },
      },
      attackers: ['A0'],
    },
  ],
  claims: [
    { property: 'TRN-2', claim: 'repairs' },
    { property: 'LIV-1c', claim: 'repairs', schemes: ['ike-from-member-strict'] },
    { property: 'LIV-1p', claim: 'repairs', schemes: ['loose-staying'] },
    { property: 'ADR-1', claim: 'keeps', schemes: ['ike-from-member', 'ike-from-member-strict'] },
    { property: 'ADR-1', claim: 'repairs', schemes: ['loose-staying'] },
  ],
  // An end that supports MOBIKE takes IKE from any address, and no message but this moves where it sends.
  policies: (scheme, { negotiated }) =>
    negotiated ? { ...scheme, peer: { ...scheme.peer, addresses: 'any' } } : scheme,
  define: (x) => {
    if (!x.negotiated || !x.scheme.cluster) return parts({})
    return x.parameters.initiator === 'cluster' ? moves(x) : tries(x)
  },
})

/**
 * Extensions that are policies of the base model: what they change there is named in `../constants.ts` and
 * `../esp/policies.ts`. Redirecting needs both members up, and is searched in a failover by command.
 */
import { extension } from '../extending/extension.ts'

/** RFC 6054. The members agree among themselves; the peer need not know. */
export const senderIdIvs = extension({
  name: 'sender-id-ivs',
  about: 'An IV is a counter of the sender behind an ID that no other sender has.',
  source: 'RFC 6054',
  negotiation: 'members',
  parameters: {
    /** An ID for each life of a member, or one that a member has again when it returns. */
    id: ['incarnation', 'member'],
  },
  schemes: ['shared-sa', 'synch-ike'],
  searches: ['outbound'],
  claims: [
    { property: 'IV-1', claim: 'repairs', source: 'RFC 6054 section 3' },
    { property: 'RPL-1', claim: 'keeps' },
  ],
  policies: (scheme, { parameters: { id } }) => ({
    ...scheme,
    esp: { ...scheme.esp, iv: id === 'incarnation' ? 'incarnationId' : 'memberId' },
  }),
})

/** RFC 8750: a transform, so both ends must support it. */
export const implicitIv = extension({
  name: 'implicit-iv',
  about: 'The IV is the sequence number and is not sent.',
  source: 'RFC 8750',
  negotiation: 'both',
  schemes: ['iv-salted', 'esp-told-jump', 'esp-wide-jump'],
  searches: ['outbound'],
  claims: [{ property: 'IV-1', claim: 'keeps', source: 'RFC 8750 section 4' }],
  policies: (scheme, { negotiated }) =>
    negotiated ? { ...scheme, esp: { ...scheme.esp, iv: 'sequence' } } : scheme,
})

/** RFC 9611, with members as resources. */
export const perResourceSas = extension({
  name: 'per-resource-sas',
  about: 'Each member has a child SA of its own with equal selectors.',
  source: 'RFC 9611',
  negotiation: 'both',
  parameters: {
    /** Whether counters are told, so that another member can take a child SA over. */
    told: [false, true],
  },
  schemes: ['shared-sa'],
  searches: [
    'outbound',
    'price-of-packets',
    {
      name: 'shared-packets',
      about: 'packets in both directions while every member carries traffic and nothing fails',
      scope: {
        esp: { outbound: 4, inbound: 2, window: 2, wireBits: 6 },
        crashes: 0,
        returns: 0,
        synchLosses: 0,
      },
    },
  ],
  claims: [
    { property: 'SEQ-1', claim: 'repairs', searches: ['shared-packets'], source: 'RFC 9611 section 1' },
    { property: 'IV-1', claim: 'repairs', searches: ['shared-packets'], source: 'RFC 9611 section 1' },
    { property: 'SEQ-2o', claim: 'repairs', searches: ['shared-packets'], source: 'RFC 9611 section 1' },
    // And after a failover, of which the RFC says nothing.
    { property: 'SEQ-1', claim: 'repairs', searches: ['outbound'] },
    { property: 'RPL-1', claim: 'keeps', source: 'RFC 9611 section 1' },
  ],
  policies: (scheme, { parameters: { told }, negotiated }) =>
    negotiated
      ? { ...scheme, esp: { ...scheme.esp, sharing: 'ownSa', ...(told && { period: 2, jump: 6 }) } }
      : scheme,
})

/** RFC 6027 section 3.8: the idea of an alternate tunnel address, which never became an RFC. */
export const alternateTunnelAddress = extension({
  name: 'alternate-tunnel-address',
  about: 'The ends agree under protection that tunnel packets use another address than IKE does.',
  source: 'RFC 6027 section 3.8',
  negotiation: 'both',
  parameters: {
    /** Whether the addresses of all members are announced, or that of the one that acts. */
    announces: ['one', 'all'],
  },
  schemes: ['ike-from-member', 'ike-from-member-strict', 'ike-from-member-follows'],
  searches: ['addresses'],
  claims: [
    { property: 'TRN-2', claim: 'repairs', source: 'RFC 6027 section 3.8' },
    { property: 'LIV-1c', claim: 'repairs', schemes: ['ike-from-member-strict'] },
    { property: 'ADR-1', claim: 'repairs', schemes: ['ike-from-member-follows'] },
  ],
  policies: (scheme, { parameters: { announces }, negotiated }) =>
    negotiated ? { ...scheme, addressing: announces === 'all' ? 'announced' : 'alternate' } : scheme,
})

/** RFC 5685. */
export const redirect = extension({
  name: 'redirect',
  about: 'A member sends the peer to another member under protection, while it is still up.',
  source: 'RFC 5685',
  negotiation: 'both',
  schemes: ['loose-resolving'],
  searches: ['planned', 'outages'],
  claims: [
    { property: 'ADR-2', claim: 'repairs', searches: ['planned'], source: 'RFC 5685 section 5' },
    { property: 'REC-1', claim: 'keeps', searches: ['outages'] },
  ],
  policies: (scheme, { negotiated }) => (negotiated ? { ...scheme, redirects: true } : scheme),
})

/**
 * RFC 6027 section 3.8: the idea of an alternate tunnel address, which never became an RFC.
 *
 * A policy of the base model (`addressing` in `../constants/constants.ts`). It is agreed upon under protection when the IKE SA is
 * made, so that nobody can forge it.
 */
import { extension } from '../extending/extension.ts'

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

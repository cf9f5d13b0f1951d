/**
 * RFC 5685: a member that is about to leave sends the peer to another.
 *
 * A policy of the base model (`redirects` in `../constants/constants.ts`, `../ends/renewal.ts`). It needs both members up, so it is
 * searched in a failover by command, and beside that in a crash, which it does not help. Left out: a redirect in
 * IKE_SA_INIT and IKE_AUTH, where there is no state to lose, and redirect loops.
 */
import { extension } from '../extending/extension.ts'

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

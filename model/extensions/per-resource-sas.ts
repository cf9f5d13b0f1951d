/**
 * RFC 9611: child SAs with equal selectors, one for each resource; here a member is one.
 *
 * A policy of the base model (`sharing` in `../constants/esp-policies.ts`). The child SAs exist from the start; left out are the
 * exchanges that create them, a peer that refuses more (TS_MAX_QUEUE), and a fallback SA that all may use.
 */
import { extension } from '../extending/extension.ts'

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
    { property: 'SEQ-1', claim: 'repairs', searches: ['shared-packets'], source: 'RFC 9611' },
    { property: 'IV-1', claim: 'repairs', searches: ['shared-packets'], source: 'RFC 9611' },
    { property: 'SEQ-2o', claim: 'repairs', searches: ['shared-packets'], source: 'RFC 9611' },
    // And after a failover, of which the RFC says nothing.
    { property: 'SEQ-1', claim: 'repairs', searches: ['outbound'] },
    { property: 'RPL-1', claim: 'keeps', source: 'RFC 9611' },
  ],
  policies: (scheme, { parameters: { told }, negotiated }) =>
    negotiated
      ? { ...scheme, esp: { ...scheme.esp, sharing: 'ownSa', ...(told && { period: 2, jump: 6 }) } }
      : scheme,
})

/**
 * RFC 6054: counter-mode IVs behind the ID of their sender.
 *
 * A policy of the base model (`iv` in `../constants/esp-policies.ts`). The members agree among themselves who has which ID; the
 * peer need not know. Left out: how IDs are allocated, and a sender that runs out of IVs.
 */
import { extension } from '../extending/extension.ts'

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

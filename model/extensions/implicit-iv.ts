/**
 * RFC 8750: the IV is the sequence number and is not sent.
 *
 * A policy of the base model (`iv` in `../constants/esp-policies.ts`). It is a transform, so both ends must support it. The RFC
 * forbids it where sequence numbers may overlap; what becomes of a scheme in which they do is what is judged.
 */
import { extension } from '../extending/extension.ts'

export const implicitIv = extension({
  name: 'implicit-iv',
  about: 'The IV is the sequence number and is not sent.',
  source: 'RFC 8750',
  negotiation: 'both',
  schemes: ['iv-salted', 'esp-told-jump', 'esp-wide-jump'],
  searches: ['outbound'],
  claims: [{ property: 'IV-1', claim: 'keeps', source: 'RFC 8750 sections 4 and 7' }],
  policies: (scheme, { negotiated }) =>
    negotiated ? { ...scheme, esp: { ...scheme.esp, iv: 'sequence' } } : scheme,
})

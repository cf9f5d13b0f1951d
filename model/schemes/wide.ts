/**
 * The numbers of RFC 6027 sections 3.4 and 3.5 themselves: a synch message every 10,000 packets, a jump of as many. For
 * hunts: they are judged at the scope `wide` only.
 */
import type { NamedScheme } from './named-scheme.ts'
import { esp, withEsp } from './policies.ts'

const PERIOD = 10_000
const told = withEsp(esp, { period: PERIOD })

export const wide: readonly NamedScheme[] = [
  {
    judgedBy: ['wide-outbound', 'wide-inbound'],
    name: 'rfc-as-is',
    about: 'ESP counters are told every 10,000 packets; a new active member goes on from the last.',
    scheme: told,
  },
  {
    judgedBy: ['wide-outbound', 'wide-inbound'],
    name: 'rfc-jump',
    about: 'As rfc-as-is, and a new active member skips 10,000 numbers: what RFC 6027 section 3.4 suggests.',
    scheme: withEsp(told, { jump: PERIOD }),
  },
  {
    judgedBy: ['wide-outbound'],
    name: 'rfc-wide-jump',
    about:
      'As rfc-jump with 29,999 numbers: a period each for a message lost and one unread, and the packets not yet told.',
    scheme: withEsp(told, { jump: 3 * PERIOD - 1 }),
  },
  {
    judgedBy: ['wide-inbound'],
    name: 'rfc-raised',
    about: 'As rfc-as-is, and a new active member rejects the next 10,000 numbers: RFC 6027 section 3.5.',
    scheme: withEsp(told, { raise: PERIOD }),
  },
  {
    judgedBy: ['wide-inbound'],
    name: 'rfc-learns',
    about: 'As rfc-as-is, and a new active member learns its inbound window from the first packet.',
    scheme: withEsp(told, { learns: true }),
  },
]

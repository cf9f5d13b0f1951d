/** RFC 6027 sections 3.4 and 3.7.1: what becomes of outbound sequence numbers and IVs. */
import type { FocusName, NamedScheme } from './named-scheme.ts'
import { esp, wideJump } from './policies.ts'

const judgedBy: readonly FocusName[] = ['packets']

/** Counters told every other packet, with jumps of several widths. */
export const outbound: readonly NamedScheme[] = [
  {
    judgedBy,
    name: 'esp-as-is',
    about:
      'As synch-ike, and ESP counters are told every 2 packets; a new active member goes on from the last.',
    scheme: esp,
  },
  {
    judgedBy,
    name: 'esp-jump',
    about: 'As esp-as-is, and a new active member skips 2 sequence numbers: one period.',
    scheme: { ...esp, esp: { ...esp.esp, jump: 2 } },
  },
  {
    judgedBy,
    name: 'esp-wide-jump',
    about:
      'As esp-jump with 6 numbers: a period each for a message lost, one unread and the packets not yet told.',
    scheme: wideJump,
  },
  {
    judgedBy,
    name: 'esp-wide-jump-late',
    about: 'As esp-wide-jump, but the standby may lag behind by two messages.',
    scheme: { ...wideJump, esp: { ...wideJump.esp, unread: 2 } },
  },
  {
    judgedBy,
    name: 'esp-wide-jump-own-iv',
    about: 'As esp-wide-jump, with IVs from a counter of each member that is not synchronised.',
    scheme: { ...wideJump, esp: { ...wideJump.esp, iv: 'counter' } },
  },
]

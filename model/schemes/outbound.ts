/** RFC 6027 section 3.4: what becomes of outbound sequence numbers. */
import { type NamedScheme, OUTBOUND_PRICES, PACKET_PRICES } from './named-scheme.ts'
import { esp, toldJump, wideJump, withEsp } from './policies.ts'

/** Counters told every other packet, with jumps of several widths. */
export const outbound: readonly NamedScheme[] = [
  {
    judgedBy: ['outbound', 'inbound', 'inbound-delayed', ...PACKET_PRICES],
    name: 'esp-as-is',
    about:
      'As synch-ike, and ESP counters are told every 2 packets; a new active member goes on from the last.',
    scheme: esp,
  },
  {
    judgedBy: ['outbound', ...OUTBOUND_PRICES],
    name: 'esp-jump',
    about: 'As esp-as-is, and a new active member skips 2 sequence numbers: one period.',
    scheme: withEsp(esp, { jump: 2 }),
  },
  {
    judgedBy: [
      'outbound',
      'outbound-again',
      'outbound-delayed',
      'sequence-space',
      'rebalancing',
      'split-packets',
      ...OUTBOUND_PRICES,
    ],
    name: 'esp-wide-jump',
    about:
      'As esp-jump with 6 numbers: a period each for a message lost, one unread and the packets not yet told.',
    scheme: wideJump,
  },
  {
    judgedBy: ['outbound', 'outbound-again', 'outbound-losses', 'rebalancing', ...OUTBOUND_PRICES],
    name: 'esp-told-jump',
    about: 'As esp-wide-jump; a new active member tells of its jump and waits for the acknowledgement.',
    scheme: toldJump,
  },
  {
    judgedBy: ['outbound', 'outbound-losses', ...OUTBOUND_PRICES],
    name: 'esp-told-wider-jump',
    about:
      'As esp-told-jump with 8 numbers: a period for each of two messages lost, and the others as there.',
    scheme: withEsp(toldJump, { jump: 8 }),
  },
  {
    judgedBy: ['outbound', 'outbound-losses'],
    name: 'esp-clock',
    about:
      'As esp-told-wider-jump, but a clock tells: at most 2 packets pass between two messages, which may be any.',
    scheme: withEsp(toldJump, { jump: 8, toldBy: 'clock' }),
  },
  {
    judgedBy: ['outbound', 'outbound-losses'],
    name: 'esp-clock-less-one',
    about: 'As esp-clock with 7 numbers, which are enough where the packet that ends a period is told.',
    scheme: withEsp(toldJump, { jump: 7, toldBy: 'clock' }),
  },
  {
    judgedBy: ['outbound', ...OUTBOUND_PRICES],
    name: 'esp-wide-jump-late',
    about: 'As esp-wide-jump, but the standby may lag behind by two messages.',
    scheme: withEsp(wideJump, { unread: 2 }),
  },
  {
    judgedBy: ['outbound', ...OUTBOUND_PRICES],
    name: 'esp-wider-jump-late',
    about: 'As esp-wide-jump-late, with a jump of 8 numbers, and a channel that lets messages overtake.',
    scheme: { ...withEsp(wideJump, { unread: 2, jump: 8 }), channel: 'reorders' },
  },
  {
    judgedBy: ['outbound', ...OUTBOUND_PRICES],
    name: 'esp-latest-wins',
    about: 'As esp-wider-jump-late, but a message sets the counters, be it old or new.',
    scheme: { ...withEsp(wideJump, { unread: 2, jump: 8 }), channel: 'reorders', merge: 'latest' },
  },
  {
    judgedBy: ['sequence-space', 'outbound-rekey'],
    name: 'esp-to-maximum',
    about: 'A new active member sets its counters to the last number, so that it must rekey before it sends.',
    scheme: withEsp(esp, { jump: 'maximum' }),
  },
  {
    judgedBy: ['sequence-space'],
    name: 'esp-wraps',
    about: 'As esp-wide-jump, but a counter that has come to its last number starts again.',
    scheme: withEsp(wideJump, { atMaximum: 'wraps' }),
  },
  {
    judgedBy: ['sequence-space', 'inbound-esn'],
    name: 'esn-jump',
    about: 'As esp-wide-jump with extended sequence numbers.',
    scheme: withEsp(wideJump, { esn: true }),
  },
  {
    judgedBy: ['sequence-space'],
    name: 'esn-huge-jump',
    about:
      'As esn-jump, with a jump as long as the number on the wire: the peer misses it and reads all wrongly.',
    scheme: withEsp(wideJump, { esn: true, jump: 16 }),
  },
]

/**
 * What to do where a capture violates a property, and the schemes of the matrix that have the fault and that repair it.
 * What is declared of these schemes proves it: a test compares.
 */

const ADVANCE =
  'When a member takes over, advance the outbound counter by more than was sent since the last synch message and tell the other members before the first packet, or rekey the child SA before it sends.'
const ACKNOWLEDGE =
  'Let a member send an IKE message only when the others have acknowledged its counters, the outstanding request and the cached answer; else run the message ID synchronisation of RFC 6311 at the takeover, before anything else is sent.'

/** By the label of the property. */
export const REMEDIES: Readonly<
  Record<string, { readonly advice: string; readonly fault: string; readonly repair: string }>
> = {
  'MID-1': { advice: ACKNOWLEDGE, fault: 'synch-ike', repair: 'acked-everything' },
  'MID-2': {
    advice: `${ACKNOWLEDGE} An answer that was given once is repeated bit by bit.`,
    fault: 'synch-ike',
    repair: 'acked-everything',
  },
  'MID-4': { advice: ACKNOWLEDGE, fault: 'synch-ike', repair: 'acked-everything' },
  'MID-5': {
    advice:
      'Let a member that takes over go on with the request that follows the last one that was answered: acknowledge the counters before a request is sent, and let no end execute a request beyond its window.',
    fault: 'peer-takes-future-ids',
    repair: 'acked-everything',
  },
  'SEQ-1': {
    advice: `${ADVANCE} If several members send at once, give each a child SA of its own.`,
    fault: 'esp-as-is',
    repair: 'esp-told-wider-jump',
  },
  'SEQ-2o': { advice: ADVANCE, fault: 'esp-as-is', repair: 'esp-told-wider-jump' },
  'SEQ-3': {
    advice:
      'Rekey the child SA before its counter comes to the last number, also where a takeover advances it, or negotiate extended sequence numbers.',
    fault: 'esp-wraps',
    repair: 'esp-to-maximum',
  },
  'IV-1': {
    advice:
      'Replace the keys of this SA at once: under a counter mode what was sent under one IV can be read. Make IVs of the sequence number and advance that at a takeover, or put an ID in front that is another for each member and each time that it starts.',
    fault: 'iv-own-counter',
    repair: 'iv-incarnation-id',
  },
  'SPI-1': {
    advice:
      'Keep one owner of an SPI: give each member a range of its own, or let one member grant them and wait for the acknowledgement of the others.',
    fault: 'spi-shared',
    repair: 'spi-partitioned',
  },
  'LIV-1c': {
    advice:
      'The IKE SA cannot be saved where its request was answered with other content: delete it and set it up anew. To prevent it, acknowledge requests before they are sent, or run RFC 6311 before the first request after a takeover.',
    fault: 'synch-ike',
    repair: 'acked-everything',
  },
  'LIV-1p': {
    advice:
      'See that the member that has taken over knows the IKE SA and its counters, so that it answers the peer; else tell the peer that the SA is gone (INITIAL_CONTACT, or quick crash detection, RFC 6290).',
    fault: 'synch-ike',
    repair: 'acked-everything',
  },
}

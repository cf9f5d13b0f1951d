/** What is declared of each scheme about ESP: RFC 6027 sections 3.4, 3.5, 3.7 and 3.7.1. */

export const ESP_LABELS = [
  'SEQ-1',
  'SEQ-2o',
  'SEQ-3',
  'ESN-1',
  'IV-1',
  'SEQ-2i',
  'RPL-1',
  'DoS-1e',
  'SYN-1',
] as const
type Label = (typeof ESP_LABELS)[number]

interface Declared {
  readonly violated?: readonly Label[]
  readonly vacuous?: readonly Label[]
}

/** A counter that is used again: the peer drops the packet, and the IV that is made of it is used again too. */
const reused = ['SEQ-1', 'SEQ-2o', 'IV-1'] as const

/** What is declared of each scheme. What it does not name is declared to hold. */
export const DECLARED_ESP: Readonly<Record<string, Declared>> = {
  'single-gateway': {},
  // A member that takes over without any state neither sends nor receives.
  'no-synch': { vacuous: ['SEQ-1', 'SEQ-2o', 'IV-1', 'SEQ-2i', 'RPL-1', 'SYN-1'] },
  'synch-sas': { violated: [...reused, 'RPL-1'], vacuous: ['SYN-1'] },
  'synch-ike': { violated: [...reused, 'RPL-1'], vacuous: ['SYN-1'] },
  // No jump helps inbound: what the standby was told of its window is as late as everything else.
  'acked-counters': { violated: ['RPL-1'] },
  'acked-answers': { violated: ['RPL-1'] },
  'acked-requests': { violated: ['RPL-1'] },
  'acked-everything': { violated: ['RPL-1'] },
  'acked-no-resynch': { violated: ['RPL-1'] },
  'esp-as-is': { violated: [...reused, 'RPL-1'] },
  'esp-jump': { violated: reused },
  // Holds for one crash; not when another takeover follows, nor with two members active.
  'esp-wide-jump': { violated: [...reused, 'RPL-1'] },
  'esp-told-jump': { violated: ['RPL-1'] },
  'esp-wide-jump-late': { violated: reused },
  'esp-wider-jump-late': {},
  'esp-latest-wins': { violated: reused },
  'esp-to-maximum': {},
  'esp-wraps': { violated: [...reused, 'SEQ-3'] },
  'esn-jump': {},
  'esn-huge-jump': { violated: ['SEQ-2o', 'ESN-1'] },
  'inbound-learns': { violated: ['RPL-1'] },
  'inbound-raised': { violated: ['SEQ-2i'] },
  'inbound-noted': { violated: ['RPL-1'], vacuous: ['SYN-1'] },
  'told-until-rekey': { violated: ['RPL-1'] },
  'closed-until-rekey': { violated: ['SEQ-2i'] },
  'esn-raised': { violated: ['SEQ-2i', 'ESN-1'] },
  'advances-first': { violated: ['SEQ-2i', 'DoS-1e'] },
  'tells-of-drops': { violated: ['RPL-1', 'SYN-1'] },
  'shared-sa': { violated: [...reused, 'RPL-1'], vacuous: ['SYN-1'] },
  'shared-sa-no-replay-check': { violated: ['SEQ-1', 'IV-1', 'RPL-1'], vacuous: ['SYN-1'] },
  'shared-sa-flooded': { violated: ['RPL-1'], vacuous: ['SYN-1'] },
  'sticky-sa': {},
  // Repairs a cut channel, but not a member that returns to its own SA without memory.
  'own-sas': { violated: [...reused, 'RPL-1'], vacuous: ['SYN-1'] },
  'own-sas-told': { violated: ['RPL-1'] },
  'hands-over-counters': {},
  'iv-own-counter': { violated: ['IV-1'] },
  'iv-lfsr-seeded-anew': { violated: ['IV-1'] },
  'iv-random': { violated: ['IV-1'] },
  'iv-salted': { violated: ['SEQ-1', 'SEQ-2o'] },
  'iv-member-id': { violated: reused },
  'iv-incarnation-id': { violated: ['SEQ-1', 'SEQ-2o'] },
}

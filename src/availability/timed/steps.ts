/** What is looked at in the states of a chain, and what decides the rate of a step. */

/** What is looked at in each state; the order is that of the bits. */
export const LABELS = ['traffic', 'sas', 'acting', 'settled', 'whole', 'dark', 'lost'] as const
export type Label = (typeof LABELS)[number]

/** Kinds of steps by what decides their rate. */
export type StepKind =
  | { readonly kind: 'asks'; readonly side: 'cluster' | 'peer' }
  | {
      readonly kind:
        | 'delivered'
        | 'lost'
        | 'released'
        | 'synch'
        | 'synchLost'
        | 'crash'
        | 'return'
        | 'powerUp'
        | 'setUp'
    }
  | {
      readonly kind: 'wait'
      readonly side: 'cluster' | 'peer'
      readonly wait: number
      readonly ends: 'stage' | 'retransmits' | 'givesUp'
    }
  | { readonly kind: 'detection'; readonly ends: 'stage' | 'takesOver' }

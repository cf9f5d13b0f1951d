/** What a row of the matrix is. */
import type { Scheme } from '../constants.ts'

/** The searches that can judge a scheme; each switches on one part of the model. `properties/focuses` says how. */
export const FOCUS = [
  'own-requests',
  'peer-requests',
  'together',
  'second-failover',
  'outbound',
  'outbound-again',
  'outbound-delayed',
  'sequence-space',
  'outbound-rekey',
  'inbound',
  'inbound-delayed',
  'inbound-long',
  'inbound-rekey',
  'inbound-esn',
  'rebalancing',
  'split-brain',
] as const
export type FocusName = (typeof FOCUS)[number]

/** The searches of a scheme that is about the whole: every part of the model once. */
export const everyFocus: readonly FocusName[] = [
  'own-requests',
  'peer-requests',
  'together',
  'second-failover',
  'outbound',
  'inbound',
  'inbound-delayed',
]

/** The searches of the single gateway: its promises must hold against every attacker, and to the end of the sequence space. */
export const gatewayFocus: readonly FocusName[] = [
  ...everyFocus,
  'outbound-delayed',
  'sequence-space',
  'outbound-rekey',
  'inbound-rekey',
]

/** A scheme with a name and one sentence, and the searches that judge it. */
export interface NamedScheme {
  /** kebab-case, by what it does. */
  readonly name: string
  readonly about: string
  readonly scheme: Scheme
  readonly judgedBy: readonly FocusName[]
}

/** What a row of the matrix is. */
import type { Scheme } from '../constants.ts'

/** The searches that can judge a scheme; each switches on one part of the model. `properties/focuses` says how. */
export const FOCUS = [
  'own-requests',
  'peer-requests',
  'packets',
  'together',
  'second-failover',
  'deletions',
  'rekey-child',
  'rekey-ike',
  'window-2',
  'handover',
  'split-brain',
  'sharing-own',
  'sharing-peer',
  'three-members',
  'price-of-exchanges',
  'price-of-takeover',
] as const
export type FocusName = (typeof FOCUS)[number]

/** What every standby is judged by. */
export const STANDBY: readonly FocusName[] = [
  'own-requests',
  'peer-requests',
  'packets',
  'together',
  'second-failover',
  'price-of-exchanges',
  'price-of-takeover',
]

/** And what says more only of schemes that differ in it. */
export const WIDER: readonly FocusName[] = [
  ...STANDBY,
  'deletions',
  'rekey-child',
  'rekey-ike',
  'window-2',
  'three-members',
]

/** A scheme with a name and one sentence, and the searches that judge it. */
export interface NamedScheme {
  /** kebab-case, by what it does. */
  readonly name: string
  readonly about: string
  readonly scheme: Scheme
  readonly judgedBy: readonly FocusName[]
}

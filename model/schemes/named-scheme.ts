/** What a row of the matrix is. */
import type { Scheme } from '../constants.ts'

/** The searches that can judge a scheme; each switches on one part of the model. `properties/focuses` says how. */
export const FOCUS = [
  'own-requests',
  'peer-requests',
  'packets',
  'together',
  'second-failover',
  'spis',
  'addresses',
  'outages',
  'planned',
  'hints',
] as const
export type FocusName = (typeof FOCUS)[number]

/** The searches about message IDs and outbound counters. */
export const everyFocus: readonly FocusName[] = [
  'own-requests',
  'peer-requests',
  'packets',
  'together',
  'second-failover',
]

/** A scheme with a name and one sentence, and the searches that judge it. */
export interface NamedScheme {
  /** kebab-case, by what it does. */
  readonly name: string
  readonly about: string
  readonly scheme: Scheme
  readonly judgedBy: readonly FocusName[]
}

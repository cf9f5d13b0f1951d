/** What became of verdicts when the bounds of their searches were raised, one at a time. */

/** A bound that was raised, and what the search said then. */
export interface Flip {
  /** The search, and the path of the bound in its scope with its words. */
  readonly search: string
  readonly bound: string
  readonly words: string
  readonly from: number
  readonly to: number
  /** Steps of a shortest counterexample. */
  readonly steps: number
}

/** What is known of one verdict `holds`. */
export interface Stability {
  readonly label: string
  /** The bounds with which it does not hold any more, fewest steps first. */
  readonly flips: readonly Flip[]
  /** Bounds with which the search was cut before it was over; and searches that ended and in which it held. */
  readonly undecided: readonly Omit<Flip, 'steps'>[]
  readonly held: number
}

/** Such as: violated after 12 steps with lost synch messages 2 (not 1), in outbound. */
export const flipText = ({ search, words, from, to, steps }: Flip): string =>
  `violated after ${steps} step${steps === 1 ? '' : 's'} with ${words} ${to} instead of ${from}, in ${search}`

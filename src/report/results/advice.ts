/** Advice as data: sets of changes, and what becomes of the cluster by each. */

/** A set of changes, and what becomes of the cluster by it. */
export interface AdviceJson {
  /** Each policy as a cluster file states it, with its old and its new value and what that means. */
  readonly changes: readonly Readonly<Record<'policy' | 'from' | 'to' | 'means', string>>[]
  /** Labels that were violated and hold now. */
  readonly repairs: readonly string[]
  /** Labels that were not violated and are now. */
  readonly breaks: readonly string[]
  /** Labels that were violated and are no longer put to the test. */
  readonly vacuous: readonly string[]
  /** Prices that change. */
  readonly prices: readonly {
    readonly label: string
    readonly unit: string
    readonly before: number
    readonly after: number
  }[]
}

/** What was found in a budget. */
export interface AdvisedJson {
  readonly advice: readonly AdviceJson[]
  /** Labels that are violated and that no advice repairs. */
  readonly unrepaired: readonly string[]
  /** Sets of changes that were judged by complete searches, and searches that this took. */
  readonly tried: number
  readonly searches: number
  /** Whether the budget ended before all sets of the wanted size were tried. */
  readonly cut: boolean
}

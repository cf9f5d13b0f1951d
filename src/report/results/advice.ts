/** Advice as data: sets of changes, and what becomes of the cluster by each. */
import type { ScopeName } from '../../search/suite.ts'

/** A set of changes, and what becomes of the cluster by it. */
export interface AdviceJson {
  /** Each policy as a cluster file states it, with its old and its new value and what that means. */
  readonly changes: readonly Readonly<Record<'policy' | 'from' | 'to' | 'means', string>>[]
  /** The shipped scheme whose policies they are, without what is not needed; absent where they were found one by one. */
  readonly scheme?: string
  /** Where the cluster with these changes was judged: at the scope of the check, or at small only, for want of budget. */
  readonly scope: ScopeName
  /** Whether it was searched that none of the changes can be left out. */
  readonly minimal: boolean
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

/** How many sets of so many changes there are, none of which contradicts itself, and how many of them were judged. */
export interface TriedJson {
  readonly changes: number
  readonly scope: ScopeName
  readonly sets: number
  readonly judged: number
}

/** What was found in a budget. */
export interface AdvisedJson {
  /** Of the check, at which the cluster was found wanting. */
  readonly scope: ScopeName
  readonly advice: readonly AdviceJson[]
  /** Labels that are violated and that no advice repairs. */
  readonly unrepaired: readonly string[]
  /** Sets of changes that were judged by complete searches, and searches that this took. */
  readonly tried: number
  readonly searches: number
  readonly sizes: readonly TriedJson[]
  /** Shipped schemes of the cluster's kind that its policies were exchanged for as a whole; none where one change is enough. */
  readonly schemes: Omit<TriedJson, 'changes' | 'scope'>
  readonly budget: { readonly seconds: number; readonly searches: number; readonly changes: number }
  /** Whether the search for repairs ended before all was tried. */
  readonly cut: boolean
  /** What ended it: a limit of the budget, or Ctrl-C. */
  readonly over?: 'seconds' | 'searches' | 'interrupt'
}

/** The searches of a design as plain data, their models, and what such a model has read of the scheme. */
import { cluster } from '../../model/cluster.ts'
import type { Constants } from '../../model/constants/constants.ts'
import { FAULT } from '../../model/constants/faults.ts'
import { notedScheme, noteReads } from '../../model/design/noted.ts'
import type { FocusName, NamedScheme } from '../../model/schemes/named-scheme.ts'
import type { Model } from '../../src/modelling/model.ts'
import { labelOf, type Property } from '../../src/modelling/property.ts'
import type { ScopeName } from '../../src/search/suite.ts'
import { PLANS } from '../focuses/plans.ts'
import { plansOf } from '../matrix.ts'
import { wordsOf } from '../smallest.ts'
import { boundsIn, MOST, raise } from '../stability.ts'

/** One search. */
export interface DesignSearch {
  readonly plan: FocusName
  readonly constants: Constants
  /** The properties that it judges; absent: all of the plan. */
  readonly labels?: readonly string[]
}

/** A search with one bound raised. */
export interface RaisedSearch {
  readonly search: DesignSearch
  readonly bound: string
  readonly words: string
  readonly from: number
  readonly to: number
}

/** The searches that judge a cluster at a scope. */
export const designSearches = (scheme: NamedScheme, scope: ScopeName): readonly DesignSearch[] =>
  plansOf(scheme, scope).map(({ plan, constants }) => ({ plan: plan.name, constants }))

/** The properties that a search judges. */
export const propertiesOfSearch = ({ plan, constants, labels }: DesignSearch): readonly Property[] =>
  PLANS.get(plan)!
    .properties(constants)
    .filter((property) => labels?.includes(labelOf(property)) ?? true)

/** The model of a search. */
export const modelOfSearch = ({ constants, ...search }: DesignSearch): Model => {
  const reads = new Set<string>()
  const own = { ...constants, scheme: notedScheme(constants.scheme, reads) }
  const model = cluster(`a design, ${search.plan}`, own, propertiesOfSearch({ ...search, constants: own }))
  return noteReads(model, reads)
}

/** What the owner of a cluster assumes of the world, not how much a search looks at: a verdict need not outlast it. */
const ASSUMED: readonly string[] = [...FAULT, 'members', 'synchLosses', 'attacker']

/** Whether a bound says what may go wrong, and is no limit of a search. */
export const isAssumed = (bound: string): boolean => ASSUMED.includes(bound)

/** Packets are raised by more: a margin may be wider than one of them. */
const stepsOf = (bound: string): readonly number[] => (bound.startsWith('esp.') ? [1, 4] : [1])

/** The same search with each of its bounds raised by one, for these labels. */
export const raisedSearches = (
  { plan, constants }: DesignSearch,
  labels: readonly string[],
): readonly RaisedSearch[] => {
  const own = propertiesOfSearch({ plan, constants, labels }).map(labelOf)
  if (own.length === 0) return []
  const { scheme, scope } = constants
  return boundsIn(scope, scheme.cluster).flatMap(([bound, from]) =>
    stepsOf(bound)
      .map((by) => from + by)
      .filter((to) => to <= (MOST[bound] ?? Number.POSITIVE_INFINITY))
      .map((to): RaisedSearch => {
        const search = { plan, constants: { ...constants, scope: raise(scope, bound, to) }, labels: own }
        return { search, bound, words: wordsOf(bound), from, to }
      }),
  )
}

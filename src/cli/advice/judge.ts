/** Judges sets of changes by complete searches, as long as a budget lasts. */
import type { NamedScheme } from '../../../model/schemes/named-scheme.ts'
import { type DesignSearch, designSearches } from '../../../properties/design/searches.ts'
import type { ScopeName } from '../../search/suite.ts'
import { judging, type Ran, type Verdicts, verdictsOf } from '../design/judging.ts'
import type { Executor } from '../jobs/executor.ts'
import type { Terminal } from '../process/terminal.ts'
import type { Cache } from '../saved/cache.ts'
import { threads } from '../workers/threads.ts'
import { type ChangeSet, clusterWith, keyOf } from './sets.ts'

/** How far to look. */
export interface Budget {
  readonly searches: number
  readonly seconds: number
  /** The most changes in a set that is made of single ones. */
  readonly changes: number
}

/** How to search. */
export interface AdviceOptions {
  readonly workers: number
  readonly bytes: number
  readonly terminal: Terminal
  readonly cache: Cache | undefined
  readonly budget: Budget
}

/** What is known of a cluster with some changes; undefined where the budget did not last for it. */
export type Answer = Verdicts | 'contradictory' | undefined

/** Where sets of changes are looked for before the best are judged at the scope of the cluster. */
export const SMALL: ScopeName = 'small'

export type Judge = ReturnType<typeof judgeOf>

/** Searches that differ only in policies that they do not read are made once. */
export const judgeOf = (
  schemes: readonly NamedScheme[],
  { workers, bytes, terminal, cache, budget }: AdviceOptions,
) => {
  const until = performance.now() + budget.seconds * 1000
  const line = (text: string): void => terminal.line(text === '' ? '' : `Looking for repairs: ${text}`)
  const searches = judging({
    workers,
    executor: endingAt(until, threads(workers)),
    terminal: { ...terminal, line },
    cache,
    states: Number.POSITIVE_INFINITY,
    bytes,
    until,
    searches: budget.searches,
  })
  const judged = new Set<string>()

  /** What the searches of each list say; undefined for those that were not made, or not to their end. */
  const ranOf = async (lists: readonly (readonly DesignSearch[])[]) => {
    const all = await searches.ranOf(lists.flat())
    let at = 0
    return lists.map(({ length }) => {
      at += length
      return all.slice(at - length, at)
    })
  }

  const searchesOf = (set: ChangeSet, scope: ScopeName): readonly DesignSearch[] =>
    (clusterWith(schemes, set) ?? []).flatMap((scheme) => designSearches(scheme, scope))

  const verdictsAt = async (sets: readonly ChangeSet[], scope: ScopeName): Promise<readonly Answer[]> => {
    const ran = await ranOf(sets.map((set) => searchesOf(set, scope)))
    return sets.map((set, i): Answer => {
      if (!clusterWith(schemes, set)) return 'contradictory'
      if (!ran[i]!.every((one) => one?.complete)) return undefined
      judged.add(keyOf(set))
      return verdictsOf(ran[i] as readonly Ran[])
    })
  }

  return {
    /** Sets that were judged, at whatever scope. */
    sets: () => judged.size,
    /** Searches that were made or found in the cache. */
    searches: () => searches.counts().searches,
    over: searches.over,
    verdictsAt,

    /**
     * The same, except that a set is judged no further when it violates one of these labels: what a small search
     * violates the same search violates at a larger scope, most often.
     */
    async verdictsUnless(
      labels: readonly string[],
      sets: readonly ChangeSet[],
      scope: ScopeName,
    ): Promise<readonly Answer[]> {
      const violates = (one: Ran | undefined): boolean =>
        one?.said.some(({ label, verdict }) => verdict === 'violated' && labels.includes(label)) === true
      const small = await ranOf(sets.map((set) => searchesOf(set, SMALL)))
      const plans = small.map((ran) => ran.filter(violates).map((one) => one!.search.plan))
      const likely = await ranOf(
        sets.map((set, i) => searchesOf(set, scope).filter(({ plan }) => plans[i]!.includes(plan))),
      )
      const rest = await verdictsAt(
        sets.filter((_, i) => !likely[i]!.some(violates)),
        scope,
      )
      let next = 0
      return sets.map((_, i) => {
        const violated = likely[i]!.filter(violates) as readonly Ran[]
        return violated.length > 0 ? verdictsOf(violated) : rest[next++]
      })
    },
  }
}

/** A timer that is set to longer goes off at once. */
const LONGEST = 2 ** 31 - 1

/** Searches that are still running at a time are stopped. */
const endingAt = (until: number, executor: Executor): Executor => ({
  ...executor,
  searches(jobs, callbacks) {
    const run = executor.searches(jobs, callbacks)
    const timer = setTimeout(run.interrupt, Math.min(Math.max(0, until - performance.now()), LONGEST))
    return { ...run, outcomes: run.outcomes.finally(() => clearTimeout(timer)) }
  },
})

/** Judges sets of changes by complete searches, as long as a budget lasts. */
import { designSearches } from '../../../properties/design/searches.ts'
import type { ScopeName } from '../../search/suite.ts'
import { judging, type Ran, type Verdicts, verdictsOf } from '../design/judging.ts'
import type { Executor } from '../jobs/executor.ts'
import type { Terminal } from '../process/terminal.ts'
import type { Cache } from '../saved/cache.ts'
import { threads } from '../workers/threads.ts'
import type { Candidate } from './candidates.ts'

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

export type Judge = ReturnType<typeof judgeWithin>

/** Searches that differ only in policies that they do not read are made once. */
export const judgeWithin = ({ workers, bytes, terminal, cache, budget }: AdviceOptions) => {
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
  return {
    /** Sets that were judged, at whatever scope; each once. */
    sets: () => judged.size,
    /** Searches that were made or found in the cache. */
    searches: () => searches.counts().searches,
    /** Whether the budget is spent, or somebody pressed Ctrl-C. */
    isOver: searches.isOver,
    /** In the order of the candidates; undefined for what the budget did not last for. */
    async verdictsOf(
      candidates: readonly Candidate[],
      scope: ScopeName,
    ): Promise<readonly (Verdicts | undefined)[]> {
      const own = candidates.map(({ schemes }) => schemes.flatMap((scheme) => designSearches(scheme, scope)))
      const ran = await searches.ranOf(own.flat())
      let at = 0
      return own.map((of, i) => {
        const found = ran.slice(at, (at += of.length))
        if (!found.every((one) => one?.complete)) return undefined
        judged.add(candidates[i]!.set.map(({ policy, to }) => `${policy} ${to}`).join())
        return verdictsOf(found as readonly Ran[])
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

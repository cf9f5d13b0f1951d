/** A plan whose parts were run elsewhere: what searches and runs say is taken from their files. */
import type { HuntPart } from '../../hunt/hunter.ts'
import type { Outcome } from '../../search/engine/outcome.ts'
import type { Callbacks, Hands, Run } from '../jobs/executor.ts'
import { sliceName } from '../jobs/hunt-job.ts'
import type { Job } from '../jobs/search-job.ts'
import type { Elsewhere } from '../queue/options.ts'
import { pieceAgainst } from '../queue/result-data.ts'
import { outcomeProblem } from '../saved/outcome-problem.ts'
import { modelProblem } from '../saved/paths-problem.ts'
import { NOTHING } from '../workers/hunt-threads.ts'
import { outcomeOf } from '../workers/search-pool.ts'
import { threads } from '../workers/threads.ts'
import { keysOf, readParts, refused, sliceKeys } from './part-file.ts'

const byKey = <T extends { readonly key: string }>(all: readonly T[]): ReadonlyMap<string, T> =>
  new Map(all.map((one) => [one.key, one]))

/**
 * Takes what searches say from the files of all parts; threads do what follows from it. `isOpen`: they search too what no part
 * speaks of. Throws `UsageError`, also later for a file that says nothing of a search.
 */
export const joinedParts = (
  names: readonly string[],
  { workers, isOpen }: { readonly workers: number; readonly isOpen: boolean },
): Elsewhere => {
  const parts = readParts(names)
  const searches = byKey(parts.flatMap((part) => part.searches))
  const slices = byKey(parts.flatMap((part) => part.slices ?? []))
  const own = threads(workers)
  const missing = (name: string) =>
    refused(`none of them says anything of ${name}: they are of another command line`)
  const altered = (name: string, problem: string) =>
    refused(`of ${name} one says that ${problem}; it has been altered`)

  const said = (job: Job, key: string): Outcome | undefined => {
    const one = searches.get(key)
    if (!one) return undefined
    const odd = outcomeProblem(one.outcome) ?? modelProblem(one.outcome, job.model)
    if (odd !== undefined) throw altered(job.name, odd)
    return outcomeOf(one.outcome, job)
  }
  const found = async (
    jobs: readonly Job[],
    callbacks: Callbacks,
    began: (run: Run) => void,
  ): Promise<readonly Outcome[]> => {
    const keys = await keysOf(jobs)
    const outcomes = jobs.map((job, i) => said(job, keys[i]!))
    const open = jobs.flatMap((job, i) => (outcomes[i] ? [] : [{ job, i }]))
    if (open.length > 0 && !isOpen) throw missing(open[0]!.job.name)
    for (const [i, outcome] of outcomes.entries())
      if (outcome) callbacks.onOutcome?.(i, searches.get(keys[i]!)!.outcome)
    if (open.length > 0) {
      const run = own.searches(
        open.map(({ job }) => job),
        { ...callbacks, onOutcome: (index, outcome) => callbacks.onOutcome?.(open[index]!.i, outcome) },
      )
      began(run)
      for (const [index, outcome] of (await run.outcomes).entries()) outcomes[open[index]!.i] = outcome
    }
    return outcomes as readonly Outcome[]
  }

  return {
    isShared: false,
    cached: () => undefined,
    searches(jobs, callbacks) {
      let run: Run | undefined
      const outcomes = found(jobs, callbacks, (began) => {
        run = began
      })
      return { outcomes, interrupt: () => run?.interrupt(), abandon: () => run?.abandon() }
    },
    hands(job, options, callbacks): Hands {
      let small: Hands | undefined
      return {
        async runs(all): Promise<readonly HuntPart[]> {
          const keys = await sliceKeys(job, options, all)
          return all.map((slice, i) => {
            const name = sliceName(job.name, slice)
            const one = slices.get(keys[i]!)
            if (!one) throw missing(name)
            const odd = pieceAgainst({ kind: 'part', part: one.runs }, job.model)
            if (odd !== undefined) throw altered(name, odd)
            return one.runs
          })
        },
        small(sightings) {
          if (sightings.length === 0) return Promise.resolve([])
          small = own.hands(job, options, callbacks)
          return small.small(sightings)
        },
        progress: () => small?.progress() ?? NOTHING,
        stop: (gently) => small?.stop(gently),
        end: () => small?.end(),
      }
    },
  }
}

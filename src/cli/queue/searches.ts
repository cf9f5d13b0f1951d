/** Searches as jobs of a sweep. */

import { ModelFault } from '../../modelling/fault.ts'
import type { RunProgress } from '../../report/terminal/progress.ts'
import type { Progress } from '../../search/breadth-first.ts'
import type { Outcome } from '../../search/engine/outcome.ts'
import type { Callbacks, Run } from '../jobs/executor.ts'
import type { Job } from '../jobs/search-job.ts'
import { UsageError } from '../process/errors.ts'
import { sharedNameOf } from '../saved/cache.ts'
import { outcomeOf, undecided } from '../workers/search-pool.ts'
import { countsIn } from './counts.ts'
import { settingsData } from './job-data.ts'
import { outcomeAgainst, type Result } from './result-data.ts'
import type { Given, Sweep } from './sweep.ts'

/** Searches that must be done before anything is said of the rest. */
const ENOUGH = 5

/** Puts searches on the queue, and waits for them. */
export const searchesOn = (sweep: Sweep, jobs: readonly Job[], callbacks: Callbacks): Run => {
  const outcomes: (Outcome | undefined)[] = jobs.map(() => undefined)
  const failures: (Error | undefined)[] = jobs.map(() => undefined)
  const started = performance.now()
  let distinct = 0
  let finished = 0
  let finish: () => void = () => {}
  let reject: (error: unknown) => void = () => {}
  const over = new Promise<void>((settle, fail) => {
    finish = settle
    reject = fail
  })

  const tell = (): void => {
    const running = sweep.progress().flatMap((one) => progressIn(one) ?? [])
    const sum = (of: (p: Progress) => number) => running.reduce((total, one) => total + of(one), 0)
    const elapsedSeconds = (performance.now() - started) / 1000
    const queue = sweep.counts()
    const rest = queue.running + queue.waiting
    callbacks.onProgress({
      searches: jobs.length,
      finished,
      distinct: distinct + sum((p) => p.distinct),
      frontier: sum((p) => p.frontier),
      depth: Math.max(0, ...running.map(({ depth }) => depth)),
      bytes: sum((p) => p.bytes),
      elapsedSeconds,
      queue: { ...queue, ...(finished >= ENOUGH && { secondsLeft: (elapsedSeconds / finished) * rest }) },
    } satisfies RunProgress)
  }

  /** As with threads: the first failure counts when all before it are known. */
  const settled = (): void => {
    finished += 1
    const failed = failures.findIndex((failure) => failure !== undefined)
    const last = failed < 0 ? jobs.length : failed
    for (let i = 0; i < last; i++) if (outcomes[i] === undefined) return
    finish()
  }

  const settle = (index: number, result: Result): void => {
    if (result.kind === 'outcome') {
      outcomes[index] = outcomeOf(result.outcome, jobs[index]!)
      distinct += result.outcome.distinct
      callbacks.onOutcome?.(index, result.outcome)
    } else if (result.kind === 'fault') failures[index] = new ModelFault(result.data)
    else if (result.kind === 'usage') failures[index] = new UsageError(result.data)
    settled()
  }

  const given = async (job: Job, index: number): Promise<Given> => ({
    name: job.name,
    task: { kind: 'search', source: job.source, focus: job.focus, settings: settingsData(job.settings) },
    shared: sweep.sharesResults ? await sharedNameOf(job) : undefined,
    problemOf: (result) => outcomeAgainst(result, job.model),
    settle: (result) => settle(index, result),
    fail: (reason) => {
      callbacks.onWarning?.(`${job.name} failed: ${reason}. What only it decides is unknown.`)
      outcomes[index] = undecided(job, undefined, 'failed')
      settled()
    },
  })

  const silent = sweep.listen(tell)
  sweep.onLeave(() => finish())
  if (jobs.length === 0) finish()
  Promise.all(jobs.map(given))
    .then((all) => sweep.submit(all))
    .catch(reject)
  const leave = (): void => sweep.leave()
  return {
    outcomes: over.finally(silent).then(() => {
      const failure = failures.find((one) => one !== undefined)
      if (failure) throw failure
      return jobs.map((job, i) => outcomes[i] ?? undecided(job, undefined))
    }),
    interrupt: leave,
    abandon: leave,
  }
}

/** What a worker says of how far a search is. */
const progressIn = (data: unknown) =>
  countsIn<Progress>(data, ['distinct', 'generated', 'frontier', 'depth', 'bytes'])

/**
 * Hunts in the models of some jobs, by threads of this process or another executor: the runs in slices, and then small
 * traces of what they show. What is found does not depend on how many slices there are, nor on who makes them.
 */
import type { HuntOptions, Small } from '../../hunt/hunter.ts'
import { concluded, gathered, type HuntOutcome } from '../../hunt/outcome.ts'
import { type Executor, type Hands, type HuntProgress, Left } from '../jobs/executor.ts'
import type { Job } from '../jobs/search-job.ts'
import { added } from './hunt-threads.ts'
import { threads } from './threads.ts'

/** What running hunts are told and tell. */
export interface HuntingOptions {
  readonly options: HuntOptions
  /** What makes the runs: so many threads of this process, or another executor. */
  readonly workers: number
  readonly executor?: Executor | undefined
  /** The parts that the runs of a hunt are made in; otherwise one for each thread. */
  readonly slices?: number | undefined
  /** How far the present hunt, or all that go on at one time, have come. */
  readonly onProgress: (name: string, progress: HuntProgress) => void
  /** With what went wrong and does not end the hunt. */
  readonly onWarning: (text: string) => void
}

/** Hunts that are running. */
export interface HuntingRun {
  /** In the order of the jobs; undefined where nothing is known. */
  readonly outcomes: Promise<readonly (HuntOutcome | undefined)[]>
  /** Asks the present hunt to stop and say what it found; no more are started. */
  interrupt(): void
  /** Stops every thread at once. */
  abandon(): void
}

/** Starts hunting in the jobs. The outcomes reject with the `ModelFault` or `SearchDied` of the first that has one. */
export const runHunts = (
  jobs: readonly Job[],
  { options, workers, executor = threads(workers), slices = workers, onProgress, onWarning }: HuntingOptions,
): HuntingRun => {
  const present = new Map<string, Hands>()
  let isInterrupted = false

  const tell = (): void => {
    const all = [...present.values()].map((hands) => hands.progress())
    const queue = all.find((one) => one.queue)?.queue
    const [name] = present.keys()
    if (name === undefined) return
    onProgress(present.size === 1 ? name : `${present.size} searches`, {
      ...added(all),
      ...(queue && { queue }),
    })
  }

  const inOne = async (job: Job): Promise<HuntOutcome> => {
    const { name, model } = job
    // The searches of a scheme differ in their actions: each takes the weights of those it has.
    const names = model.actions.map((action) => action.name)
    const weights = Object.fromEntries(
      Object.entries(options.weights).filter(([action]) => names.includes(action)),
    )
    const hands = executor.hands(job, { ...options, weights }, { onProgress: tell, onWarning })
    present.set(name, hands)
    try {
      const parts = await hands.runs(Array.from({ length: slices }, (_, first) => ({ first, every: slices })))
      const seen = gathered(model, parts).filter((of) => of.length > 0)
      const small = await hands.small(seen)
      const traces: (Small | undefined)[] = model.properties.map(() => undefined)
      seen.forEach((of, i) => {
        traces[of[0]!.property] = small[i]!
      })
      return concluded(model, parts, traces)
    } finally {
      hands.end()
      present.delete(name)
    }
  }

  /** Nothing of a hunt that was stopped. */
  const ofJob = async (job: Job): Promise<HuntOutcome | undefined> => {
    if (isInterrupted) return undefined
    try {
      return await inOne(job)
    } catch (thrown) {
      if (thrown instanceof Left) return undefined
      throw thrown
    }
  }

  const all = async (): Promise<readonly (HuntOutcome | undefined)[]> => {
    if (executor.isShared) return Promise.all(jobs.map(ofJob))
    const outcomes: (HuntOutcome | undefined)[] = []
    for (const job of jobs) outcomes.push(await ofJob(job))
    return outcomes
  }

  return {
    outcomes: all(),
    interrupt() {
      isInterrupted = true
      for (const hands of present.values()) hands.stop(true)
    },
    abandon() {
      isInterrupted = true
      for (const hands of present.values()) hands.stop(false)
    },
  }
}

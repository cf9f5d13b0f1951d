/** The executor that everybody has: threads of this process. */
import type { Executor } from '../jobs/executor.ts'
import { huntThreads } from './hunt-threads.ts'
import { runSearches } from './search-pool.ts'

/** So many threads. */
export const threads = (workers: number): Executor => ({
  isShared: false,
  searches: (jobs, callbacks) => runSearches(jobs, { ...callbacks, workers }),
  hands: (job, options, callbacks) => huntThreads(workers, job, options, callbacks),
})

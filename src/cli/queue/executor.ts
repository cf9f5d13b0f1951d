/** The executor that puts jobs on a queue. */
import type { HuntOptions } from '../../hunt/hunter.ts'
import type { Callbacks, Executor, Hands, HandsCallbacks, Run } from '../jobs/executor.ts'
import type { Job } from '../jobs/search-job.ts'
import type { Cache } from '../saved/cache.ts'
import { handsOn } from './hunts.ts'
import { searchesOn } from './searches.ts'
import type { Sweep } from './sweep.ts'

/** Workers that take jobs from a queue. */
export class OnQueue implements Executor {
  readonly isShared = true
  readonly onInterrupt = 'Interrupted: the jobs stay on the queue, and this is what is known of them.'
  readonly #sweep: Sweep

  constructor(sweep: Sweep) {
    this.#sweep = sweep
  }

  searches(jobs: readonly Job[], callbacks: Callbacks): Run {
    return searchesOn(this.#sweep, jobs, callbacks)
  }

  hands(job: Job, options: HuntOptions, callbacks: HandsCallbacks): Hands {
    return handsOn(this.#sweep, job, options, callbacks)
  }

  /** A cache that also knows what sweeps of others have found. Without a cache, nothing is shared. */
  cached(local: Cache | undefined): Cache | undefined {
    return this.#sweep.cached(local)
  }
}

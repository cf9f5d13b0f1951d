/** What runs the jobs of a plan: the threads of this process, or a queue that several machines share. */
import type { RunProgress } from '../../report/terminal/progress.ts'
import type { Outcome } from '../../search/engine/outcome.ts'
import type { Job, OutcomeData } from './search-job.ts'

/** What running searches tell. */
export interface Told {
  readonly onProgress: (progress: RunProgress) => void
  /** Told of what went wrong and does not end a search. */
  readonly onWarning?: (text: string) => void
  /** Told of each outcome when it is there, by the number of the job. */
  readonly onOutcome?: (index: number, outcome: OutcomeData) => void
}

/** Searches that are running. */
export interface Run {
  /** In the order of the jobs, whoever ran them. Rejects with the `ModelFault` or `SearchDied` of the first job that has one. */
  readonly outcomes: Promise<readonly Outcome[]>
  /** What is said when somebody interrupts it; absent: that searches are asked to stop. */
  readonly onInterrupt?: string
  /** Asks every search to stop and say what it covered; no more are started. */
  interrupt(): void
  /** Stops waiting at once; what is known is what was last reported. */
  abandon(): void
}

/** What runs jobs. What comes of them does not depend on it. */
export interface Executor {
  /** Starts the searches. */
  searches(jobs: readonly Job[], told: Told): Run
}

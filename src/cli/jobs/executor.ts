/** What runs the jobs of a plan: the threads of this process, or a queue that several machines share. */
import type { HuntOptions, HuntPart, HuntSoFar, Sighting, Small } from '../../hunt/hunter.ts'
import type { QueueProgress, RunProgress } from '../../report/terminal/progress.ts'
import type { Outcome } from '../../search/engine/outcome.ts'
import type { Slice } from './hunt-job.ts'
import type { Job, OutcomeData } from './search-job.ts'

/** What running searches call. */
export interface Callbacks {
  readonly onProgress: (progress: RunProgress) => void
  /** With what went wrong and does not end a search. */
  readonly onWarning?: (text: string) => void
  /** With each outcome when it is there, by the number of the job. */
  readonly onOutcome?: (index: number, outcome: OutcomeData) => void
}

/** Searches that are running. */
export interface Run {
  /** In the order of the jobs, whoever ran them. Rejects with the `ModelFault` or `SearchDied` of the first job that has one. */
  readonly outcomes: Promise<readonly Outcome[]>
  /** Asks every search to stop and say what it covered; no more are started. */
  interrupt(): void
  /** Stops waiting at once; what is known is what was last reported. */
  abandon(): void
}

/** What does the pieces of a hunt in one model. */
export interface Hands {
  /** In the order of the slices. Rejects with the `ModelFault` or `SearchDied` of one that has it. */
  runs(slices: readonly Slice[]): Promise<readonly HuntPart[]>
  /** Small traces of the sightings of one property each. */
  small(sightings: readonly (readonly Sighting[])[]): Promise<readonly Small[]>
  /** How far what is running has come. */
  progress(): HuntProgress
  /** Asks to stop and say what was found; without `gently`, at once. */
  stop(gently: boolean): void
  /** There is no more to do. */
  end(): void
}

/** How far a hunt has come. */
export interface HuntProgress extends HuntSoFar {
  /** Of a hunt on a queue. */
  readonly queue?: QueueProgress
}

/** What a hunt on a queue comes to when its command does not wait for it any more. */
export class Left extends Error {}

/** What runs jobs. What comes of them does not depend on it. */
export interface Executor {
  /** Starts the searches. */
  searches(jobs: readonly Job[], callbacks: Callbacks): Run
  /** Whether hunts in several models go on at one time. */
  readonly isShared: boolean
  /** What is said when somebody interrupts it; absent: that searches are asked to stop. */
  readonly onInterrupt?: string
  /** Begins a hunt in the model of a job. */
  hands(job: Job, options: HuntOptions, callbacks: HandsCallbacks): Hands
}

/** What hands call. */
export interface HandsCallbacks {
  /** To be asked for the progress. */
  readonly onProgress: () => void
  readonly onWarning: (text: string) => void
}

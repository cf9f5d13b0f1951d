/** The live line of a running search. */
import type { Forecast } from '../../search/forecast.ts'
import { bytesText, compact, counted, durationText, grouped } from '../text/columns.ts'

/** How far all searches of a run have come, added up. */
export interface RunProgress {
  readonly searches: number
  readonly finished: number
  readonly distinct: number
  readonly frontier: number
  /** Levels; the largest of the running searches. */
  readonly depth: number
  readonly bytes: number
  readonly elapsedSeconds: number
  /** Of a run of a single search, where something can be said. */
  readonly forecast?: Forecast
  /** Of a run on a queue. */
  readonly queue?: QueueProgress
}

/** What is known of the jobs of a run on a queue. */
export interface QueueProgress {
  readonly running: number
  readonly waiting: number
  readonly failed: number
  /** Those that can take such jobs. */
  readonly workers: number
  /** As long as the rest takes if it is like what is done; absent while too little is. */
  readonly secondsLeft?: number
}

/** One line: states, rate, what is violated so far, frontier, depth, memory, and what all will come to. */
export const progressText = (progress: RunProgress, violated: readonly string[] = []): string => {
  const { searches, finished, distinct, frontier, depth, bytes, elapsedSeconds, forecast, queue } = progress
  const rate = elapsedSeconds > 0 ? Math.round(distinct / elapsedSeconds) : 0
  return [
    ...(searches > 1 ? [`${finished} of ${searches} searches`] : []),
    ...(queue ? queueTexts(queue) : []),
    `${grouped(distinct)} states`,
    `${grouped(rate)}/s`,
    // Before what may be cut off in a narrow terminal.
    ...(forecast ? [forecastText(forecast)] : []),
    ...(violated.length > 0 ? [`violated: ${violated.join(', ')}`] : []),
    `frontier ${grouped(frontier)}`,
    `depth ${depth}`,
    bytesText(bytes),
  ].join('  ')
}

/** What is said of a queue. */
export const queueTexts = ({
  running,
  waiting,
  failed,
  workers,
  secondsLeft,
}: QueueProgress): readonly string[] => [
  `${running} running, ${waiting} waiting, ${failed} failed`,
  counted(workers, 'worker'),
  ...(secondsLeft === undefined ? [] : [`about ${durationText(secondsLeft)} left`]),
]

const forecastText = ({ states, bytes, secondsLeft }: Forecast): string =>
  `about ${compact(states)} states, ${bytesText(bytes)}, ${durationText(secondsLeft)} left`

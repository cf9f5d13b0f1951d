/** The live line of a running search. */
import type { Forecast } from '../../search/forecast.ts'
import { bytesText, compact, durationText, grouped } from '../text/columns.ts'

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
}

/** One line: states, rate, frontier, depth, memory, and what all will come to. */
export const progressText = (progress: RunProgress): string => {
  const { searches, finished, distinct, frontier, depth, bytes, elapsedSeconds, forecast } = progress
  const rate = elapsedSeconds > 0 ? Math.round(distinct / elapsedSeconds) : 0
  return [
    ...(searches > 1 ? [`${finished} of ${searches} searches`] : []),
    `${grouped(distinct)} states`,
    `${grouped(rate)}/s`,
    // Before what may be cut off in a narrow terminal.
    ...(forecast ? [forecastText(forecast)] : []),
    `frontier ${grouped(frontier)}`,
    `depth ${depth}`,
    bytesText(bytes),
  ].join('  ')
}

const forecastText = ({ states, bytes, secondsLeft }: Forecast): string =>
  `about ${compact(states)} states, ${bytesText(bytes)}, ${durationText(secondsLeft)} left`

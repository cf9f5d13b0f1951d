/** The live line of a running search. */
import { bytesText, grouped } from './columns.ts'

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
}

/** One line: states, rate, frontier, depth, memory. */
export const progressText = (progress: RunProgress): string => {
  const { searches, finished, distinct, frontier, depth, bytes, elapsedSeconds } = progress
  const rate = elapsedSeconds > 0 ? Math.round(distinct / elapsedSeconds) : 0
  return [
    ...(searches > 1 ? [`${finished} of ${searches} searches`] : []),
    `${grouped(distinct)} states`,
    `${grouped(rate)}/s`,
    `frontier ${grouped(frontier)}`,
    `depth ${depth}`,
    bytesText(bytes),
  ].join('  ')
}

/** The interface of reporters: a file of one's own makes a report of a result, beside those that come along. */
import type { ResultJson } from './result-json.ts'

/** Something in a result that is not as expected. */
export type ResultFinding = ResultJson['findings'][number]

/** What is known beside the result. */
export interface ReporterContext {
  /** Columns of the terminal. */
  readonly columns: number
  /** The exit code of the run: 0 as expected, 1 not, 4 a search was cut. */
  readonly exitCode: number
}

/**
 * Makes a report of the result of `check`, `matrix` or `merge`. The text is printed, with whatever could move a cursor made
 * visible. The result has the fields that `clustercheck schema result` describes; within a version fields are added, never
 * changed.
 */
export type Reporter = (result: ResultJson, context: ReporterContext) => string | Promise<string>

/** The same reporter, with its type: `export default defineReporter((result) => ...)`. */
export const defineReporter = (reporter: Reporter): Reporter => reporter

/** What is kept of whole runs: the lines of `whole-runs.json`, which `npm run declare whole-runs` writes. */
import type { Verdict } from '../../src/search/suite.ts'

/** One line of the file: what a search of a scheme finds with one crash, one return and one lost synch message. */
export interface WholeRunsLine {
  readonly scheme: string
  /** By label. */
  readonly verdicts: Readonly<Record<string, Verdict>>
}

export interface WholeRunsFile {
  readonly $schema: string
  readonly lines: readonly WholeRunsLine[]
}

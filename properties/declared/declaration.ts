/** What is declared of one scheme. */
import type { Declared } from '../../src/search/suite.ts'

/** Declared of one scheme at one scope. */
export interface Declaration {
  /** Distinct states by name of focus. */
  readonly states: Readonly<Record<string, number>>
  /** Verdicts other than `holds`, and the numbers of measures, by label. */
  readonly verdicts: Readonly<Record<string, Declared>>
  /** Actions that none of its searches takes. */
  readonly idle?: readonly string[]
}

export type Declarations = Readonly<Record<string, Declaration>>

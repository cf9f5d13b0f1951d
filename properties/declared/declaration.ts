/** What is declared of one scheme. */
import type { Declared, Flip } from '../../src/search/suite.ts'

/** Declared of one scheme at one scope. */
export interface Declaration {
  /** Distinct states by name of focus. */
  readonly states: Readonly<Record<string, number>>
  /** Verdicts other than `holds`, and the numbers of measures, by label. */
  readonly verdicts: Readonly<Record<string, Declared>>
  /** Actions that none of its searches takes. */
  readonly idle?: readonly string[]
}

/** What was found of a scheme when the bounds of its searches were raised. */
export interface Kept {
  /** By how much at the most, and after how many states each search was cut. */
  readonly by: number
  readonly states: number
  readonly properties: Readonly<
    Record<string, { readonly held: number; readonly undecided: number; readonly flips: readonly Flip[] }>
  >
}

export type Declarations = Readonly<Record<string, Declaration>>

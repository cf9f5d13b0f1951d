/** What is declared of each scheme at each scope: states of each search, and verdicts. What is not named is declared to hold. */
import type { Declared, ScopeName } from '../../src/search/suite.ts'
import { atDefault } from './default.ts'
import { atLarge } from './large.ts'
import { atSmall } from './small.ts'

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

const DECLARATIONS: Readonly<Record<ScopeName, Declarations>> = {
  small: atSmall,
  default: atDefault,
  large: atLarge,
}

export const declarationsOf = (scope: ScopeName): Declarations => DECLARATIONS[scope]

/** What is declared of each scheme at each scope: states of each search, and verdicts. What is not named is declared to hold. */
import type { ScopeName } from '../../src/search/suite.ts'
import type { Declarations } from './declaration.ts'
import { atDefault } from './default.ts'
import { atLarge } from './large.ts'
import { atSmall } from './small.ts'

export type { Declaration, Declarations } from './declaration.ts'

const DECLARATIONS: Readonly<Record<ScopeName, Declarations>> = {
  small: atSmall,
  default: atDefault,
  large: atLarge,
  wide: {},
}

export const declarationsOf = (scope: ScopeName): Declarations => DECLARATIONS[scope]

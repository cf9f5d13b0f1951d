/** What is declared of each scheme at each scope: states of each search, and verdicts. What is not named is declared to hold. */
import type { Flip, ScopeName } from '../../src/search/suite.ts'
import type { Declarations } from './declaration.ts'
import { atDefault } from './default.ts'
import { atLarge } from './large.ts'
import { atSmall } from './small.ts'
import { STABILITY } from './stability.ts'

export type { Declaration, Declarations } from './declaration.ts'

const DECLARATIONS: Readonly<Record<ScopeName, Declarations>> = {
  small: atSmall,
  default: atDefault,
  large: atLarge,
  wide: {},
}

/** The bounds with which a verdict of the default scope does not hold any more, by label. */
export const flipsOf = (scheme: string, scope: ScopeName): Readonly<Record<string, readonly Flip[]>> =>
  scope === 'default'
    ? Object.fromEntries(
        Object.entries(STABILITY[scheme]?.properties ?? {}).flatMap(([label, { flips }]) =>
          flips.length > 0 ? [[label, flips]] : [],
        ),
      )
    : {}

export const declarationsOf = (scope: ScopeName): Declarations => DECLARATIONS[scope]

/** What is declared of each scheme at each scope: states of each search, and verdicts. What is not named is declared to hold. */
import type { Declared, Flip, ScopeName } from '../../src/search/suite.ts'
import { atDefault } from './default.ts'
import { atLarge } from './large.ts'
import { atSmall } from './small.ts'
import { STABILITY } from './stability.ts'

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
  wide: {},
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

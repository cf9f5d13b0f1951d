/** What is kept of raised bounds: the lines of `stability.json`, which `npm run declare stability` writes. */
import type { Flip } from '../../src/search/suite.ts'

/** One line of the file. */
export type StabilityLine = { readonly scheme: string } & (
  | {
      /** By how much its bounds were raised at the most, and after how many states each search was cut. */
      readonly by: number
      readonly states: number
    }
  | {
      /** In how many searches with a raised bound a property held, and how many were cut before that was known. */
      readonly property: string
      readonly held: number
      readonly undecided: number
    }
  | ({
      /** A search with a raised bound that violates it. */
      readonly property: string
    } & Flip)
)

export interface StabilityFile {
  readonly $schema: string
  readonly lines: readonly StabilityLine[]
}

/** The raised bounds that violate a property, by scheme and label. */
export const flipsIn = (
  lines: readonly StabilityLine[],
): Readonly<Record<string, Readonly<Record<string, readonly Flip[]>>>> => {
  const flips: Record<string, Record<string, Flip[]>> = {}
  for (const line of lines)
    if ('bound' in line) {
      const { scheme, property, ...flip } = line
      flips[scheme] ??= {}
      flips[scheme][property] = [...(flips[scheme][property] ?? []), flip]
    }
  return flips
}

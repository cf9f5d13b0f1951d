/** What `clustercheck stability` finds, as it is declared and as rows of its page. */
import type { StabilityLine } from '../../../properties/declared/stability.ts'
import type { Flip } from '../../search/stability.ts'
import { readJson } from '../files/json.ts'
import { replaceLines } from './files.ts'

interface Found {
  readonly by: number
  readonly states: number
  readonly schemes: readonly {
    readonly scheme: string
    readonly properties: readonly {
      readonly label: string
      readonly held: number
      readonly flips: readonly Flip[]
      readonly undecided: readonly object[]
    }[]
  }[]
}

const foundIn = (files: readonly string[]): readonly Found[] => files.map((file) => readJson(file) as Found)

/** A row for each scheme and for what falls together: with which bounds, in how many steps, and what was left open. */
export const stabilityTable = (files: readonly string[]): string =>
  foundIn(files)
    .flatMap(({ schemes, states }) =>
      schemes.flatMap(({ scheme, properties }) => {
        const rows = new Map<string, { readonly labels: string[]; held: number; undecided: number }>()
        for (const { label, flips, held, undecided } of properties) {
          const falls = flips
            .map(({ words, from, to, steps, search }) => `${words} ${from} to ${to}: ${steps} (${search})`)
            .join('; ')
          const row = rows.get(falls) ?? { labels: [], held: 0, undecided: 0 }
          row.labels.push(label)
          row.held += held
          row.undecided += undecided.length
          rows.set(falls, row)
        }
        return [...rows].map(
          ([falls, { labels, held, undecided }]) =>
            `| \`${scheme}\` | ${labels.join(', ')} | ${falls || 'none found'} | ${held} | ${undecided} | ${states} |\n`,
        )
      }),
    )
    .join('')

/** Writes results of `clustercheck stability --json`; what is kept of other schemes stays. */
export const declareStability = (files: readonly string[]): void => {
  const found = foundIn(files).flatMap(({ schemes, by, states }) =>
    schemes.flatMap(({ scheme, properties }): readonly StabilityLine[] => [
      { scheme, by, states },
      ...properties.flatMap(({ label: property, held, flips, undecided }) => [
        { scheme, property, held, undecided: undecided.length },
        ...flips.map((flip) => ({ scheme, property, ...flip })),
      ]),
    ]),
  )
  replaceLines('stability.json', found)
}

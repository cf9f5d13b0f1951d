/** What a report says of symmetry: the identities that were permuted, and why others were not. */
import type { Symmetry } from '../../symmetry/symmetry.ts'

/** One line on the permutations, and one for each family that was left out. */
export const symmetryLines = ({ families }: Symmetry): readonly string[] => {
  const permuted = families.filter(({ reason }) => reason === undefined)
  const lists = permuted.map(({ identities }) => listText(identities)).join(', ')
  const orders = permuted.map(({ identities }) => `${identities.length}!`).join(' * ')
  return [
    permuted.length > 0 ? `symmetry: ${lists} (${orders} permutations)` : 'symmetry: none',
    ...families.flatMap(({ identities, reason }) =>
      reason === undefined ? [] : [`not permuted: ${listText(identities)}. ${reason}`],
    ),
  ]
}

/** The names of a family: r1..r14, or a, b. */
const listText = (identities: readonly string[]): string => {
  const [, stem = '', from = ''] = /^(.*?)(\d+)$/.exec(identities[0] ?? '') ?? []
  const isRun = identities.every((name, i) => name === `${stem}${Number(from) + i}`)
  return isRun && identities.length > 2 ? `${identities[0]}..${identities.at(-1)}` : identities.join(', ')
}

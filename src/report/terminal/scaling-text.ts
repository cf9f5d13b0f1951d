/** How the numbers of a described cluster are searched, as a table. */
import type { Scaled } from '../../search/suite.ts'
import { folded, tabled, tabledWithin } from '../text/columns.ts'

/** Columns that a rule needs beside the others. */
const RULE = 24

/** The table; where it is too narrow for the rules, each stands below its row. Empty where nothing is scaled. */
export const scalingLines = (scaling: readonly Scaled[], columns: number): readonly string[] => {
  if (scaling.length === 0) return []
  const head = ['quantity', 'real', 'searched'] as const
  const rows = scaling.map(({ quantity, real, scaled }) => [quantity, real, scaled])
  const table = tabled([head, ...rows], '<<<')
  if (Math.max(...table.map((line) => line.length)) + 2 + RULE <= columns)
    return tabledWithin(
      [[...head, 'rule'], ...scaling.map(({ rule }, i) => [...rows[i]!, rule])],
      '<<<<',
      columns,
    )
  const [first, ...lines] = table
  return [
    first!,
    ...lines.flatMap((line, i) => [
      line,
      ...folded(`rule: ${scaling[i]!.rule}`, columns - 2, '  ').map((part) => `  ${part}`),
    ]),
  ]
}

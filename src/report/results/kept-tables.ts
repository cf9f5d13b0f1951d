/** Tables of what was computed of suites once and is kept: they stand beside the verdicts, and are no findings of the searches. */
import type { ComparedVerdict, Comparisons, Matrix } from '../../search/suite.ts'
import { AVAILABILITY_COLUMNS, AVAILABILITY_TITLE, availabilityRows } from './availability-columns.ts'

export interface KeptTable {
  readonly title: string
  readonly columns: readonly { readonly label: string; readonly sentence: string }[]
  readonly rows: readonly { readonly target: string; readonly cells: readonly string[] }[]
  /** Numbers stand below each other. */
  readonly ofNumbers: boolean
}

const COMPARED = 'Compared with a single gateway (RFC 6027 2, 4)'

/** What stands above the comparisons. */
export const comparisonsTitle = ({ anew }: Pick<Comparisons, 'anew'>): string =>
  `${COMPARED}, ${anew ? 'made anew' : 'kept from clustercheck matrix --transparency'}`

/** The cell of a property that was not compared, and of a suite of which nothing was. */
const NOTHING = '-'
const NOT_COMPARED = 'not compared'

/** What a cell says of a verdict. */
export const comparedText = (compared: ComparedVerdict | undefined): string =>
  compared === undefined
    ? NOTHING
    : `${compared.verdict}${compared.steps === undefined ? '' : ` ${compared.steps}`}`

/** What is kept of some targets; a table of which nothing is kept is left out. */
export const keptTables = (
  targets: readonly string[],
  { availability, comparisons }: Pick<Matrix, 'availability' | 'comparisons'>,
): readonly KeptTable[] =>
  [
    ...(comparisons ? [comparisonsTable(targets, comparisons)] : []),
    {
      title: AVAILABILITY_TITLE,
      columns: AVAILABILITY_COLUMNS.map(({ label, sentence }) => ({ label, sentence })),
      rows: availabilityRows(targets, availability),
      ofNumbers: true,
    },
  ].filter(({ rows }) => rows.length > 0)

const comparisonsTable = (targets: readonly string[], comparisons: Comparisons): KeptTable => {
  const { columns, found } = comparisons
  const isKept = targets.some((target) => Object.hasOwn(found, target))
  return {
    title: comparisonsTitle(comparisons),
    columns: columns.map(({ label, property }) => ({ label, sentence: property.sentence })),
    rows: !isKept
      ? []
      : targets.map((target) => {
          const own = Object.hasOwn(found, target) ? found[target] : undefined
          return {
            target,
            cells: columns.map(({ label }, i) =>
              own ? comparedText(own[label]) : i === 0 ? NOT_COMPARED : NOTHING,
            ),
          }
        }),
    ofNumbers: false,
  }
}

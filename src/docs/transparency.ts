/** Whether clusters can be told from a single gateway: the tables of their page, and the file of what was found. */
import { declarationsOf } from '../../properties/declared/index.ts'
import type { Found } from '../../properties/transparency/found.ts'
import { COMPARED, ESP, PACKETS, SHARING, STANDBY } from '../../properties/transparency/hot-standby.ts'
import { comparisons } from '../../properties/transparency/kept.ts'
import { FOUND as WHOLE_RUNS } from '../../properties/whole-runs/found.ts'
import type { ComparedVerdict } from '../search/suite.ts'
import { table } from './markdown.ts'

/** The file of what was found, as text. */
export const foundText = (all: Readonly<Record<string, Found>>): string =>
  [
    '/** What the comparisons find. Written by `npm run docs:generate -- --transparency`: read what it changes before you commit it. */',
    '',
    '/** Of a scheme, by search and label: a verdict, with the steps of a shortest trace. */',
    'export type Found = Readonly<Record<string, Readonly<Record<string, string>>>>',
    '',
    'export const FOUND: Readonly<Record<string, Found>> = {',
    ...Object.entries(all).flatMap(([name, found]) => [
      `  '${name}': {`,
      ...Object.entries(found).map(
        ([search, verdicts]) =>
          `    '${search}': { ${Object.entries(verdicts)
            .map(([label, verdict]) => `'${label}': '${verdict}'`)
            .join(', ')} },`,
      ),
      '  },',
    ]),
    '}',
    '',
  ].join('\n')

const linked = (name: string): string => `[${name}](../reference/schemes.md#${name})`

/** A verdict with the parts that it is of, and the steps of its shortest trace. */
const said = (compared: ComparedVerdict | undefined): string => {
  if (!compared) return 'not judged'
  const { verdict, steps, parts } = compared
  if (verdict === 'unknown') return `unknown (${parts.join(', ')})`
  return steps === undefined
    ? verdict
    : `${verdict} (${parts.join(', ')}; ${steps} ${steps === 1 ? 'step' : 'steps'})`
}

const RUNS = ['REC-2', 'LIV-2c', 'LIV-2p', 'SYN-2']
const OLD = [
  ['TRN-1c', 'TRN-C'],
  ['TRN-1p', 'TRN-P'],
] as const

/** The tables of the page. */
export const transparencyTables = (): readonly string[] => {
  const { columns, found } = comparisons()
  const declared = declarationsOf('default')
  /** A table of some schemes; columns that judge none of them are left out. */
  const compared = (names: readonly string[], runs: readonly string[] = []): readonly string[] => {
    const judging = columns.filter(({ label }) => names.some((name) => found[name]?.[label]))
    return table(
      ['scheme', ...judging.map(({ label }) => label.replace('/', ', ')), ...runs],
      names.map((name) => [
        linked(name),
        ...judging.map(({ label }) => said(found[name]?.[label])),
        ...runs.map((label) => WHOLE_RUNS[name]?.[label] ?? 'not judged'),
      ]),
    )
  }
  return [
    ...compared(STANDBY, RUNS),
    '',
    'Packets alone, of schemes that differ in them:',
    '',
    ...compared([...ESP, ...PACKETS]),
    '',
    'Load sharing, other failures, other peers, and members with addresses of their own:',
    '',
    ...compared(SHARING),
    '',
    'The anomalies beside the comparison, where either is violated:',
    '',
    ...table(
      ['scheme', 'TRN-1c', 'TRN-C', 'TRN-1p', 'TRN-P'],
      COMPARED.flatMap((name) => {
        const verdicts = declared[name]!.verdicts as Readonly<Record<string, unknown>>
        const cells = OLD.flatMap(([old, now]) => [
          String(verdicts[old] ?? 'holds'),
          said(found[name]?.[now]),
        ])
        return cells.some((cell) => cell.startsWith('violated')) ? [[linked(name), ...cells]] : []
      }),
    ),
  ]
}

/** Whether clusters can be told from a single gateway: the tables of the page. */
import { declaredWholeRuns } from '../../properties/declared/index.ts'
import { matrixOf } from '../../properties/matrix.ts'
import { COMPARED, ESP, PACKETS, SHARING, STANDBY } from '../../properties/transparency/hot-standby.ts'
import { comparisons } from '../../properties/transparency/kept.ts'
import { type ComparedVerdict, DEFAULT_SCOPE } from '../search/suite.ts'
import { table } from './markdown.ts'

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
  ['ANO-1', 'TRN-C'],
  ['LIV-1e', 'TRN-P'],
] as const

/** The tables of the page. */
export const transparencyTables = (): readonly string[] => {
  const { columns, found } = comparisons()
  const { suites } = matrixOf(DEFAULT_SCOPE)
  const wholeRuns = declaredWholeRuns()
  /** A table of some schemes; columns that judge none of them are left out. */
  const compared = (names: readonly string[], runs: readonly string[] = []): readonly string[] => {
    const judging = columns.filter(({ label }) => names.some((name) => found[name]?.[label]))
    return table(
      ['scheme', ...judging.map(({ label }) => label.replace('/', ', ')), ...runs],
      names.map((name) => [
        linked(name),
        ...judging.map(({ label }) => said(found[name]?.[label])),
        ...runs.map((label) => wholeRuns[name]?.[label] ?? 'not judged'),
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
      ['scheme', 'ANO-1 (TRN-1c)', 'TRN-C', 'LIV-1e (TRN-1p)', 'TRN-P'],
      COMPARED.flatMap((name) => {
        const { expects } = suites.find((suite) => suite.name === name)!
        const cells = OLD.flatMap(([old, now]) => [
          String(expects?.[old] ?? 'not judged'),
          said(found[name]?.[now]),
        ])
        return cells.some((cell) => cell.startsWith('violated')) ? [[linked(name), ...cells]] : []
      }),
    ),
  ]
}

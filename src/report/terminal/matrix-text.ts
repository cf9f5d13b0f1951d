/**
 * The matrix as text: a table for each group of columns with a line for each scheme, the comparison with the baseline,
 * then once what the columns and the cells say, what is not as declared, how much was searched, and the exit code.
 */
import type { Verdict } from '../../search/engine/outcome.ts'
import type { Matrix } from '../../search/suite.ts'
import { comparedWith, comparisonText } from '../results/baseline.ts'
import { DIFFERS, differencesOf, FALLS } from '../results/differences.ts'
import { type Finding, idleTexts, type Vacuity } from '../results/findings.ts'
import type { JudgedSuite } from '../results/judged-suite.ts'
import { type KeptTable, keptTables } from '../results/kept-tables.ts'
import { counted, folded, grouped, missText, secondsText, tabledWithin } from '../text/columns.ts'
import { type Columns, columnsOf, keptTable, tableOf } from './matrix-table.ts'

/** What is known beside the verdicts. */
export interface MatrixOptions extends Pick<Matrix, 'groups' | 'baseline' | 'availability' | 'comparisons'> {
  /** Width to fit, at least 40. */
  readonly columns: number
  /** Seconds of the whole run. */
  readonly seconds: number
  readonly vacuity: Vacuity
  /** What was found and is not what is kept. */
  readonly stale?: readonly Finding[]
  /** What stands in the last line. */
  readonly last: string
}

/** The line above the legend; what stands before it depends on nothing but verdicts, numbers and counts. */
export const LEGEND = 'Columns'

/** Writes tables, comparison, legend, differences and totals. Ends in a newline. */
export const matrixText = (suites: readonly JudgedSuite[], options: MatrixOptions): string => {
  const { columns, groups, baseline, last } = options
  const kept = keptTables(
    suites.map(({ target }) => target),
    options,
  )
  const groupings = columnsOf(suites, groups)
  const parts = [
    ...groupings.map((group) => tableOf(suites, group, columns)),
    ...kept.map((table) => keptTable(table, columns)),
    baseline ? comparisonText(comparedWith(suites, baseline), columns) : [],
    [LEGEND, ...legend(groupings, kept, columns)],
    folded(cellsText(suites), columns),
    differences(suites, options),
    totals(suites, options),
    folded(last, columns),
  ]
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

const differences = (
  suites: readonly JudgedSuite[],
  { columns, vacuity, stale = [] }: MatrixOptions,
): readonly string[] =>
  [
    ...stale.map(({ sentence }) => sentence),
    ...suites.flatMap((suite) => [...differencesOf(suite), ...idleTexts(suite, vacuity)]),
  ].flatMap((sentence) => folded(`${DIFFERS} ${sentence}`, columns, '  '))

const legend = (
  groupings: readonly Columns[],
  tables: readonly KeptTable[],
  columns: number,
): readonly string[] => {
  const rows = groupings
    .flatMap(({ properties }) => properties)
    .map(({ verdict: { label, name, property } }) => {
      const unit = property?.kind === 'measure' ? [`Unit: ${property.unit}.`] : []
      const source = property?.source === undefined ? [] : [`(${property.source})`]
      return [label, [property?.sentence ?? name, ...unit, ...source].join(' ')]
    })
  const kept = tables.flatMap((table) => table.columns.map(({ label, sentence }) => [label, sentence]))
  return tabledWithin([...rows, ...kept], '<<', columns)
}

const MEANINGS: Readonly<Record<Verdict, string>> = {
  holds: 'in every state, with the number of states searched',
  violated: 'with the steps of a shortest counterexample',
  reached: 'with the steps of a shortest witness',
  unreached: 'in no state, with the number of states searched',
  measured: 'a number: the largest reading',
  vacuous: 'the situation that it speaks of never arises',
  unknown: 'the search was cut',
}

/** What the cells say, for the verdicts that occur. */
const cellsText = (suites: readonly JudgedSuite[]): string => {
  const seen = suites.flatMap(({ properties }) => properties.map(({ verdict }) => verdict.verdict))
  const words = Object.entries(MEANINGS)
    .filter(([verdict]) => (seen as string[]).includes(verdict))
    .map(([verdict, meaning]) => (verdict === 'measured' ? meaning : `${verdict}: ${meaning}`))
  const falls = suites.some(({ properties }) => properties.some(({ flips }) => flips !== undefined))
  const star = falls
    ? [`holds${FALLS}: not with a bound of its scope raised by one or two, which explain names`]
    : []
  return `${[...words, ...star, '-: not judged'].join('; ')}.`
}

const totals = (suites: readonly JudgedSuite[], { columns, seconds }: MatrixOptions): readonly string[] => {
  // Suites may share searches.
  const searches = [...new Set(suites.flatMap(({ outcome }) => outcome.outcomes.map((o) => o.outcome)))]
  const sum = (of: (search: (typeof searches)[number]) => number): number =>
    searches.reduce((total, search) => total + of(search), 0)
  const exact = searches.every((s) => s.exact)
  const cut = searches.filter((s) => !s.complete).length
  const text = [
    `${counted(searches.length, 'search', 'searches')} of ${counted(suites.length, 'scheme')}:`,
    `${counted(
      sum((s) => s.distinct),
      'distinct state',
    )},`,
    `${grouped(sum((s) => s.generated))} generated, ${secondsText(seconds)} s;`,
    `${missText(
      exact,
      sum((s) => s.missProbability),
    )}.`,
    ...(cut > 0 ? [`${counted(cut, 'search was', 'searches were')} cut.`] : []),
  ]
  return folded(text.join(' '), columns)
}

/**
 * The matrix as text: a row for each scheme, a column for each property, in as many bands of columns as the
 * width asks for. A cell on one line reads `holds (12,345)`, with the states that were searched for it; where that
 * saves a band their number stands below.
 */
import type { Verdict } from '../search/outcome.ts'
import { counted, folded, grouped, missText, secondsText, tabledWithin } from './columns.ts'
import { differencesOf, STAR } from './differences.ts'
import type { JudgedProperty, JudgedSuite } from './judged.ts'

/** What is known beside the verdicts. */
export interface MatrixOptions {
  /** Width to fit, at least 40. */
  readonly columns: number
  /** Seconds of the whole run. */
  readonly seconds: number
}

const GAP = '  '

/** Writes table, differences, legend and totals. Ends in a newline. */
export const matrixText = (suites: readonly JudgedSuite[], options: MatrixOptions): string => {
  const parts = [
    matrixTable(suites, options.columns),
    differences(suites, options.columns),
    legend(suites, options.columns),
    totals(suites, options),
  ]
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

type Cell = readonly [verdict: string, states: string]
type Layout = (cell: Cell) => readonly string[]

const oneLine: Layout = ([verdict, states]) => [states === '' ? verdict : `${verdict} (${states})`]
const stacked: Layout = (cell) => cell

/** The table alone. */
export const matrixTable = (suites: readonly JudgedSuite[], columns: number): readonly string[] => {
  const labels = labelsOf(suites).map(({ verdict }) => verdict.label)
  const cells = suites.map((suite) =>
    labels.map((label) => cellOf(suite.properties.find((p) => p.verdict.label === label))),
  )
  const nameWidth = Math.max('scheme'.length, ...suites.map(({ target }) => target.length))
  const room = columns - nameWidth
  const plans = [oneLine, stacked].map((layout) => {
    const widths = labels.map((label, i) =>
      Math.max(label.length, ...cells.flatMap((row) => layout(row[i]!).map((line) => line.length))),
    )
    return { layout, widths, bands: bandsOf(widths, room) }
  })
  const { layout, widths, bands } = plans[1]!.bands.length < plans[0]!.bands.length ? plans[1]! : plans[0]!

  const line = (name: string, texts: readonly string[], band: readonly number[]): string =>
    [name.padEnd(nameWidth), ...texts.map((text, i) => text.padEnd(widths[band[i]!]!))].join(GAP).trimEnd()
  return bands.flatMap((band, b) => [
    ...(b === 0 ? [] : ['']),
    line(
      'scheme',
      band.map((i) => labels[i]!),
      band,
    ),
    ...suites.flatMap(({ target }, s) => {
      const rows = band.map((i) => layout(cells[s]![i]!))
      const height = Math.max(1, ...rows.map((lines) => lines.filter((text) => text !== '').length))
      return Array.from({ length: height }, (_, h) =>
        line(
          h === 0 ? target : '',
          rows.map((lines) => lines[h] ?? ''),
          band,
        ),
      )
    }),
  ])
}

/** Columns in bands that fit into `room`, as evenly filled as possible. */
const bandsOf = (widths: readonly number[], room: number): readonly (readonly number[])[] => {
  const total = widths.reduce((sum, width) => sum + width + GAP.length, 0)
  for (let count = Math.max(1, Math.ceil(total / Math.max(1, room))); count < widths.length; count++) {
    const size = Math.ceil(widths.length / count)
    const bands = Array.from({ length: count }, (_, b) =>
      widths.map((_, i) => i).slice(b * size, (b + 1) * size),
    ).filter((band) => band.length > 0)
    const fits = (band: readonly number[]) =>
      band.reduce((sum, i) => sum + widths[i]! + GAP.length, 0) <= room
    if (bands.every(fits)) return bands
  }
  return widths.map((_, i) => [i])
}

const cellOf = (property: JudgedProperty | undefined): Cell => {
  if (!property) return ['-', '']
  const { verdict, states } = property.verdict
  const star = property.asDeclared ? '' : STAR
  const steps = property.shown ? ` ${property.shown.trace.steps.length - 1}` : ''
  return [`${verdict}${star}${steps}`, grouped(states)]
}

/** The first property of each label, in order of appearance. */
const labelsOf = (suites: readonly JudgedSuite[]): readonly JudgedProperty[] => {
  const first = new Map<string, JudgedProperty>()
  for (const { properties } of suites)
    for (const property of properties)
      if (!first.has(property.verdict.label)) first.set(property.verdict.label, property)
  return [...first.values()]
}

const differences = (suites: readonly JudgedSuite[], columns: number): readonly string[] =>
  suites.flatMap(differencesOf).flatMap((sentence) => folded(`${STAR} ${sentence}`, columns, '  '))

const legend = (suites: readonly JudgedSuite[], columns: number): readonly string[] => {
  const rows = labelsOf(suites).map(({ verdict: { label, name, property } }) => {
    const sentence = property?.sentence ?? name
    return [label, property?.source === undefined ? sentence : `${sentence} (${property.source})`]
  })
  return [...tabledWithin(rows, '<<', columns), '', ...folded(cellsText(suites), columns)]
}

const MEANINGS: Readonly<Record<Verdict, string>> = {
  holds: 'in every state',
  violated: 'with the steps of a shortest counterexample',
  reached: 'with the steps of a shortest witness',
  unreached: 'in no state',
  measured: 'the largest reading',
  vacuous: 'the situation that it speaks of never arises',
  unknown: 'the search was cut',
}

/** What the cells say, for the verdicts that occur. */
const cellsText = (suites: readonly JudgedSuite[]): string => {
  const seen = suites.flatMap(({ properties }) => properties.map(({ verdict }) => verdict.verdict))
  const meanings = Object.entries(MEANINGS).filter(([verdict]) => (seen as string[]).includes(verdict))
  const words = meanings.map(([verdict, meaning]) => `${verdict}: ${meaning}`)
  return `${words.join('; ')}. The other number: distinct states that were searched for the verdict.`
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

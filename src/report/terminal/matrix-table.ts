/**
 * The tables of the matrix: one for each group of columns, with a line for each scheme that has a verdict in it. A
 * group that is wider than the terminal is told in several bands of columns.
 */
import type { Group } from '../../search/suite.ts'
import { DIFFERS, FALLS } from '../results/differences.ts'
import type { JudgedProperty, JudgedSuite } from '../results/judged-suite.ts'
import type { KeptTable } from '../results/kept-tables.ts'
import { compact, folded, numberText } from '../text/columns.ts'

const GAP = '  '

/** A group with the first property of each of its labels. */
export interface Columns {
  readonly title: string
  readonly properties: readonly JudgedProperty[]
}

/** The columns that some suite has a verdict for; labels that no group names make up a last group. */
export const columnsOf = (suites: readonly JudgedSuite[], groups: readonly Group[]): readonly Columns[] => {
  const first = new Map<string, JudgedProperty>()
  for (const property of suites.flatMap(({ properties }) => properties))
    if (!first.has(property.verdict.label)) first.set(property.verdict.label, property)
  const named = groups.flatMap(({ labels }) => labels)
  const others = [...first.keys()].filter((label) => !named.includes(label))
  return [...groups, { title: 'Other', labels: others }]
    .map(({ title, labels }) => ({ title, properties: labels.flatMap((label) => first.get(label) ?? []) }))
    .filter(({ properties }) => properties.length > 0)
}

/** The table of one group, titled. */
export const tableOf = (
  suites: readonly JudgedSuite[],
  { title, properties }: Columns,
  columns: number,
): readonly string[] => {
  const labels = properties.map(({ verdict }) => verdict.label)
  const rows = suites
    .map(({ target, properties: own }) => ({
      target,
      cells: labels.map((label) => cellOf(own.find(({ verdict }) => verdict.label === label))),
    }))
    .filter(({ cells }) => cells.some((cell) => cell !== NOTHING))
  const nameWidth = Math.max('scheme'.length, ...rows.map(({ target }) => target.length))
  const widths = labels.map((label, i) =>
    Math.max(label.length, ...rows.map(({ cells }) => cells[i]!.length)),
  )
  // Numbers stand below each other.
  const padded = (text: string, i: number): string =>
    properties[i]!.verdict.kind === 'measure' ? text.padStart(widths[i]!) : text.padEnd(widths[i]!)
  const line = (name: string, texts: readonly string[], band: readonly number[]): string =>
    [name.padEnd(nameWidth), ...band.map((i) => padded(texts[i]!, i))].join(GAP).trimEnd()
  return bandsOf(widths, columns - nameWidth).flatMap((band, b) => [
    ...(b === 0 ? folded(title, columns) : ['', ...folded(`${title}, continued`, columns)]),
    line('scheme', labels, band),
    ...rows.map(({ target, cells }) => line(target, cells, band)),
  ])
}

/** A table of what is kept. */
export const keptTable = (
  { title, columns: heads, rows, ofNumbers }: KeptTable,
  columns: number,
): readonly string[] => {
  const head = heads.map(({ label }) => label)
  const nameWidth = Math.max('scheme'.length, ...rows.map(({ target }) => target.length))
  const widths = head.map((label, i) => Math.max(label.length, ...rows.map(({ cells }) => cells[i]!.length)))
  const line = (name: string, texts: readonly string[], band: readonly number[]): string =>
    [
      name.padEnd(nameWidth),
      ...band.map((i) => (ofNumbers ? texts[i]!.padStart(widths[i]!) : texts[i]!.padEnd(widths[i]!))),
    ]
      .join(GAP)
      .trimEnd()
  return bandsOf(widths, columns - nameWidth).flatMap((band, b) => [
    ...(b === 0 ? folded(title, columns) : ['']),
    line('scheme', head, band),
    ...rows.map(({ target, cells }) => line(target, cells, band)),
  ])
}

/** Columns of these widths, two spaces apart, in bands that fit into `room`, as evenly filled as possible. */
export const bandsOf = (widths: readonly number[], room: number): readonly (readonly number[])[] => {
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

/** The cell of a scheme that is not judged by a property. */
const NOTHING = '-'

const cellOf = (property: JudgedProperty | undefined): string => {
  if (!property) return NOTHING
  const { verdict, states, value } = property.verdict
  const star = property.asDeclared ? '' : DIFFERS
  switch (verdict) {
    case 'measured':
      return `${numberText(value!)}${star}`
    case 'violated':
    case 'reached':
      return `${verdict}${star} ${property.shown!.trace.steps.length - 1}`
    case 'holds':
      return `${verdict}${property.flips ? FALLS : ''}${star} ${compact(states)}`
    case 'unreached':
      return `${verdict}${star} ${compact(states)}`
    default:
      return `${verdict}${star}`
  }
}

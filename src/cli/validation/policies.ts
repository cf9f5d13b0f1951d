/** The claims of an extension for each value of each of its parameters, as a table: a row for each value. */
import type { Used } from '../../../model/extending/used-extension.ts'
import { bandsOf } from '../../report/terminal/matrix-table.ts'
import { counted, folded, secondsText, tabled } from '../../report/text/columns.ts'
import type { ExtensionSource } from '../jobs/search-job.ts'
import { findingText } from './text.ts'
import type { ValidationVerdict } from './verdicts.ts'

/** The extensions as given, and with each other value of each parameter. */
export const variations = (
  sources: readonly ExtensionSource[],
  used: readonly Used[],
): readonly (readonly ExtensionSource[])[] => [
  sources,
  ...used.flatMap(({ extension, parameters }, i) =>
    Object.entries(extension.parameters).flatMap(([key, values]) =>
      values
        .filter((value) => value !== parameters[key])
        .map((value) =>
          sources.map((source, j) =>
            j === i ? { ...source, chosen: { ...source.chosen, [key]: String(value) } } : source,
          ),
        ),
    ),
  ),
]

const WORST = ['refuted', 'undecided', 'vacuous', 'confirmed'] as const

/** A table, in several below each other where it is too wide for one. */
const banded = (rows: readonly (readonly string[])[], columns: number): readonly string[] => {
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)))
  return bandsOf(widths.slice(1), columns - widths[0]!).flatMap((band, b) => [
    ...(b === 0 ? [] : ['']),
    ...tabled(
      rows.map((row) => [row[0]!, ...band.map((i) => row[i + 1]!)]),
      '<'.repeat(band.length + 1),
    ),
  ])
}

/** Writes the table; the first verdict is that of the values given. Ends in a newline. */
export const policyText = (
  verdicts: readonly ValidationVerdict[],
  {
    columns,
    seconds,
    searches,
  }: { readonly columns: number; readonly seconds: number; readonly searches: number },
): string => {
  const first = verdicts[0]!
  const labels = [...new Set(verdicts.flatMap(({ claims }) => claims.map(({ claim }) => claim.property)))]
  const cellOf = ({ claims }: ValidationVerdict, label: string): string => {
    const judged = claims.filter(({ claim }) => claim.property === label)
    // One label can have several claims: a cell says no more than the worst of them.
    const worst =
      WORST.map((status) => judged.find((claim) => claim.status === status)).find(Boolean) ?? judged[0]
    if (!worst) return '-'
    return worst.status === 'idle' ? 'idle' : findingText(worst.shown.found)
  }
  const nameOf = (verdict: ValidationVerdict): string =>
    verdict === first
      ? 'as given'
      : verdict.used
          .flatMap(({ parameters }, i) =>
            Object.entries(parameters)
              .filter(([key, value]) => first.used[i]!.parameters[key] !== value)
              .map(([key, value]) => `${key} ${value}`),
          )
          .join(', ')
  const rows = [
    ['policy', ...labels, 'new'],
    ...verdicts.map((verdict) => [
      nameOf(verdict),
      ...labels.map((label) => cellOf(verdict, label)),
      [...new Set(verdict.broken.map(({ label }) => label))].join(' ') || '-',
    ]),
  ]
  const { extension, parameters } = first.used[0]!
  const chosen = Object.entries(parameters).map(([key, value]) => `${key} ${value}`)
  return `${[
    ...folded(`${extension.name} (${extension.source}), as given: ${chosen.join(', ')}`, columns, '  '),
    '',
    ...banded(rows, columns),
    '',
    `${counted(searches, 'search', 'searches')}, ${secondsText(seconds)} seconds.`,
  ].join('\n')}\n`
}

/** The claims of an extension for each value of each of its parameters, as a table: a row for each value. */
import { counted, folded, secondsText, tabled } from '../../report/columns.ts'
import { findingText } from './text.ts'
import type { ValidationVerdict } from './verdicts.ts'

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
    const worst = judged.find(({ status }) => status === 'refuted') ?? judged[0]
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
    ...tabled(rows, '<'.repeat(labels.length + 2)),
    '',
    `${counted(searches, 'search', 'searches')}, ${secondsText(seconds)} seconds.`,
  ].join('\n')}\n`
}

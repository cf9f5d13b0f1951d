/** What `clustercheck stability` found, as text and as JSON. */
import { flipText, type Stability } from '../../search/stability.ts'
import { counted, folded, grouped, secondsText } from '../text/columns.ts'
import { about, count, DRAFT, flag, listOf, object, oneOf, text } from '../text/schema-parts.ts'

/** What is told. */
export interface StabilityReport {
  readonly schemes: readonly {
    readonly scheme: string
    readonly properties: readonly Stability[]
    readonly traces: Readonly<Record<string, readonly string[]>>
  }[]
  readonly scope: string
  readonly by: number
  readonly states: number
  readonly searches: number
  readonly seconds: number
  readonly interrupted: boolean
}

/** Writes a paragraph for each scheme. `traces`: with the steps of the first counterexample. Ends in a newline. */
export const stabilityText = (
  { schemes, by, states, searches, seconds, interrupted }: StabilityReport,
  { columns, traces }: { readonly columns: number; readonly traces: boolean },
): string => {
  const lines = schemes.flatMap(({ scheme, properties, traces: shown }) => [
    scheme,
    ...properties.flatMap((property) => [
      ...folded(`  ${property.label}  ${sumOf(property, states)}`, columns, '    '),
      ...property.flips.flatMap((flip) => folded(`    ${flipText(flip)}`, columns, '      ')),
      ...(traces
        ? (shown[property.label] ?? []).map((step, i) => `      ${String(i).padStart(2)}  ${step}`)
        : []),
    ]),
    '',
  ])
  const cut = interrupted ? ' Interrupted: what is not named was not tried.' : ''
  return `${[
    ...lines,
    ...folded(
      `Each bound raised alone, by one${by > 1 ? ` to ${by}` : ''}; ${counted(searches, 'search', 'searches')}, each cut after ${grouped(states)} states; ${secondsText(seconds)} s.${cut}`,
      columns,
    ),
  ].join('\n')}\n`
}

const sumOf = ({ flips, undecided, held }: Stability, states: number): string => {
  const parts = [
    flips.length > 0 ? `falls with ${counted(flips.length, 'bound')}` : '',
    held > 0 ? `holds in ${counted(held, 'raised search', 'raised searches')}` : '',
    undecided.length > 0
      ? `not decided within ${grouped(states)} states: ${undecided.map(({ search, bound, to }) => `${bound} ${to} in ${search}`).join(', ')}`
      : '',
  ].filter((part) => part !== '')
  return parts.join('; ') || 'no bound of its searches can be raised'
}

/** The same for programs. */
export const stabilityJson = (report: StabilityReport, clustercheck: string) => ({
  schemaVersion: 1,
  kind: 'stability',
  clustercheck,
  scope: report.scope,
  by: report.by,
  states: report.states,
  interrupted: report.interrupted,
  schemes: report.schemes.map(({ scheme, properties, traces }) => ({
    scheme,
    properties: properties.map(({ label, flips, undecided, held }) => ({
      label,
      held,
      flips,
      undecided,
      ...(traces[label] && { steps: traces[label] }),
    })),
  })),
  run: { searches: report.searches, seconds: Number(report.seconds.toFixed(3)) },
})

const RAISED = {
  search: text,
  bound: about('its path in the scope', text),
  words: text,
  from: count,
  to: count,
}

/** The JSON schema of it. */
export const STABILITY_SCHEMA = {
  ...DRAFT,
  title: 'What clustercheck stability --json prints',
  ...object({
    schemaVersion: oneOf(1),
    kind: oneOf('stability'),
    clustercheck: text,
    scope: oneOf('small', 'default', 'large'),
    by: count,
    states: about('after which a search is cut', count),
    interrupted: flag,
    schemes: listOf(
      object({
        scheme: text,
        properties: listOf(
          object(
            {
              label: text,
              held: about('raised searches in which it still holds', count),
              flips: listOf(object({ ...RAISED, steps: count })),
              undecided: listOf(object(RAISED)),
            },
            { steps: about('of the counterexample of the first flip, the initial one first', listOf(text)) },
          ),
        ),
      }),
    ),
    run: object({ searches: count, seconds: { type: 'number', minimum: 0 } }),
  }),
}

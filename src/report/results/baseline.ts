/** Whether schemes are as secure as a baseline, which for a cluster is the single gateway: RFC 6027 section 4. */
import type { Baseline } from '../../search/suite.ts'
import { counted, folded } from '../text/columns.ts'
import type { JudgedProperty, JudgedSuite } from './judged-suite.ts'

/** A property that a scheme violates and the baseline does not. */
export interface Loss {
  readonly label: string
  /** Of a shortest counterexample. */
  readonly steps: number
}

/** What a comparison with the baseline says; the baseline itself is in none of the lists. */
export interface Comparison {
  readonly baseline: string
  readonly lessSecure: readonly { readonly scheme: string; readonly violated: readonly Loss[] }[]
  /** Schemes that may turn out to be less secure, since a search was cut. */
  readonly undecided: readonly string[]
  /** Schemes that violate nothing more, but are not judged by all that the baseline is judged by. */
  readonly partlyJudged: readonly { readonly scheme: string; readonly unjudged: readonly string[] }[]
  readonly asSecure: readonly string[]
}

/** Compares every suite with the baseline. */
export const comparedWith = (suites: readonly JudgedSuite[], { suite, labels }: Baseline): Comparison => {
  const among = (judged: JudgedSuite | undefined): readonly JudgedProperty[] =>
    labels.flatMap((label) => judged?.properties.find(({ verdict }) => verdict.label === label) ?? [])
  const base = new Map(
    among(suites.find(({ target }) => target === suite)).map(({ verdict }) => [
      verdict.label,
      verdict.verdict,
    ]),
  )
  const rows = suites
    .filter(({ target }) => target !== suite)
    .map((judged) => {
      const worse = among(judged).filter(
        ({ verdict: { label, verdict } }) => verdict === 'violated' && base.get(label) !== 'violated',
      )
      const certain = worse.filter(({ verdict }) => base.get(verdict.label) !== 'unknown')
      return {
        scheme: judged.target,
        violated: certain.map(({ verdict, shown }) => ({
          label: verdict.label,
          steps: shown!.trace.steps.length - 1,
        })),
        unjudged: [...base.keys()].filter((label) => !among(judged).some((p) => p.verdict.label === label)),
        open: worse.length > 0 || among(judged).some(({ verdict }) => verdict.verdict === 'unknown'),
      }
    })
  const others = rows.filter(({ violated }) => violated.length === 0)
  return {
    baseline: suite,
    lessSecure: rows
      .filter(({ violated }) => violated.length > 0)
      .map(({ scheme, violated }) => ({ scheme, violated })),
    undecided: others.filter(({ open }) => open).map(({ scheme }) => scheme),
    partlyJudged: others
      .filter(({ open, unjudged }) => !open && unjudged.length > 0)
      .map(({ scheme, unjudged }) => ({ scheme, unjudged })),
    asSecure: others
      .filter(({ open, unjudged }) => !open && unjudged.length === 0)
      .map(({ scheme }) => scheme),
  }
}

/** The comparison as text; schemes that violate the same properties are told together. */
export const comparisonText = (comparison: Comparison, columns: number): readonly string[] => {
  const { baseline, lessSecure, undecided, partlyJudged, asSecure } = comparison
  const alike = new Map<string, (typeof lessSecure)[number][]>()
  for (const row of lessSecure) {
    const labels = row.violated.map(({ label }) => label).join(' ')
    alike.set(labels, [...(alike.get(labels) ?? []), row])
  }
  const listed = (what: string, schemes: readonly string[]): readonly string[] =>
    schemes.length === 0 ? [] : folded(`${what}: ${schemes.join(', ')}`, columns, '  ')
  return [
    ...folded('As secure as a single gateway? (RFC 6027 section 4)', columns),
    ...[...alike.values()].flatMap((rows) => [
      ...folded(rows.map(({ scheme }) => scheme).join(', '), columns),
      ...folded(`less secure than ${baseline}: ${lossesText(rows)}`, columns - 2, '  ').map(
        (line) => `  ${line.replaceAll(TOGETHER, ' ')}`,
      ),
    ]),
    ...listed('not decided', undecided),
    ...listed(
      `as secure as ${baseline} in what they are judged by, which is not all`,
      partlyJudged.map(({ scheme }) => scheme),
    ),
    ...listed(`as secure as ${baseline}`, asSecure),
  ]
}

/** A space at which no line is broken. */
const TOGETHER = '\u00a0'

/** `RPL-1 (7 steps), IV-1 (4 to 6 steps)`. */
const lossesText = (rows: Comparison['lessSecure']): string =>
  rows[0]!.violated
    .map(({ label }, i) => {
      const steps = rows.map(({ violated }) => violated[i]!.steps)
      const [least, most] = [Math.min(...steps), Math.max(...steps)]
      const text = `${label} (${least === most ? '' : `${least} to `}${counted(most, 'step')})`
      return text.replaceAll(' ', TOGETHER)
    })
    .join(', ')

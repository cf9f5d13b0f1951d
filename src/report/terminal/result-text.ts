/** A result as text for a terminal, made from its JSON alone: a line for each verdict, the findings and their traces. */
import { DIFFERS } from '../results/differences.ts'
import type { ResultJson, TargetJson } from '../results/result-json.ts'
import { counted, folded, grouped, secondsText, tabledWithin } from '../text/columns.ts'
import { moreTracesText } from './check-text.ts'
import { exitText } from './exit-text.ts'
import { traceLines, verdictPhrase } from './verdict-text.ts'

/** What is shown. */
export interface ResultTextOptions {
  /** Width to fit. */
  readonly columns: number
  /** The counterexample of the first finding that has one, or those of all. */
  readonly traces: 'first' | 'all'
  /** The exit code of the run, which the last line explains. */
  readonly code: number
}

/** What is not as expected, a line each, and the last line. Ends in a newline. */
export const quietText = (result: ResultJson, { columns, code }: ResultTextOptions): string =>
  `${[...findingLines(result, columns), ...folded(exitText(result, code), columns)].join('\n')}\n`

/** Writes the text. Ends in a newline. */
export const resultText = (result: ResultJson, options: ResultTextOptions): string => {
  const { targets } = result
  const { columns, code } = options
  const parts = [
    ...targets.map((target) => targetLines(target, columns)),
    findingLines(result, columns),
    ...tracesOf(result, options),
    [...folded(totalText(result), columns), ...folded(exitText(result, code), columns)],
  ]
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

const findingLines = ({ findings }: ResultJson, columns: number): readonly string[] =>
  findings.flatMap(({ level, sentence }) =>
    folded(`${DIFFERS} ${level === 'warning' ? 'warning: ' : ''}${sentence}`, columns, '  '),
  )

const targetLines = ({ name, scope, verdicts }: TargetJson, columns: number): readonly string[] => [
  scope === undefined ? name : `${name}, scope ${scope}`,
  ...(verdicts.length === 0 ? ['  no properties: only its states were counted'] : []),
  ...tabledWithin(
    verdicts.map((verdict) => [
      `  ${verdict.label}${verdict.asDeclared ? '' : DIFFERS}`,
      verdictPhrase(verdict).replaceAll(/\s+/g, ' '),
    ]),
    '<<',
    columns,
  ),
]

/** The counterexamples of the findings. */
const tracesOf = (
  { findings, targets }: ResultJson,
  { columns, traces }: ResultTextOptions,
): readonly (readonly string[])[] => {
  const found = findings.flatMap(({ target, label }) => {
    const verdict = targets.find(({ name }) => name === target)?.verdicts.find((one) => one.label === label)
    return verdict?.counterexample ? [{ target, verdict, trace: verdict.counterexample }] : []
  })
  const shown = traces === 'all' ? found : found.slice(0, 1)
  return [
    ...shown.map(({ target, verdict, trace }) => [
      ...folded(`${target} ${verdict.label}: ${verdict.sentence ?? verdict.property}`, columns, '  '),
      ...traceLines(trace, columns),
    ]),
    moreTracesText(
      found.slice(shown.length).map(({ verdict }) => verdict.label),
      columns,
    ),
  ]
}

const totalText = ({ targets, run }: ResultJson): string => {
  const verdicts = targets.reduce((sum, target) => sum + target.verdicts.length, 0)
  const states = targets.reduce((sum, { search }) => sum + search.distinct, 0)
  return `${counted(verdicts, 'verdict')} on ${counted(targets.length, 'target')}, ${grouped(states)} distinct states, ${secondsText(run.seconds)} s.`
}

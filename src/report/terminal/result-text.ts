/** A result as text for a terminal, made from its JSON alone: a line for each verdict, the findings and their traces. */
import { DIFFERS } from '../results/differences.ts'
import type { ResultJson, TargetJson } from '../results/result-json.ts'
import { counted, folded, grouped, secondsText, tabled } from '../text/columns.ts'
import { traceLines, verdictPhrase } from './verdict-text.ts'

/** Writes the text, for a width of so many columns. Ends in a newline. */
export const resultText = (result: ResultJson, columns: number): string => {
  const { targets, findings, outcome } = result
  const parts = [
    ...targets.map(targetLines),
    findings.flatMap(({ level, sentence }) =>
      folded(`${DIFFERS} ${level === 'warning' ? 'warning: ' : ''}${sentence}`, columns, '  '),
    ),
    ...tracesOf(result),
    folded(`${CONCLUSIONS[outcome]} ${totalText(result)}`, columns),
  ]
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

const CONCLUSIONS: Readonly<Record<ResultJson['outcome'], string>> = {
  expected: 'As expected:',
  unexpected: 'Not as expected:',
  cut: 'Not decided, since a search was cut:',
}

const targetLines = ({ name, scope, verdicts }: TargetJson): readonly string[] => [
  scope === undefined ? name : `${name}, scope ${scope}`,
  ...(verdicts.length === 0 ? ['  no properties: only its states were counted'] : []),
  ...tabled(
    verdicts.map((verdict) => [
      `  ${verdict.label}${verdict.asDeclared ? '' : DIFFERS}`,
      verdictPhrase(verdict).replaceAll(/\s+/g, ' '),
    ]),
    '<<',
  ),
]

/** The counterexamples of the findings. */
const tracesOf = ({ findings, targets }: ResultJson): readonly (readonly string[])[] =>
  findings.flatMap(({ target, label }) => {
    const verdict = targets.find(({ name }) => name === target)?.verdicts.find((one) => one.label === label)
    if (!verdict?.counterexample) return []
    return [
      [
        `${target} ${verdict.label}: ${verdict.sentence ?? verdict.property}`,
        ...traceLines(verdict.counterexample),
      ],
    ]
  })

const totalText = ({ targets, run }: ResultJson): string => {
  const verdicts = targets.reduce((sum, target) => sum + target.verdicts.length, 0)
  const states = targets.reduce((sum, { search }) => sum + search.distinct, 0)
  return `${counted(verdicts, 'verdict')} on ${counted(targets.length, 'target')}, ${grouped(states)} distinct states, ${secondsText(run.seconds)} s.`
}

/** The findings of a result as workflow commands of GitHub Actions, which it shows as annotations of the run. */
import type { Finding } from '../results/findings.ts'
import type { ResultJson } from '../results/result-json.ts'
import { verdictText } from '../terminal/verdict-text.ts'

/** GitHub shows ten errors and ten warnings of a step; the last one that is shown says how many there are. */
const SHOWN = 10

/** Writes a command for each finding, a line each. The empty text when there is none. */
export const githubText = (result: ResultJson): string =>
  (['error', 'warning'] as const)
    .flatMap((level) => {
      const found = result.findings.filter((finding) => finding.level === level)
      const shown = found.length > SHOWN ? found.slice(0, SHOWN - 1) : found
      const rest = found.length - shown.length
      return [
        ...shown.map((finding) => command(result, finding)),
        ...(rest > 0
          ? [`::${level} title=clustercheck::${dataText(`${rest} more findings; see the log`)}`]
          : []),
      ]
    })
    .map((line) => `${line}\n`)
    .join('')

const command = (result: ResultJson, finding: Finding): string => {
  const { level, target, label, sentence } = finding
  const title = [target, ...(label === undefined ? [] : [label])].join(' ')
  const file = fileOf(result, target)
  const verdict =
    label === undefined
      ? undefined
      : result.targets.find(({ name }) => name === target)?.verdicts.find((one) => one.label === label)
  const text = verdict ? `${sentence}\n${verdictText(verdict)}` : sentence
  const place = file === undefined ? '' : `file=${propertyText(file)},line=1,`
  return `::${level} ${place}title=${propertyText(title)}::${dataText(text)}`
}

/** The file that a finding is about: that of the model, or the one that says what is expected of the scheme. */
export const fileOf = ({ config, targets }: ResultJson, target: string): string | undefined =>
  targets.find(({ name }) => name === target)?.scope === undefined ? target : config

const dataText = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const propertyText = (text: string): string => dataText(text).replaceAll(':', '%3A').replaceAll(',', '%2C')

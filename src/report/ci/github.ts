/** The findings of a result as workflow commands of GitHub Actions, which it shows as annotations of the run. */
import type { Finding } from '../results/findings.ts'
import type { PlaceJson } from '../results/places.ts'
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
  const verdict =
    label === undefined
      ? undefined
      : result.targets.find(({ name }) => name === target)?.verdicts.find((one) => one.label === label)
  const text = verdict ? `${sentence}\n${verdictText(verdict)}` : sentence
  const { file, line } = placeOf(result, target, label)
  return `::${level} file=${propertyText(file)},line=${line},title=${propertyText(title)}::${dataText(text)}`
}

/**
 * Where a finding leads: to the property in the file of a model, or to what is expected of a scheme; where a saved result
 * says neither, to the first line of the file that it names.
 */
export const placeOf = ({ config, targets }: ResultJson, name: string, label?: string): PlaceJson => {
  const target = targets.find((one) => one.name === name)
  const verdict = label === undefined ? undefined : target?.verdicts.find((one) => one.label === label)
  const isFile = target?.scope === undefined
  return (
    (isFile ? verdict?.place : undefined) ??
    (isFile ? target?.place : undefined) ??
    verdict?.expectedAt ??
    target?.expectedAt ??
    target?.place ?? { file: isFile ? name : (config ?? name), line: 1 }
  )
}

const dataText = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const propertyText = (text: string): string => dataText(text).replaceAll(':', '%3A').replaceAll(',', '%2C')

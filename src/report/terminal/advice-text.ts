/** Advice as text. */
import type { AdviceJson, AdvisedJson } from '../results/advice.ts'
import { counted, folded } from '../text/columns.ts'

/** Shown at most. */
const MOST = 6

/** Writes advice. Ends in a newline. */
export const adviceText = (
  { advice, unrepaired, tried, searches, cut }: AdvisedJson,
  columns: number,
): string => {
  const shown = advice.slice(0, MOST)
  const how = `${counted(tried, 'set')} of changes judged by ${counted(searches, 'complete search', 'complete searches')}${cut ? '; the budget ended before all were tried (--advice-seconds, --advice-searches)' : ''}.`
  const lines = [
    shown.length === 0 ? 'No change of policies that was tried repairs anything.' : 'What would repair it',
    ...shown.flatMap((one) => [
      '',
      ...indented(changesText(one), columns),
      ...indented(effectText(one), columns, 4),
    ]),
    ...(advice.length > MOST ? ['', `  ${advice.length - MOST} more in the JSON.`] : []),
    '',
    ...(unrepaired.length > 0
      ? folded(`Not repaired by any of them: ${unrepaired.join(', ')}.`, columns)
      : []),
    ...folded(how, columns),
  ]
  return `${lines.join('\n')}\n`
}

const changesText = ({ changes }: AdviceJson): string =>
  changes.map(({ policy, from, to }) => `${policy}: ${from} -> ${to}`).join('; ')

const effectText = ({ repairs, breaks, vacuous, prices }: AdviceJson): string =>
  [
    `repairs ${repairs.join(', ') || 'nothing'}`,
    ...(breaks.length > 0 ? [`breaks ${breaks.join(', ')}`] : []),
    ...(vacuous.length > 0 ? [`no longer put to the test: ${vacuous.join(', ')}`] : []),
    ...prices.map(
      ({ label, unit, before, after }) => `${label} ${rounded(before)} -> ${rounded(after)} ${unit}`,
    ),
  ].join('; ')

const rounded = (value: number): string => String(Math.round(value * 1000) / 1000)

const indented = (text: string, columns: number, by = 2): readonly string[] =>
  folded(text, columns - by).map((line) => ' '.repeat(by) + line)

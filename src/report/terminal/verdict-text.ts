/** One verdict of a result in lines of text: what was found, what is required, why it is expected, and the trace. */
import type { TraceJson, VerdictJson } from '../results/result-json.ts'
import { counted, tabledNumbers } from '../text/columns.ts'
import { valueText } from '../trace/caption.ts'

/** The verdict in one phrase: `violated after 4 steps, as declared: known`. */
export const verdictPhrase = (verdict: VerdictJson): string => {
  const { declared, asDeclared, reason, kind } = verdict
  const trace = verdict.counterexample ?? verdict.witness
  const good =
    declared === undefined || declared === 'holds' || (declared === 'reached' && kind === 'sometimes')
  const expected = asDeclared
    ? good
      ? ''
      : ', as declared'
    : declared === undefined
      ? ''
      : `, declared ${declared}`
  const because = reason === undefined ? '' : `: ${reason}`
  return `${foundText(verdict, trace)}${expected}${because}`
}

/** The verdict with everything that is known about it, in lines; with what each step changed, where that is asked for. */
export const verdictText = (verdict: VerdictJson, { changes = false } = {}): string => {
  const { label, property, sentence, source, counterexample } = verdict
  return [
    `${label === property ? label : `${label} ${property}`}: ${verdictPhrase(verdict)}`,
    ...(sentence === undefined ? [] : [source === undefined ? sentence : `${sentence} (${source})`]),
    ...(counterexample ? (changes ? changedLines(counterexample) : traceLines(counterexample)) : []),
  ].join('\n')
}

/** The steps of a trace with their numbers in lines of so many columns, and how to see it again. */
export const traceLines = ({ initial, steps, token }: TraceJson, columns = Infinity): readonly string[] => {
  const width = String(steps.length).length
  return [
    ...tabledNumbers(
      [initial, ...steps].map((step, i) => [`${String(i).padStart(width)}  ${step}`]),
      '<',
      columns,
    ),
    `clustercheck replay ${token}`,
  ]
}

/** The same with what each step changed below it. */
const changedLines = ({ changes = [], ...trace }: TraceJson): readonly string[] => {
  const margin = ' '.repeat(String(trace.steps.length).length + 4)
  return traceLines(trace).flatMap((line, i) => [
    line,
    ...(changes[i] ?? []).map((change) => margin + change),
  ])
}

const foundText = ({ verdict, value, unit, states }: VerdictJson, trace: TraceJson | undefined): string => {
  const steps =
    trace && (trace.length === 0 ? ' in the initial state' : ` after ${counted(trace.length, 'step')}`)
  const read = value === undefined ? '' : valueText(value, unit)
  switch (verdict) {
    case 'measured':
      return `measured ${read}${steps ?? ''}`
    case 'unknown':
      return `unknown in ${counted(states, 'state')}${read === '' ? '' : `, at least ${read}`}`
    case 'violated':
    case 'reached':
      return `${verdict}${steps ?? ''}`
    default:
      return `${verdict} in ${counted(states, 'state')}`
  }
}

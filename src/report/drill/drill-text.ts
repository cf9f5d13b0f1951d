/** Drills as text for a terminal: what was done, what came of it, and why the verdict is what it is. */
import { printable } from '../../modelling/printable.ts'
import { counted, folded, tabledWithin } from '../text/columns.ts'
import { type Drilled, type Repeated, verdictOf } from './drilled.ts'

/** Everything of one drill. */
export const drillText = (drilled: Drilled, columns: number): string => {
  const { caption, sentence, driven, judgement, captures, seconds } = drilled
  const lines = [
    ...folded(sentence, columns, '  '),
    '',
    `${printable(caption.scheme)}, ${caption.label}: ${judgement.verdict}`,
    ...sentences(judgement.because, columns),
    ...(driven ? ['', ...runLines(drilled, columns)] : []),
    ...(Object.keys(captures).length === 0 ? [] : ['', 'Captures']),
    ...Object.values(captures).map((path) => `  ${printable(path)}`),
    '',
    `${seconds.toFixed(1)} s`,
  ]
  return `${lines.join('\n')}\n`
}

const sentences = (texts: readonly string[], columns: number): readonly string[] =>
  texts.flatMap((text) => folded(printable(text), columns - 2, '  ').map((line) => `  ${line}`))

/** A text in lines that begin behind the first words. */
const behind = (first: string, text: string, columns: number): readonly string[] =>
  folded(text, columns - first.length).map((line, i) => (i === 0 ? first : ' '.repeat(first.length)) + line)

const runLines = ({ driven }: Drilled, columns: number): readonly string[] => {
  const { gateways, done, notes, probes } = driven!
  return [
    `Driven: ${printable(gateways)}`,
    ...done.flatMap(({ step, text, at, outcome, note }) =>
      behind(
        `${at.toFixed(2).padStart(7)} s  ${outcome === 'done' ? ' ' : '>'} ${String(step).padStart(2)}  ${text.slice(0, 9)}`,
        `${text.slice(9)}${note === undefined ? '' : ` (${printable(note)})`}`,
        columns,
      ),
    ),
    ...probes.map(
      ({ side, messageId, requests, answered }) =>
        `  then ${side === 'peer' ? 'the peer' : 'the cluster'} was asked once more: ${messageId === undefined ? 'no request on the IKE SA' : `request ${messageId}, ${counted(requests, 'time')}, ${answered ? 'answered' : 'not answered'}`}`,
    ),
    ...(notes.length === 0 ? [] : ['Done in another way', ...sentences(notes, columns)]),
  ]
}

/** A table of many drills, a row for each counterexample. */
export const drillsText = (all: readonly Repeated[], columns: number): string => {
  const rows = all.map((repeated) => {
    const { run, verdict, count, steady } = verdictOf(repeated)
    const { runs } = repeated
    const times = runs.map(({ seconds }) => seconds)
    return [
      printable(run.caption.scheme),
      run.caption.label,
      steady ? verdict : `${verdict} (${count} of ${runs.length})`,
      run.driven ? `${(times.reduce((a, b) => a + b, 0) / times.length).toFixed(1)} s` : '',
      printable(run.judgement.because[0] ?? ''),
    ]
  })
  const counts = new Map<string, number>()
  for (const repeated of all) {
    const { verdict, steady } = verdictOf(repeated)
    const word = steady ? verdict : 'flaky'
    counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  const head = ['scheme', 'property', 'verdict', 'time', 'why']
  return `${tabledWithin([head, ...rows], '<<<><', columns).join('\n')}

${counted(all.length, 'counterexample')}: ${[...counts].map(([word, count]) => `${count} ${word}`).join(', ')}
`
}

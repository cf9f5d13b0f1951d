/** The results for several values of parameters as a table: a row for each model, a column for each property. */
import type { ResultJson } from '../results/result-json.ts'
import { grouped, secondsText, tabled } from '../text/columns.ts'

/** Writes the table. Ends in a newline. */
export const sweepText = ({ targets }: ResultJson): string => {
  const settings = targets.map(
    ({ name }) =>
      new Map(
        name
          .slice(name.indexOf('?') + 1)
          .split('&')
          .map(pairOf),
      ),
  )
  const set = [...settings[0]!.keys()]
  const labels = [...new Set(targets.flatMap(({ verdicts }) => verdicts.map(({ label }) => label)))]
  const head = [...set, ...labels, 'distinct', 'generated', 'depth', 'seconds']
  const rows = targets.map(({ verdicts, search, searches }, i) => [
    ...set.map((name) => settings[i]!.get(name) ?? ''),
    ...labels.map((label) => {
      const verdict = verdicts.find((one) => one.label === label)
      if (!verdict) return ''
      const steps = (verdict.counterexample ?? verdict.witness)?.length
      const read = verdict.value === undefined ? verdict.verdict : String(verdict.value)
      return steps === undefined ? read : `${read} (${steps})`
    }),
    `${grouped(search.distinct)}${search.complete ? '' : '+'}`,
    grouped(search.generated),
    String(search.depth),
    secondsText(searches.reduce((sum, { elapsedSeconds }) => sum + elapsedSeconds, 0)),
  ])
  const notes = [
    ...(rows.some((row) => row.some((cell) => cell.includes('(')))
      ? ['In brackets: steps of the trace.']
      : []),
    ...(targets.some(({ search }) => !search.complete) ? ['+ the search was cut'] : []),
  ]
  return `${[...tabled([head, ...rows], `${'<'.repeat(set.length + labels.length)}>>>>`), ...(notes.length > 0 ? ['', ...notes] : [])].join('\n')}\n`
}

const pairOf = (text: string): readonly [string, string] => {
  const [name = '', ...value] = text.split('=')
  return [name, value.join('=')]
}

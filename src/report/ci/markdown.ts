/** A result as Markdown, for the summary of a job or a comment: the conclusion, the findings, and tables of all verdicts. */
import type { Finding } from '../results/findings.ts'
import { comparedText, comparisonsTitle } from '../results/kept-tables.ts'
import type { ResultJson, TargetJson, VerdictJson } from '../results/result-json.ts'
import { traceLines, verdictPhrase } from '../terminal/verdict-text.ts'
import { compact, counted, grouped, numberText, secondsText } from '../text/columns.ts'

/** A summary of a job may have a mebibyte; what is longer than this is not told in full. */
const TRACES = 20
const LETTERS = 500

/** Writes Markdown. */
export const markdownText = (result: ResultJson): string => {
  const { targets, findings, run } = result
  const states = targets.reduce((sum, { search }) => sum + search.distinct, 0)
  const cached = run.cached === 0 ? '' : `, ${run.cached} of them from the cache`
  const parts = [
    `# clustercheck: ${CONCLUSIONS[result.outcome]}`,
    `${counted(targets.length, 'target')}, ${counted(run.searches, 'search', 'searches')}${cached}, ${grouped(states)} states, ${secondsText(run.seconds)} s; clustercheck ${result.clustercheck}.`,
    findings.map((finding) => `- ${SIGNS[finding.level]} ${escaped(finding.sentence)}`).join('\n'),
    ...tracesOf(result),
    ...(result.groups ? [...matrixTables(result), ...comparedTable(result)] : targets.map(targetTable)),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

const CONCLUSIONS: Readonly<Record<ResultJson['outcome'], string>> = {
  expected: 'as expected',
  unexpected: 'not as expected',
  cut: 'not decided, since a search was cut',
}

const SIGNS: Readonly<Record<Finding['level'], string>> = { error: '**error**', warning: 'warning' }

/** The counterexamples of what is not as expected. */
const tracesOf = ({ findings, targets }: ResultJson): readonly string[] => {
  const shown = findings.flatMap(({ target, label }) => {
    const verdict = targets.find(({ name }) => name === target)?.verdicts.find((one) => one.label === label)
    return verdict?.counterexample ? [{ target, verdict, trace: verdict.counterexample }] : []
  })
  return shown.slice(0, TRACES).map(({ target, verdict, trace }) => {
    const head = `${escaped(target)} ${escaped(verdict.label)}: ${escaped(verdict.sentence ?? verdict.property)}`
    return details(
      head,
      fenced(
        traceLines(trace)
          .map((line) => clipped(line))
          .join('\n'),
      ),
    )
  })
}

const targetTable = ({ name, scope, verdicts, search }: TargetJson): string =>
  [
    `## ${escaped(name)}${scope === undefined ? '' : `, scope ${scope}`}`,
    '',
    row(['property', 'verdict', 'what it says']),
    row(['---', '---', '---']),
    ...verdicts.map((verdict) =>
      row([
        escaped(verdict.label),
        `${verdict.asDeclared ? '' : '**'}${escaped(verdictPhrase(verdict))}${verdict.asDeclared ? '' : '**'}`,
        escaped(
          [verdict.sentence ?? verdict.property, ...(verdict.source ? [`(${verdict.source})`] : [])].join(
            ' ',
          ),
        ),
      ]),
    ),
    '',
    `${grouped(search.distinct)} distinct states, ${search.complete ? 'complete' : 'cut'}.`,
  ].join('\n')

/** A table for each group of columns that some scheme is judged by, folded away. */
const matrixTables = ({ groups = [], targets }: ResultJson): readonly string[] => {
  const named = new Set(groups.flatMap(({ labels }) => labels))
  const others = [
    ...new Set(
      targets.flatMap(({ verdicts }) => verdicts.map(({ label }) => label)).filter((l) => !named.has(l)),
    ),
  ]
  return [...groups, { title: 'Other', labels: others }].flatMap(({ title, labels }) => {
    const rows = targets
      .map(({ name, verdicts }) => ({
        name,
        cells: labels.map((label) => cellOf(verdicts.find((verdict) => verdict.label === label))),
      }))
      .filter(({ cells }) => cells.some((cell) => cell !== NOTHING))
    const used = labels.map((_, i) => rows.some(({ cells }) => cells[i] !== NOTHING))
    const kept = (cells: readonly string[]): readonly string[] => cells.filter((_, i) => used[i])
    if (rows.length === 0) return []
    return [
      details(
        escaped(title),
        [
          row(['scheme', ...kept(labels).map(escaped)]),
          row(['---', ...kept(labels).map(() => '---')]),
          ...rows.map(({ name, cells }) => row([escaped(name), ...kept(cells)])),
        ].join('\n'),
      ),
    ]
  })
}

/** What comparisons with a single gateway found: beside the verdicts of this run. */
const comparedTable = ({ targets, comparedAnew }: ResultJson): readonly string[] => {
  const labels = [...new Set(targets.flatMap(({ compared = {} }) => Object.keys(compared)))]
  if (labels.length === 0) return []
  return [
    details(
      escaped(comparisonsTitle(comparedAnew ? { anew: true } : {})),
      [
        row(['scheme', ...labels.map(escaped)]),
        row(['---', ...labels.map(() => '---')]),
        ...targets.map(({ name, compared }) =>
          row([
            escaped(name),
            ...labels.map((label, i) =>
              compared || i > 0 ? comparedText(compared?.[label]) : 'not compared',
            ),
          ]),
        ),
      ].join('\n'),
    ),
  ]
}

const NOTHING = '-'

const cellOf = (verdict: VerdictJson | undefined): string => {
  if (!verdict) return NOTHING
  const { counterexample, witness, value, states } = verdict
  const cell = {
    violated: `violated ${counterexample?.length ?? ''}`,
    reached: `reached ${witness?.length ?? ''}`,
    holds: `holds ${compact(states)}`,
    unreached: `unreached ${compact(states)}`,
    measured: numberText(value ?? 0),
    vacuous: 'vacuous',
    unknown: 'unknown',
  }[verdict.verdict].trim()
  return verdict.asDeclared ? cell : `**${cell}**`
}

const details = (summary: string, body: string): string =>
  `<details>\n<summary>${summary}</summary>\n\n${body}\n\n</details>`

/** A block of code, fenced by more backticks than it holds in a row. */
const fenced = (text: string): string => {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}text\n${text}\n${fence}`
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

const clipped = (text: string): string =>
  text.length <= LETTERS ? text : `${text.slice(0, LETTERS)}... (${grouped(text.length)} letters)`

/** Text that stays what it is in a table, a list or a heading: one line, and no sign that Markdown or HTML reads. */
const escaped = (text: string): string =>
  clipped(text)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
    .replaceAll(/[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g, ' ')
    .replaceAll(/[&<>|\\`*_~#[\]!@]/g, (sign) => `&#${sign.charCodeAt(0)};`)

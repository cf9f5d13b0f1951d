/** The result of `check` as text: verdicts, what was searched, what each action did, and the traces. */
import type { Cut } from '../../search/engine/outcome.ts'
import { coverageIn, type SuiteVerdict } from '../../search/suite.ts'
import { MOST_IMAGES } from '../../symmetry/identities/plan.ts'
import { DIFFERS, declaredDifferencesOf, FALLS } from '../results/differences.ts'
import { idleTexts, type Vacuity } from '../results/findings.ts'
import { goodVerdict, type JudgedProperty, type JudgedSuite } from '../results/judged-suite.ts'
import {
  compact,
  counted,
  folded,
  grouped,
  missText,
  secondsText,
  tabledNumbers,
  tabledRows,
} from '../text/columns.ts'
import { valueText } from '../trace/caption.ts'
import { traceText } from '../trace-formats/trace-text.ts'
import { bitstateSentences, isBitstate } from './bitstate-text.ts'
import { profileTexts } from './profile-text.ts'
import { scalingLines } from './scaling-text.ts'
import { symmetryLines } from './symmetry-text.ts'

/** What is shown. */
export interface CheckOptions {
  /** Width to fit. */
  readonly columns: number
  /**
   * `first`: that of the first violation; `all`: that of each, and those of what is reached or measured.
   */
  readonly traces: 'first' | 'all'
  readonly vacuity: Vacuity
  /** What stands in the last line; absent where more is to follow. */
  readonly last?: string
}

/** Writes the result of `check`. Ends in a newline. */
export const checkText = (suite: JudgedSuite, options: CheckOptions): string => {
  const { columns, vacuity, last } = options
  const { about } = suite.outcome.suite
  const title = about === suite.target ? about : `${suite.target}: ${about}`
  const parts = [
    folded(title, columns),
    scalingLines(suite.outcome.suite.scaling ?? [], columns),
    verdicts(suite, columns),
    [...declaredDifferencesOf(suite), ...idleTexts(suite, vacuity)].flatMap((sentence) =>
      folded(`${DIFFERS} ${sentence}`, columns, '  '),
    ),
    searches(suite, columns),
    remarks(suite, columns),
    permuted(suite, columns),
    actions(suite, columns),
    ...tracesOf(suite, options),
    ...suite.outcome.outcomes.flatMap(({ focus, outcome: { profile } }) =>
      profile ? profileTexts(focus.name, profile, columns) : [],
    ),
    ...(last === undefined ? [] : [folded(last, columns)]),
  ]
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

/** The traces that are shown, and how to see those that are not. */
const tracesOf = (
  { properties }: JudgedSuite,
  { columns, traces }: CheckOptions,
): readonly (readonly string[])[] => {
  const violated = properties.filter(({ verdict }) => verdict.verdict === 'violated')
  const shown = traces === 'all' ? properties : violated.slice(0, 1)
  return [
    ...shown.flatMap(({ shown }) =>
      shown ? [[traceText(shown.trace, shown.caption, { columns }).trimEnd()]] : [],
    ),
    moreTracesText(
      violated.filter((one) => !shown.includes(one)).map(({ verdict }) => verdict.label),
      columns,
    ),
  ]
}

/** How to see the counterexamples of these labels; nothing where there are none. */
export const moreTracesText = (labels: readonly string[], columns: number): readonly string[] => {
  const [first] = labels
  if (first === undefined) return []
  return folded(
    `${counted(labels.length, 'more counterexample')}: ${labels.join(', ')}. ${labels.length === 1 ? '--trace prints it as well' : `--trace prints all, --only ${first} that of one`}.`,
    columns,
  )
}

const verdicts = ({ properties, outcome }: JudgedSuite, columns: number): readonly string[] => {
  if (properties.length === 0) return ['The model has no properties: only its states were counted.']
  const rows = tabledRows(
    properties.map((p) => [verdictOf(p), p.verdict.label, supportOf(p, isBitstate(outcome))]),
    '<<<',
    columns,
  )
  const margin = ' '.repeat(Math.max(...properties.map((p) => verdictOf(p).length)) + 2)
  return [
    ...properties.flatMap(({ verdict: { property, name, label } }, i) => {
      const sentence = property?.sentence ?? (name === label ? undefined : name)
      const source = property?.source === undefined ? '' : ` (${property.source})`
      if (sentence === undefined) return rows[i]!
      return [...rows[i]!, ...folded(sentence + source, columns - margin.length).map((line) => margin + line)]
    }),
  ]
}

const verdictOf = ({ verdict, declared, asDeclared, flips }: JudgedProperty): string =>
  `${verdict.verdict}${flips ? FALLS : ''}${declared === undefined || asDeclared ? '' : DIFFERS}`

const supportOf = (property: JudgedProperty, bitstate: boolean): string => {
  const { waived, reason, verdict } = property
  const support = ownSupportOf(property, bitstate)
  return waived && verdict.verdict !== goodVerdict(verdict.kind) ? `${support}; waived: ${reason}` : support
}

const ownSupportOf = (
  { verdict, declared, asDeclared, shown }: JudgedProperty,
  bitstate: boolean,
): string => {
  const { value, property } = verdict
  const steps = shown && counted(shown.trace.steps.length - 1, 'step')
  if (value !== undefined && property?.kind === 'measure') {
    const read = valueText(value, property.unit)
    if (verdict.verdict === 'unknown') return `at least ${read}, in ${counted(verdict.states, 'state')}`
    return `${read} after ${steps}${asDeclared && declared !== undefined ? ', as declared' : ''}`
  }
  const support =
    shown && (verdict.verdict === 'violated' || verdict.verdict === 'reached')
      ? bitstate
        ? `a path of ${steps}, not necessarily a shortest one`
        : `after ${steps}${verdict.missing === undefined ? '' : `; it holds if ${verdict.missing}`}`
      : `${counted(verdict.states, 'state')}${comparedText(verdict)}`
  if (verdict.verdict === 'vacuous' && verdict.kind === 'measure') return `no reading in ${support}`
  if (verdict.verdict === 'vacuous' && verdict.kind === 'refines') return `${support}; nothing is ever seen`
  if (verdict.verdict === 'vacuous') return `${support}; the situation that it speaks of never arises`
  if (verdict.verdict === 'unknown') return `not decided in ${support}`
  const expected = declared === undefined || declared === goodVerdict(verdict.kind)
  return expected || !asDeclared ? support : `${support}, as declared`
}

/** What else supports a comparison with a specification. */
const comparedText = ({ compared, property }: SuiteVerdict): string =>
  compared && property?.kind === 'refines'
    ? `, ${grouped(compared.specification)} of ${property.specification.name}, ${counted(compared.pairs, 'pair')}${compared.cut ? `; cut by ${compared.cut}` : ''}`
    : ''

const searches = ({ outcome: { outcomes } }: JudgedSuite, columns: number): readonly string[] => {
  const head = ['search', 'distinct', 'generated', 'depth', 'no successor', 'seconds']
  const cells = (name: string, list: readonly (typeof outcomes)[number]['outcome'][]): readonly string[] => {
    const sum = (of: (o: (typeof list)[number]) => number) => list.reduce((total, o) => total + of(o), 0)
    return [
      name,
      grouped(sum((o) => o.distinct)),
      grouped(sum((o) => o.generated)),
      String(Math.max(0, ...list.map((o) => o.depth))),
      grouped(sum((o) => o.stuck)),
      secondsText(sum((o) => o.elapsedSeconds)),
    ]
  }
  const rows = outcomes.map(({ focus, outcome }) => cells(focus.name, [outcome]))
  const all = outcomes.map(({ outcome }) => outcome)
  return tabledNumbers([head, ...rows, ...(rows.length > 1 ? [cells('total', all)] : [])], '<>>>>>', columns)
}

const CUTS: Readonly<Record<Exclude<Cut, 'bitstate'>, string>> = {
  states: 'the limit on states',
  seconds: 'the limit on seconds',
  bytes: 'the limit on memory',
  interrupt: 'an interrupt',
  failed: 'failures of every try on the queue',
}

const remarks = ({ outcome }: JudgedSuite, columns: number): readonly string[] => {
  const { outcomes } = outcome
  const exact = outcomes.every(({ outcome }) => outcome.exact)
  const probability = outcomes.reduce((sum, { outcome }) => sum + outcome.missProbability, 0)
  const cuts = outcomes.flatMap(({ focus, outcome: { cut, frontier, expected } }) =>
    cut === undefined || cut === 'bitstate'
      ? []
      : [
          `The search ${focus.name} was cut by ${CUTS[cut]} with ${counted(frontier, 'state')} not expanded; ${expected === undefined ? '' : `about ${compact(expected)} are expected in all, and `}what it did not decide is unknown.`,
        ],
  )
  const beyond = outcomes.flatMap(({ focus, outcome: { beyond = 0 } }) =>
    beyond === 0
      ? []
      : [
          `${outcomes.length > 1 ? `${focus.name}: ` : ''}${counted(beyond, 'state')} beyond the constraint ${beyond === 1 ? 'was' : 'were'} judged and not expanded, so what is said holds within it.`,
        ],
  )
  const miss = missText(exact, probability)
  const how = cuts.length === 0 ? `Complete; ${miss}.` : `${miss[0]!.toUpperCase()}${miss.slice(1)}.`
  // A bound of 1 says nothing.
  const said = probability < 1 ? [how] : []
  const twice = outcomes.reduce((sum, { outcome }) => sum + (outcome.checkedTwice ?? 0), 0)
  const checked =
    twice > 0
      ? [
          `${grouped(twice)} runs of guards, effects and tests were made twice, with others in between, and agreed.`,
        ]
      : []
  return [...cuts, ...beyond, ...bitstateSentences(outcome), ...said, ...checked].flatMap((sentence) =>
    folded(sentence, columns),
  )
}

/** What was permuted in each search, where symmetry was asked for. */
const permuted = ({ outcome: { outcomes } }: JudgedSuite, columns: number): readonly string[] =>
  outcomes.flatMap(({ focus, outcome: { symmetry, assumesSymmetry } }) =>
    [
      ...(symmetry ? symmetryLines(symmetry) : []),
      ...(assumesSymmetry
        ? [
            `There are more than ${MOST_IMAGES} permutations, too many to try each: that the model is symmetric is assumed, so nothing is said to hold.`,
          ]
        : []),
    ].flatMap((line) => folded(outcomes.length > 1 ? `${focus.name}: ${line}` : line, columns, '  ')),
  )

const actions = ({ outcome: { outcomes } }: JudgedSuite, columns: number): readonly string[] => {
  const sums = coverageIn(outcomes.map(({ outcome }) => outcome))
  const rows = sums.map(({ action, enabled, taken, fresh }) => [
    action,
    ...[enabled, taken, fresh].map(grouped),
  ])
  const never = sums.filter(({ taken }) => taken === 0).map(({ action }) => action)
  return [
    ...tabledNumbers([['action', 'enabled in', 'taken', 'new states'], ...rows], '<>>>', columns),
    ...(never.length > 0 ? ['', ...folded(`Never enabled: ${never.join(', ')}.`, columns)] : []),
  ]
}

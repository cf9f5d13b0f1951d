/** What in a result is not as expected, each in one sentence with how serious it is, and what follows for the whole. */
import { counted } from '../text/columns.ts'
import { declaredOnlyTexts, differenceText } from './differences.ts'
import type { JudgedProperty, JudgedSuite } from './judged-suite.ts'

/** What is made of an action never taken, a situation that never arose, a state never reached, where nobody declares it. */
export const VACUITIES = ['error', 'warn', 'ignore'] as const
export type Vacuity = (typeof VACUITIES)[number]

/** One thing that is not as expected. */
export interface Finding {
  readonly level: 'error' | 'warning'
  /**
   * `violation`: a property does not hold; `difference`: something else than what is declared was found; `vacuity`:
   * nothing was put to the test; `cut`: a search was cut before it could tell.
   */
  readonly kind: 'violation' | 'difference' | 'vacuity' | 'cut'
  readonly target: string
  /** The label of the property it is about. */
  readonly label?: string
  /** The search that was cut. */
  readonly search?: string
  /** Without a full stop. */
  readonly sentence: string
}

/** What a run comes to. A cut counts only where nothing worse was found, an interrupt always. */
export type Conclusion = 'expected' | 'unexpected' | 'cut'

/** By what findings are judged. */
export interface FindingOptions {
  /** `declared`: a violation that is declared is as expected; `good`: it is a finding all the same. */
  readonly expected: 'declared' | 'good'
  readonly vacuity: Vacuity
}

/** Everything that is not as expected, errors first, in the order of the suites. */
export const findingsOf = (suites: readonly JudgedSuite[], options: FindingOptions): readonly Finding[] => {
  const findings = suites.flatMap((suite) => [
    ...suite.properties.flatMap((property) => aboutProperty(suite.target, property, options)),
    ...declaredOnlyTexts(suite).map(
      (sentence): Finding => ({ level: 'error', kind: 'difference', target: suite.target, sentence }),
    ),
    ...idleFindings(suite, options.vacuity),
    ...cutFindings(suite),
  ])
  return [...findings].sort((a, b) => Number(a.level === 'warning') - Number(b.level === 'warning'))
}

/** What the findings of a run come to. */
export const conclusionOf = (findings: readonly Finding[], interrupted: boolean): Conclusion => {
  if (interrupted) return 'cut'
  const errors = findings.filter(({ level }) => level === 'error')
  if (errors.some(({ kind }) => kind !== 'cut')) return 'unexpected'
  return errors.length > 0 ? 'cut' : 'expected'
}

const aboutProperty = (
  target: string,
  property: JudgedProperty,
  { expected, vacuity }: FindingOptions,
): readonly Finding[] => {
  const { verdict, declared, asDeclared, waived, shown } = property
  if (waived) return []
  const { label } = verdict
  const violated = verdict.verdict === 'violated'
  if (asDeclared && !(violated && expected === 'good')) return []
  const steps = shown && violated ? ` after ${counted(shown.trace.steps.length - 1, 'step')}` : ''
  const said = asDeclared ? `${label}: violated, as declared` : differenceText(property)
  const found = { target, label, sentence: `${target} ${said.replace(/: violated/, `: violated${steps}`)}` }
  if (violated) return [{ level: 'error', kind: 'violation', ...found }]
  if (verdict.verdict === 'unknown') return [{ level: 'error', kind: 'cut', ...found }]
  const isVacuous = verdict.verdict === 'vacuous' || verdict.verdict === 'unreached'
  if (declared !== undefined || !isVacuous) return [{ level: 'error', kind: 'difference', ...found }]
  return vacuous(vacuity, found)
}

/** A sentence for each action that is never taken, where nobody declares that; none where vacuity is ignored. */
export const idleTexts = (suite: JudgedSuite, vacuity: Vacuity): readonly string[] =>
  idleFindings(suite, vacuity).map(({ sentence }) => sentence)

const idleFindings = ({ target, idle }: JudgedSuite, vacuity: Vacuity): readonly Finding[] =>
  idle
    .filter(({ declared, found }) => found && !declared)
    .flatMap(({ action }) =>
      vacuous(vacuity, { target, sentence: `${target}: the action ${action} is never taken` }),
    )

const vacuous = (
  vacuity: Vacuity,
  found: Pick<Finding, 'target' | 'label' | 'sentence'>,
): readonly Finding[] =>
  vacuity === 'ignore' ? [] : [{ level: vacuity === 'warn' ? 'warning' : 'error', kind: 'vacuity', ...found }]

const cutFindings = ({ target, outcome }: JudgedSuite): readonly Finding[] =>
  outcome.outcomes
    .filter((o) => !o.outcome.complete)
    .map(({ focus, outcome: { cut } }) => ({
      level: 'error',
      kind: 'cut',
      target,
      search: focus.name,
      sentence: `${target}: the search ${focus.name} was cut (${CUTS[cut ?? 'interrupt']})`,
    }))

const CUTS = {
  states: 'limit on states',
  seconds: 'limit on seconds',
  bytes: 'limit on memory',
  interrupt: 'interrupt',
  bitstate: 'bits only',
  failed: 'every try on the queue failed',
} as const

/** What the reports are made from: a suite's verdicts, each with what was declared and the trace that shows it. */
import { ModelFault } from '../../modelling/fault.ts'
import { labelOf, type Property } from '../../modelling/property.ts'
import type { Path, Verdict } from '../../search/engine/outcome.ts'
import { replay, shows, type Trace } from '../../search/engine/path.ts'
import type { Flip } from '../../search/stability.ts'
import {
  type Declared,
  type Focus,
  idleIn,
  type SuiteOutcome,
  type SuiteVerdict,
} from '../../search/suite.ts'
import type { Caption } from '../trace/caption.ts'

/** One verdict, ready to be reported. */
export interface JudgedProperty {
  readonly verdict: SuiteVerdict
  /** What the suite declares; absent when it declares nothing of this property. */
  readonly declared?: Declared
  /** Whether verdict or value is the declared one, or the verdict the good one where none is declared. */
  readonly asDeclared: boolean
  /** The raised bounds with which it is known not to hold; only of what holds. */
  readonly flips?: readonly Flip[]
  /** Why it is declared, or waived, if somebody said so. */
  readonly reason?: string
  /** Present where any verdict is as expected. */
  readonly waived?: true
  /** A shortest counterexample or witness, replayed. */
  readonly shown?: { readonly trace: Trace; readonly caption: Caption }
}

/** The distinct states that a suite declares of one of its searches. */
export interface JudgedCount {
  readonly focus: string
  readonly declared: number
  /** Absent when the suite has no such search. */
  readonly found?: number
  /** Also when the search was cut, which tells nothing. */
  readonly asDeclared: boolean
}

/** An action that no search of a suite takes, or that none should. */
export interface JudgedIdle {
  readonly action: string
  readonly declared: boolean
  readonly found: boolean
}

/** What a suite's searches say, ready to be reported. */
export interface JudgedSuite {
  /** What the command line named: a scheme or a file. */
  readonly target: string
  readonly outcome: SuiteOutcome
  readonly properties: readonly JudgedProperty[]
  /** Labels with a declared verdict that no search judged. */
  readonly unjudged: readonly string[]
  readonly counts: readonly JudgedCount[]
  /** Empty when a search was cut, which tells nothing. */
  readonly idle: readonly JudgedIdle[]
  /** Whether all that is declared was found; what nobody declares is meant to be good, but actions may be idle. */
  readonly asDeclared: boolean
}

/** Makes the replay token of a path that was found in a focus. */
export type MakeToken = (focus: Focus, label: string, path: Path, value?: number) => string

/** The verdict that a property is meant to have. */
export const goodVerdict = (kind: SuiteVerdict['kind']): Verdict =>
  kind === 'sometimes' ? 'reached' : kind === 'measure' ? 'measured' : 'holds'

/** Replays what the searches show. Throws when the replay does not show it as well: then the checker is wrong. */
export const judged = (target: string, outcome: SuiteOutcome, tokenOf: MakeToken): JudgedSuite => {
  const expects = outcome.suite.expects ?? {}
  const properties = outcome.verdicts.map((verdict): JudgedProperty => {
    const declared = expects[verdict.label]
    const waiver = outcome.suite.waives?.[verdict.label]
    const reason = waiver ?? outcome.suite.reasons?.[verdict.label]
    const flips = verdict.verdict === 'holds' ? outcome.suite.flips?.[verdict.label] : undefined
    const shown = shownBy(target, verdict, tokenOf)
    return {
      verdict,
      ...(declared !== undefined && { declared }),
      ...(flips !== undefined && { flips }),
      ...(reason !== undefined && { reason }),
      ...(waiver !== undefined && { waived: true }),
      asDeclared: waiver !== undefined || isAsDeclared(verdict, declared ?? goodVerdict(verdict.kind)),
      ...(shown && { shown }),
    }
  })
  const labels = outcome.verdicts.map(({ label }) => label)
  const unjudged = Object.keys(expects).filter((label) => !labels.includes(label))
  const counts = countsOf(outcome)
  const idle = idleOf(outcome)
  const asDeclared =
    unjudged.length === 0 &&
    [...properties, ...counts].every((one) => one.asDeclared) &&
    idle.every(({ declared, found }) => found || !declared)
  return { target, outcome, properties, unjudged, counts, idle, asDeclared }
}

const idleOf = ({ suite, outcomes }: SuiteOutcome): readonly JudgedIdle[] => {
  const searches = outcomes.map(({ outcome }) => outcome)
  if (suite.freeActions || searches.some(({ complete }) => !complete)) return []
  const found = new Set(idleIn(searches))
  const declared = new Set(suite.idle)
  return [...new Set([...declared, ...found])].map((action) => ({
    action,
    declared: declared.has(action),
    found: found.has(action),
  }))
}

const isAsDeclared = ({ verdict, value }: SuiteVerdict, declared: Declared): boolean =>
  typeof declared === 'number' ? verdict === 'measured' && isClose(value!, declared) : verdict === declared

/** Equal but for rounding: two thirds can be declared as 2 / 3 however they were computed. */
const isClose = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b))

const countsOf = ({ suite, outcomes }: SuiteOutcome): readonly JudgedCount[] =>
  Object.entries(suite.states ?? {}).map(([focus, declared]) => {
    const search = outcomes.find((o) => o.focus.name === focus)?.outcome
    if (!search) return { focus, declared, asDeclared: false }
    const { distinct: found, complete, symmetry } = search
    // Orbits are no states.
    const isReduced = (symmetry?.order ?? 1) > 1
    return { focus, declared, found, asDeclared: !complete || isReduced || found === declared }
  })

const shownBy = (target: string, verdict: SuiteVerdict, tokenOf: MakeToken): JudgedProperty['shown'] => {
  if (!verdict.shown) return undefined
  const { focus, path } = verdict.shown
  const trace = replay(focus.model, path)
  const { property, name, label, value } = verdict
  if (property && !shows(trace, name, value))
    throw new ModelFault({
      problem: `The search of ${target}, ${focus.name} found that ${name} is ${verdict.verdict}${value === undefined ? '' : `, ${value}`}; the replay of ${path.join('.')} in another thread does not show it.`,
      model: focus.model.name,
      hint: 'what a model says must depend on nothing but its state; where it does, this is a defect of clustercheck',
    })
  const caption = captionOf(target, focus, property ?? { name, label }, {
    verdict: verdict.verdict,
    ...(value !== undefined && { value }),
    token: tokenOf(focus, label, path, value),
  })
  return { trace, caption }
}

/** The caption of a trace. */
export const captionOf = (
  scheme: string,
  focus: Focus,
  property: Property | { readonly name: string; readonly label: string },
  found: Pick<Caption, 'verdict' | 'value' | 'token'>,
): Caption => {
  const { sentence = undefined, source = undefined } = 'kind' in property ? property : deadlockWords
  return {
    property: property.name,
    label: 'kind' in property ? labelOf(property) : property.label,
    ...(sentence !== undefined && { sentence }),
    ...(source !== undefined && { source }),
    ...('unit' in property && { unit: property.unit }),
    ...found,
    scheme,
    focus: focus.name,
    scope: focus.about,
  }
}

const deadlockWords: { readonly sentence: string; readonly source?: string } = {
  sentence: 'Every reachable state has a successor or is called final by the model.',
}

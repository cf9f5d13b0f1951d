/**
 * Suites: one thing that is judged by several searches, each of a scope small enough to be explored completely.
 * A row of the matrix is a suite; a single model is a suite of one search.
 */
import type { Model } from '../modelling/model.ts'
import { labelOf, type Property } from '../modelling/property.ts'
import type { Compared, Coverage, Judgement, Outcome, Path, Verdict } from './engine/outcome.ts'
import type { Flip } from './stability.ts'

export type { Flip, Verdict }

/** One search of a suite. */
export interface Focus {
  /** kebab-case, unique in its suite. */
  readonly name: string
  /** One phrase: what this scope switches on. */
  readonly about: string
  /** Focuses with one key are one search, which runs once: their models differ in name at most. Absent: its own. */
  readonly key?: string
  /** The modules that decide, with the key, what its model is. */
  readonly sources?: readonly string[]
  /** May be made when it is first asked for. */
  readonly model: Model
}

/** What is judged together. */
export interface Suite {
  /** kebab-case. */
  readonly name: string
  /** One sentence. */
  readonly about: string
  readonly focuses: readonly Focus[]
  /** The declared verdict, or the number of a measure, by label; absent for a user's model without declarations. */
  readonly expects?: Readonly<Record<string, Declared>>
  /** The declared number of distinct states by name of focus, compared when its search was complete. */
  readonly states?: Readonly<Record<string, number>>
  /** The actions that none of its searches is declared to take; compared when all were complete. */
  readonly idle?: readonly string[]
  /** What is known to fall when a bound of a search is raised, by label. */
  readonly flips?: Readonly<Record<string, readonly Flip[]>>
  /** Why a verdict is declared that is not the good one, by label. */
  readonly reasons?: Readonly<Record<string, string>>
  /** Why a property need not have the good verdict, by label: whatever is found of it is as expected. */
  readonly waives?: Readonly<Record<string, string>>
  /** Actions that are never taken say nothing: the policies of a cluster switch them off. */
  readonly freeActions?: boolean
  /** The quantities of a described cluster, as they are and as they are searched. */
  readonly scaling?: readonly Scaled[]
}

/** A quantity in its owner's units, as it is searched, and the rule that leads from one to the other. */
export type Scaled = Readonly<Record<'quantity' | 'real' | 'scaled' | 'rule', string>>

/** What is declared of a property: its verdict, or the largest reading of a measure. */
export type Declared = Verdict | number

/** Columns of the matrix that are shown together. */
export interface Group {
  /** What they are about and where that is said, such as IKE counters (RFC 6027 3.3). */
  readonly title: string
  readonly labels: readonly string[]
}

/** A suite by which the others are measured: they should violate none of these that it does not. */
export interface Baseline {
  readonly suite: string
  readonly labels: readonly string[]
}

/** All suites of one scope, and how they are shown. */
export interface Matrix {
  readonly suites: readonly Suite[]
  /** Labels that no group names are shown last. */
  readonly groups: readonly Group[]
  readonly baseline?: Baseline
  /** What was computed of suites by name, and kept. */
  readonly availability?: Readonly<Record<string, KeptAvailability>>
  /** What was found by comparing suites with a single gateway. */
  readonly comparisons?: Comparisons
}

/** What comparisons of suites with a single gateway found: searches of their own, made once, and kept. */
export interface Comparisons {
  readonly columns: readonly {
    readonly label: string
    /** Of what is compared there; several columns may be of one property, at several levels. */
    readonly property: { readonly label: string; readonly sentence: string; readonly source: string }
  }[]
  /** By suite, and by label of a column. A suite that was not compared has none. */
  readonly found: Readonly<Record<string, Readonly<Record<string, ComparedVerdict>>>>
  /** They were made anew in this run. */
  readonly anew?: true
}

/** What the searches of one column say together. */
export interface ComparedVerdict {
  readonly verdict: Verdict
  /** Of a shortest trace, where it is violated. */
  readonly steps?: number
  /** The parts of what was compared that have this verdict. */
  readonly parts: readonly string[]
}

/** How long a cluster is down under the default timing, of traffic and of IKE: computed once, and kept. */
export interface KeptAvailability {
  /** Of the chain that it was computed on. */
  readonly states: number
  /** That one failover costs when nothing else fails meanwhile. */
  readonly seconds: { readonly traffic: number; readonly ike: number }
  /** IKE SAs of a million that a failover dooms. */
  readonly doomed: number
  /** `withPackets`: of traffic, packets that the peer drops for their numbers included. */
  readonly nines: { readonly traffic: number; readonly withPackets: number; readonly ike: number }
}

/** How much the searches of a matrix switch on. */
export type ScopeName = (typeof SCOPES)[number]

/** The scopes, smallest first; `wide` is for hunts: real widths, which no complete search comes to the end of. */
export const SCOPES = ['small', 'default', 'large', 'wide'] as const

/** The scope where none is named. */
export const DEFAULT_SCOPE: ScopeName = 'default'

/** The answer for one property over all searches of a suite. */
export interface SuiteVerdict {
  readonly property: Property | undefined
  readonly name: string
  readonly label: string
  readonly kind: Judgement['kind']
  readonly verdict: Verdict
  /** Distinct states of the searches that judged it. */
  readonly states: number
  /** The largest reading of a measure; a lower bound when the verdict is unknown. */
  readonly value?: number
  /** What else would have to be fair for a property of whole runs to hold. */
  readonly missing?: string
  /** How much supports the comparisons with specifications, of all searches that made one. */
  readonly compared?: Compared
  /** The shortest counterexample, witness or path to `value`, with the focus it was found in. */
  readonly shown?: { readonly focus: Focus; readonly path: Path }
}

/** What a suite's searches say together. */
export interface SuiteOutcome {
  readonly suite: Suite
  readonly outcomes: readonly { readonly focus: Focus; readonly outcome: Outcome }[]
  readonly verdicts: readonly SuiteVerdict[]
}

/** A focus whose model is made when it is first asked for, and then kept. */
export const focusOf = ({ make, ...focus }: Omit<Focus, 'model'> & { make(): Model }): Focus => {
  let made: Model | undefined
  return {
    ...focus,
    get model() {
      made ??= make()
      return made
    },
  }
}

/** A suite of one search. */
export const suiteOf = (name: string, model: Model): Suite => ({
  name,
  about: model.about ?? model.name,
  focuses: [{ name: 'all', about: 'the whole model', model }],
})

/** The properties of some suites, each label once; makes no more models than it takes to find all that is declared. */
export const propertiesOf = (suites: readonly Suite[]): readonly Property[] => {
  const first = new Map<string, Property>()
  for (const { focuses, expects } of suites)
    for (const focus of focuses) {
      if (expects && Object.keys(expects).every((label) => first.has(label))) break
      for (const property of focus.model.properties)
        if (!first.has(labelOf(property))) first.set(labelOf(property), property)
    }
  return [...first.values()]
}

/** Joins the outcomes of a suite's searches into one verdict for each property. */
export const joined = (suite: Suite, outcomes: SuiteOutcome['outcomes']): SuiteOutcome => {
  const rows = new Map<string, { focus: Focus; outcome: Outcome; judgement: Judgement }[]>()
  for (const { focus, outcome } of outcomes)
    for (const judgement of outcome.judgements) {
      const row = rows.get(judgement.property) ?? []
      row.push({ focus, outcome, judgement })
      rows.set(judgement.property, row)
    }
  const verdicts = [...rows].map(([name, row]): SuiteVerdict => {
    const verdict = joinedVerdict(row.map(({ judgement }) => judgement.verdict))
    // Not of the focus: its model need not be made for that.
    const property = row[0]!.outcome.model.properties.find((p) => p.name === name)
    const values = row.flatMap(({ judgement }) => judgement.value ?? [])
    const value = values.length > 0 ? Math.max(...values) : undefined
    const shown = row
      .filter(({ judgement }) => judgement.path && isShownBy(judgement, verdict, value))
      .sort((a, b) => a.judgement.path!.length - b.judgement.path!.length)[0]
    return {
      property,
      name,
      label: property ? labelOf(property) : name,
      kind: row[0]!.judgement.kind,
      verdict,
      states: row.reduce((sum, { outcome }) => sum + outcome.distinct, 0),
      ...(value !== undefined && { value }),
      ...comparedIn(row.flatMap(({ judgement }) => judgement.compared ?? [])),
      ...(shown?.judgement.missing !== undefined && { missing: shown.judgement.missing }),
      ...(shown && { shown: { focus: shown.focus, path: shown.judgement.path! } }),
    }
  })
  // Declared properties come in the order of their declaration, whatever focus judged them first.
  const order = Object.keys(suite.expects ?? {})
  const place = ({ label }: SuiteVerdict): number =>
    order.includes(label) ? order.indexOf(label) : order.length
  return {
    suite,
    outcomes,
    verdicts: [...verdicts].sort((a, b) => place(a) - place(b)),
  }
}

/** The comparisons of several searches together. */
const comparedIn = (all: readonly Compared[]): Pick<SuiteVerdict, 'compared'> => {
  if (all.length === 0) return {}
  const sum = (of: (one: Compared) => number): number => all.reduce((total, one) => total + of(one), 0)
  const cut = all.find((one) => one.cut !== undefined)?.cut
  return {
    compared: {
      states: sum((one) => one.states),
      specification: sum((one) => one.specification),
      pairs: sum((one) => one.pairs),
      sets: sum((one) => one.sets),
      largest: Math.max(...all.map((one) => one.largest)),
      ...(cut && { cut }),
    },
  }
}

/** What each action did in several searches together, in the order in which the searches name them. */
export const coverageIn = (outcomes: readonly Pick<Outcome, 'coverage'>[]): readonly Coverage[] => {
  const sums = new Map<string, Coverage>()
  for (const { coverage } of outcomes)
    for (const { action, enabled, taken, fresh } of coverage) {
      const before = sums.get(action) ?? { enabled: 0, taken: 0, fresh: 0 }
      sums.set(action, {
        action,
        enabled: before.enabled + enabled,
        taken: before.taken + taken,
        fresh: before.fresh + fresh,
      })
    }
  return [...sums.values()]
}

/** The actions that no search took; none when one was cut, for it may have taken them later. */
export const idleIn = (outcomes: readonly Pick<Outcome, 'coverage' | 'complete'>[]): readonly string[] =>
  outcomes.every(({ complete }) => complete)
    ? coverageIn(outcomes)
        .filter(({ taken }) => taken === 0)
        .map(({ action }) => action)
    : []

/** Whether a judgement speaks for the verdict and the value of the whole suite. */
const isShownBy = (judgement: Judgement, verdict: Verdict, value: number | undefined): boolean =>
  value === undefined ? judgement.verdict === verdict : judgement.value === value

/** Bad news outweighs good news, and a search that was cut outweighs good news that needs all of them. */
const ORDER: readonly Verdict[] = [
  'violated',
  'reached',
  'unknown',
  'measured',
  'holds',
  'unreached',
  'vacuous',
]

/** The verdict of several searches together. */
export const joinedVerdict = (verdicts: readonly Verdict[]): Verdict =>
  ORDER.find((verdict) => verdicts.includes(verdict)) ?? 'unknown'

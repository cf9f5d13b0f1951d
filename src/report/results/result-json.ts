/**
 * The result of a run as JSON with a versioned schema, for programs and for every other report. Fields are added to a
 * version, never changed.
 */
import type { Compared, Coverage, Verdict } from '../../search/engine/outcome.ts'
import type { Flip } from '../../search/stability.ts'
import {
  type ComparedVerdict,
  coverageIn,
  type Declared,
  type Group,
  type KeptAvailability,
  type Matrix,
  type Scaled,
  type ScopeName,
} from '../../search/suite.ts'
import { changeTexts } from '../trace/changes.ts'
import type { AdvisedJson } from './advice.ts'
import { type Comparison, comparedWith } from './baseline.ts'
import { type Conclusion, conclusionOf, type Finding, findingsOf, type Vacuity } from './findings.ts'
import type { JudgedProperty, JudgedSuite } from './judged-suite.ts'
import { actionOf, type PlaceJson, type Places } from './places.ts'
import { rounded, type SearchJson, searchJson } from './search-json.ts'

export const SCHEMA_VERSION = 2

/** A trace in JSON. */
export interface TraceJson {
  /** Steps after the initial state. */
  readonly length: number
  /** What `clustercheck replay` takes. */
  readonly token: string
  /** The action that makes the initial state. */
  readonly initial: string
  /** The action instance of each step. */
  readonly steps: readonly string[]
  /** What the initial state and each step changed, one text for each variable; not in a matrix. */
  readonly changes?: readonly (readonly string[])[]
}

/** One verdict in JSON. */
export interface VerdictJson {
  readonly property: string
  readonly label: string
  readonly kind: string
  /** What is true when it holds, and where that is required. */
  readonly sentence?: string
  readonly source?: string
  readonly verdict: Verdict
  /** The declared verdict, or the declared number of a measure, if one is declared. */
  readonly declared?: Declared
  /** Why that is declared, or waived. */
  readonly reason?: string
  /** Present where the target waives the property: whatever is found of it is as expected. */
  readonly waived?: true
  /** Whether it is as declared, or the good verdict where nothing is declared. */
  readonly asDeclared: boolean
  /** The raised bounds with which what holds is known not to, each with the steps of a counterexample. */
  readonly flips?: readonly Flip[]
  /** Distinct states of the searches that judged it. */
  readonly states: number
  /** Where the property stands, and where it is said what is expected of it. */
  readonly place?: PlaceJson
  readonly expectedAt?: PlaceJson
  /** The largest reading of a measure, a lower bound when the verdict is unknown, and its unit. */
  /** What else would have to be fair for a property of whole runs to hold. */
  readonly missingFairness?: string
  readonly compared?: Compared
  readonly value?: number
  readonly unit?: string
  readonly counterexample?: TraceJson
  /** For what is reached or measured. */
  readonly witness?: TraceJson
}

/** What the searches of one target found, in JSON. */
export interface SuiteJson {
  /** Sums over the searches of the target; the depth is the largest. */
  readonly search: {
    readonly distinct: number
    readonly generated: number
    readonly depth: number
    readonly exact: boolean
    readonly missProbability: number
    readonly complete: boolean
    readonly elapsedSeconds: number
  }
  readonly searches: readonly SearchJson[]
  readonly verdicts: readonly VerdictJson[]
  /** Labels and searches of which something is declared, and which there are not. */
  readonly missing: readonly string[]
}

/** What one target of a run came to, in JSON. */
export interface TargetJson extends SuiteJson {
  /** A scheme, or the path of a file as it was named. */
  readonly name: string
  readonly about: string
  /** Where it stands, and where it is said what is expected of it. */
  readonly place?: PlaceJson
  readonly expectedAt?: PlaceJson
  /** Where its actions stand, of those that traces take. */
  readonly actionPlaces?: Readonly<Record<string, PlaceJson>>
  /** Of a scheme or a described cluster. */
  readonly scope?: ScopeName
  /** Of a described cluster: each quantity as it is, as it is searched, and by which rule. */
  readonly scaling?: readonly Scaled[]
  /** What is kept of its availability under the default timing; in a matrix, and no finding of its searches. */
  readonly availability?: KeptAvailability
  /** What comparisons with a single gateway found, by column; in a matrix. Absent: it was not compared. */
  readonly compared?: Readonly<Record<string, ComparedVerdict>>
  readonly asDeclared: boolean
  /** What each action did in all searches together. */
  readonly actions: readonly Coverage[]
  /** Actions that no search took, after complete searches. */
  readonly idle: readonly string[]
}

/** The one result of a run: every report is made from it and from nothing else. */
export interface ResultJson {
  readonly schemaVersion: typeof SCHEMA_VERSION
  readonly kind: 'result'
  /** The version that searched. */
  readonly clustercheck: string
  readonly command: 'matrix' | 'check'
  /** The file of expectations, if there was one. */
  readonly config?: string
  /** `declared`: a violation that is declared is as expected; `good`: every violation is a finding. */
  readonly expected: 'declared' | 'good'
  readonly vacuity: Vacuity
  /** The labels that were asked for; absent where all properties were judged. */
  readonly only?: readonly string[]
  readonly interrupted: boolean
  readonly outcome: Conclusion
  /** The columns of a matrix. */
  readonly groups?: readonly Group[]
  readonly comparison?: Comparison
  /** The comparisons of targets with a single gateway were made in this run, and not kept from an earlier one. */
  readonly comparedAnew?: true
  readonly targets: readonly TargetJson[]
  /** Changes of policies that would repair the one target, where that was looked for. */
  readonly advised?: AdvisedJson
  /** What is not as expected, the most serious first. */
  readonly findings: readonly Finding[]
  /** What differs from run to run, beside the seconds of searches. */
  readonly run: RunJson
}

/** How a result came about, in JSON. */
export interface RunJson {
  /** Of the whole run. */
  readonly seconds: number
  readonly searches: number
  /** Searches whose results were found in the cache. */
  readonly cached: number
}

/** A target whose searches were judged. */
export interface Reported {
  readonly suite: JudgedSuite
  readonly scope?: ScopeName
  /** Where its parts stand, for reports that lead there. */
  readonly places?: Places | undefined
}

/** What is known of a run beside its verdicts. */
export type About = Pick<
  ResultJson,
  'clustercheck' | 'command' | 'expected' | 'vacuity' | 'interrupted' | 'run'
> & {
  readonly config?: string
  readonly only?: readonly string[] | undefined
  readonly advised?: AdvisedJson | undefined
  /** What was found and is not what is kept. */
  readonly stale?: readonly Finding[] | undefined
  readonly matrix?: Pick<Matrix, 'groups' | 'baseline' | 'availability' | 'comparisons'>
}

/** Makes the result of a run. */
export const resultJson = (
  reported: readonly Reported[],
  { matrix, config, only, advised, stale = [], ...about }: About,
): ResultJson => {
  const suites = reported.map(({ suite }) => suite)
  const findings = [...stale, ...findingsOf(suites, about)]
  const { baseline, groups } = matrix ?? {}
  const { run, ...settings } = about
  return {
    schemaVersion: SCHEMA_VERSION,
    kind: 'result',
    ...settings,
    ...(config !== undefined && { config }),
    ...(only && { only }),
    outcome: conclusionOf(findings, about.interrupted),
    ...(groups && { groups }),
    ...(baseline && { comparison: comparedWith(suites, baseline) }),
    ...(matrix?.comparisons?.anew && { comparedAnew: true as const }),
    targets: reported.map((one) => targetJson(one, matrix, about.command === 'check')),
    ...(advised && { advised }),
    findings,
    run: { ...run, seconds: rounded(run.seconds) },
  }
}

const targetJson = (
  { suite, scope, places }: Reported,
  { availability = {}, comparisons }: NonNullable<About['matrix']> | undefined = { groups: [] },
  withChanges: boolean,
): TargetJson => ({
  name: suite.target,
  about: suite.outcome.suite.about,
  ...(places && placesJson(suite, places)),
  ...(scope !== undefined && { scope }),
  ...(suite.outcome.suite.scaling && { scaling: suite.outcome.suite.scaling }),
  ...(Object.hasOwn(availability, suite.target) && { availability: availability[suite.target] }),
  ...(comparisons &&
    Object.hasOwn(comparisons.found, suite.target) && { compared: comparisons.found[suite.target] }),
  asDeclared: suite.asDeclared,
  ...suiteJson(suite, places, withChanges),
  actions: coverageIn(suite.outcome.outcomes.map((o) => o.outcome)),
  idle: suite.idle.filter(({ found }) => found).map(({ action }) => action),
})

const placesJson = (
  { properties }: JudgedSuite,
  places: Places,
): Pick<TargetJson, 'place' | 'expectedAt' | 'actionPlaces'> => {
  const steps = properties.flatMap(
    ({ shown }) => shown?.trace.steps.map(({ instance }) => instance.text) ?? [],
  )
  const actions = [...new Set(steps.map(actionOf))].flatMap((action) => {
    const place = places.action(action)
    return place ? [[action, place] as const] : []
  })
  const expectedAt = places.expected()
  return {
    place: places.target,
    ...(expectedAt && { expectedAt }),
    actionPlaces: Object.fromEntries(actions),
  }
}

const suiteJson = (
  { outcome, properties, unjudged, counts }: JudgedSuite,
  places: Places | undefined,
  withChanges: boolean,
): SuiteJson => {
  const searches = outcome.outcomes.map((o) => o.outcome)
  const sum = (of: (search: (typeof searches)[number]) => number): number =>
    searches.reduce((total, search) => total + of(search), 0)
  return {
    search: {
      distinct: sum((s) => s.distinct),
      generated: sum((s) => s.generated),
      depth: Math.max(0, ...searches.map((s) => s.depth)),
      exact: searches.every((s) => s.exact),
      missProbability: sum((s) => s.missProbability),
      complete: searches.every((s) => s.complete),
      elapsedSeconds: rounded(sum((s) => s.elapsedSeconds)),
    },
    searches: outcome.outcomes.map((search) => searchJson(search, counts)),
    verdicts: properties.map((property) => verdictJson(property, places, withChanges)),
    missing: [...unjudged, ...counts.filter((c) => c.found === undefined).map((c) => c.focus)],
  }
}

const verdictJson = (
  { verdict, declared, reason, waived, asDeclared, flips, shown }: JudgedProperty,
  places: Places | undefined,
  withChanges: boolean,
): VerdictJson => {
  const place = places?.property(verdict.label, verdict.name)
  const expectedAt = places?.expected(verdict.label)
  const { sentence, source } = verdict.property ?? {}
  const [initial = '', ...steps] = shown?.trace.steps.map(({ instance }) => instance.text) ?? []
  const trace = shown && {
    length: steps.length,
    token: shown.caption.token,
    initial,
    steps,
    ...(withChanges && { changes: shown.trace.steps.map((_, i) => changeTexts(shown.trace, i)) }),
  }
  return {
    property: verdict.name,
    label: verdict.label,
    kind: verdict.kind,
    ...(sentence !== undefined && { sentence }),
    ...(source !== undefined && { source }),
    verdict: verdict.verdict,
    ...(declared !== undefined && { declared }),
    ...(reason !== undefined && { reason }),
    ...(waived && { waived }),
    asDeclared,
    ...(flips && { flips }),
    states: verdict.states,
    ...(place && { place }),
    ...(expectedAt && { expectedAt }),
    ...(verdict.missing !== undefined && { missingFairness: verdict.missing }),
    ...(verdict.compared && { compared: verdict.compared }),
    ...(verdict.value !== undefined && { value: verdict.value }),
    ...(verdict.property?.kind === 'measure' && { unit: verdict.property.unit }),
    ...(trace && (verdict.verdict === 'violated' ? { counterexample: trace } : { witness: trace })),
  }
}

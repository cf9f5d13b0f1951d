/** Results as JSON with a versioned schema, for programs. Fields are added to a version, never changed. */
import type { BitstateFill, Verdict } from '../search/outcome.ts'
import type { Profile } from '../search/profile.ts'
import type { Declared, Matrix, ScopeName, SuiteOutcome } from '../search/suite.ts'
import type { Symmetry } from '../symmetry/symmetry.ts'
import { comparedWith } from './baseline.ts'
import type { JudgedCount, JudgedProperty, JudgedSuite } from './judged.ts'

const SCHEMA_VERSION = 1

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
}

/** One verdict in JSON. */
export interface VerdictJson {
  readonly property: string
  readonly label: string
  readonly kind: string
  readonly verdict: Verdict
  /** The declared verdict, or the declared number of a measure, if one is declared. */
  readonly declared?: Declared
  /** Whether it is as declared, or the good verdict where nothing is declared. */
  readonly asDeclared: boolean
  /** Distinct states of the searches that judged it. */
  readonly states: number
  /** The largest reading of a measure, a lower bound when the verdict is unknown, and its unit. */
  readonly value?: number
  readonly unit?: string
  readonly counterexample?: TraceJson
  /** For what is reached or measured. */
  readonly witness?: TraceJson
}

/** One search in JSON. */
export interface SearchJson {
  readonly name: string
  readonly distinct: number
  readonly generated: number
  readonly complete: boolean
  /** The declared number of distinct states, if one is declared. */
  readonly declared?: number
  /** Whether it is that number; true of a search that was cut. */
  readonly asDeclared: boolean
  /** Identities that were permuted, and those that were not with a reason; states are then orbits. */
  readonly symmetry?: Symmetry
  /** Where time and states went, if it was asked for. */
  readonly profile?: Profile
  /** Of a bitstate search: its bits, those set, and how many states it is expected to have left out. */
  readonly bitstate?: BitstateFill
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

/** The result of `check` in JSON. */
export const checkJson = (suite: JudgedSuite): object => ({
  schemaVersion: SCHEMA_VERSION,
  target: suite.target,
  asDeclared: suite.asDeclared,
  ...suiteJson(suite),
})

/** The result of `matrix` in JSON. */
export const matrixJson = (
  suites: readonly JudgedSuite[],
  scope: ScopeName,
  { groups, baseline }: Pick<Matrix, 'groups' | 'baseline'>,
): object => ({
  schemaVersion: SCHEMA_VERSION,
  scope,
  groups,
  ...(baseline && { comparison: comparedWith(suites, baseline) }),
  schemes: suites.map((suite) => ({
    name: suite.target,
    asDeclared: suite.asDeclared,
    ...suiteJson(suite),
  })),
})

const suiteJson = ({ outcome, properties, unjudged, counts }: JudgedSuite): SuiteJson => {
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
      elapsedSeconds: Number(sum((s) => s.elapsedSeconds).toFixed(3)),
    },
    searches: outcome.outcomes.map((search) => searchJson(search, counts)),
    verdicts: properties.map(verdictJson),
    missing: [...unjudged, ...counts.filter((c) => c.found === undefined).map((c) => c.focus)],
  }
}

const searchJson = (
  { focus: { name }, outcome }: SuiteOutcome['outcomes'][number],
  counts: readonly JudgedCount[],
): SearchJson => {
  const { distinct, generated, complete, symmetry, profile, bitstate } = outcome
  const count = counts.find(({ focus }) => focus === name)
  return {
    name,
    distinct,
    generated,
    complete,
    ...(count && { declared: count.declared }),
    asDeclared: count?.asDeclared ?? true,
    ...(symmetry && { symmetry }),
    ...(profile && { profile }),
    ...(bitstate && { bitstate }),
  }
}

const verdictJson = ({ verdict, declared, asDeclared, shown }: JudgedProperty): VerdictJson => {
  const [initial = '', ...steps] = shown?.trace.steps.map(({ instance }) => instance.text) ?? []
  const trace = shown && { length: steps.length, token: shown.caption.token, initial, steps }
  return {
    property: verdict.name,
    label: verdict.label,
    kind: verdict.kind,
    verdict: verdict.verdict,
    ...(declared !== undefined && { declared }),
    asDeclared,
    states: verdict.states,
    ...(verdict.value !== undefined && { value: verdict.value }),
    ...(verdict.property?.kind === 'measure' && { unit: verdict.property.unit }),
    ...(trace && (verdict.verdict === 'violated' ? { counterexample: trace } : { witness: trace })),
  }
}

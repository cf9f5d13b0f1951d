/**
 * Advice: the smallest changes of policies by which a cluster keeps properties that it violates. Each is verified by
 * complete searches of everything that judges the cluster, at the scope in which it was found wanting.
 */
import { type Change, changesOf } from '../../../model/cluster-files/changes.ts'
import { contradictionIn } from '../../../model/cluster-files/contradictions.ts'
import type { NamedScheme } from '../../../model/schemes/named-scheme.ts'
import type { AdviceJson, AdvisedJson } from '../../report/advice-text.ts'
import type { Outcome } from '../../search/outcome.ts'
import { joined, type ScopeName, type SuiteVerdict } from '../../search/suite.ts'
import type { Cache } from '../cache.ts'
import { type ClusterData, clusterFocuses } from '../cluster-files.ts'
import type { Job } from '../searches.ts'
import { searched } from '../searching.ts'
import { jobsOf, type Target, UNLIMITED } from '../targets.ts'
import type { Terminal } from '../terminal.ts'
import type { OutcomeData } from '../work.ts'

/** How far to look. */
export interface Budget {
  readonly searches: number
  readonly seconds: number
  /** The most changes in a set. */
  readonly changes: number
}

/** How to search. */
export interface AdviceOptions {
  readonly workers: number
  readonly bytes: number
  readonly terminal: Terminal
  readonly cache: Cache | undefined
  readonly budget: Budget
}

/** Verdicts by label. */
type Verdicts = ReadonlyMap<string, SuiteVerdict>

/** A set of changes that is looked at. */
interface Candidate {
  readonly changes: readonly Change[]
  readonly data: ClusterData
}

/** Looks for changes that repair what is required and violated. */
export const advise = async (
  { schemes, scope }: ClusterData,
  violated: readonly string[],
  options: AdviceOptions,
): Promise<AdvisedJson> => {
  const until = performance.now() + options.budget.seconds * 1000
  const remembered = memory(options.cache)
  let searches = 0
  let isCut = false
  const verdictsOf = async (all: readonly Candidate[]): Promise<readonly (Verdicts | undefined)[]> => {
    const found: (Verdicts | undefined)[] = []
    for (const candidate of all) {
      const left = (until - performance.now()) / 1000
      if (searches >= options.budget.searches || left <= 0) {
        isCut = true
        return found
      }
      const target = await targetOf(candidate)
      const { jobs, indexOf } = jobsOf([target], {
        ...UNLIMITED,
        limits: { states: Infinity, seconds: left, bytes: options.bytes },
      })
      searches += jobs.filter((job) => !remembered.find(job)).length
      const { outcomes, interrupted } = await searched(jobs, {
        workers: options.workers,
        terminal: { ...options.terminal, err: () => {} },
        cache: remembered,
      })
      if (interrupted || outcomes.some(({ complete }) => !complete)) {
        isCut = true
        return found
      }
      found.push(byLabel(target, (focus) => outcomes[indexOf(focus)]!))
    }
    return found
  }
  const [before] = await verdictsOf([{ changes: [], data: { schemes, scope } }])
  if (!before) return { advice: [], unrepaired: violated, tried: 0, searches, cut: true }
  const singles = changesOf(schemes[0]!.scheme, schemes[0]!.bounds)
  const advice: AdviceJson[] = []
  let tried = 0
  /** Sets that may grow: they fit together or could with one change more. */
  let open: readonly (readonly Change[])[] = [[]]
  for (let size = 1; size <= options.budget.changes && !isCut; size++) {
    const grown = setsFrom(open, singles)
    const fitting = grown.flatMap((changes) => candidateOf(schemes, scope, changes) ?? [])
    // A set is no advice when less repairs as much.
    const promising = fitting.filter(
      ({ changes }) =>
        !advice.some((known) => isWithin(known, changes) && known.repairs.length === violated.length),
    )
    const verdicts = await verdictsOf(promising)
    const better: Change[][] = []
    for (const [i, after] of verdicts.entries()) {
      if (!after) continue
      tried += 1
      const { changes } = promising[i]!
      const found = adviceOf(changes, before, after, violated)
      const parts = advice.filter((known) => isWithin(known, changes))
      const isMore = found.repairs.some((label) => !parts.some(({ repairs }) => repairs.includes(label)))
      const isJoined =
        parts.length > 1 && found.repairs.length > Math.max(...parts.map(({ repairs }) => repairs.length))
      if (isMore || isJoined) advice.push(found)
      if (isMore || isJoined) better.push([...changes])
    }
    // What repairs nothing alone may be what another change needs: it fits with nothing yet.
    open = [...better, ...grown.filter((changes) => !candidateOf(schemes, scope, changes))]
  }
  const sorted = [...advice].sort(
    (a, b) =>
      b.repairs.length - a.repairs.length ||
      a.breaks.length - b.breaks.length ||
      a.changes.length - b.changes.length ||
      priceOf(a) - priceOf(b),
  )
  const repaired = new Set(advice.flatMap(({ repairs }) => repairs))
  return {
    advice: sorted,
    unrepaired: violated.filter((label) => !repaired.has(label)),
    tried,
    searches,
    cut: isCut,
  }
}

const isWithin = (known: AdviceJson, changes: readonly Change[]): boolean =>
  known.changes.every((change) =>
    changes.some(({ policy, to }) => policy === change.policy && to === change.to),
  )

/** Each set with one change more, of a policy that it does not change yet; each once. */
const setsFrom = (
  open: readonly (readonly Change[])[],
  singles: readonly Change[],
): readonly (readonly Change[])[] => {
  const sets = new Map<string, readonly Change[]>()
  for (const set of open)
    for (const change of singles) {
      if (set.some(({ policy }) => policy === change.policy)) continue
      const grown = singles.filter((one) => one === change || set.includes(one))
      sets.set(grown.map((one) => singles.indexOf(one)).join(), grown)
    }
  return [...sets.values()]
}

/** The cluster with some changes; undefined where its policies then contradict each other. */
const candidateOf = (
  schemes: readonly NamedScheme[],
  scope: ScopeName,
  changes: readonly Change[],
): Candidate | undefined => {
  const changed = schemes.map((named) => ({
    ...named,
    scheme: changes.reduce((scheme, change) => change.apply(scheme), named.scheme),
  }))
  if (contradictionIn(changed[0]!.scheme, {}) !== undefined) return undefined
  return { changes, data: { schemes: changed, scope } }
}

const targetOf = async ({ data }: Candidate): Promise<Target> => {
  const [{ name, about }] = data.schemes as readonly [NamedScheme]
  const focuses = await clusterFocuses(data)
  return {
    name,
    suite: { name, about, focuses },
    scope: data.scope,
    source: { kind: 'cluster', cluster: data },
  }
}

const byLabel = (
  { suite }: Target,
  outcomeOf: (focus: Target['suite']['focuses'][number]) => Outcome,
): Verdicts => {
  const own = suite.focuses.map((focus) => ({ focus, outcome: outcomeOf(focus) }))
  return new Map(joined(suite, own).verdicts.map((verdict) => [verdict.label, verdict]))
}

const adviceOf = (
  changes: readonly Change[],
  before: Verdicts,
  after: Verdicts,
  violated: readonly string[],
): AdviceJson => {
  const is = (label: string, verdict: string): boolean => after.get(label)?.verdict === verdict
  const prices = [...before].flatMap(([label, { value, property }]) => {
    const now = after.get(label)?.value
    if (value === undefined || now === undefined || now === value) return []
    return [{ label, unit: property?.kind === 'measure' ? property.unit : '', before: value, after: now }]
  })
  return {
    changes: changes.map(({ policy, from, to, means }) => ({ policy, from, to, means })),
    repairs: violated.filter((label) => is(label, 'holds')),
    vacuous: violated.filter((label) => is(label, 'vacuous')),
    breaks: [...after].flatMap(([label, { verdict }]) =>
      verdict === 'violated' && before.get(label)?.verdict !== 'violated' ? [label] : [],
    ),
    prices,
  }
}

/** How much more it costs, all prices taken together in proportion. */
const priceOf = ({ prices }: AdviceJson): number =>
  prices.reduce((sum, { before, after }) => sum + (after - before) / Math.max(1, before), 0)

/** A cache that remembers for the time of one run, before the one that lasts. */
const memory = (lasting: Cache | undefined): Cache => {
  const known = new Map<string, OutcomeData>()
  const keyOf = ({ content, focus }: Job): string => JSON.stringify([content, focus])
  return {
    folder: lasting?.folder ?? 'memory',
    find: (job) => known.get(keyOf(job)) ?? lasting?.find(job),
    keep: (job, outcome) => {
      if (outcome.complete) known.set(keyOf(job), outcome)
      lasting?.keep(job, outcome)
    },
  }
}

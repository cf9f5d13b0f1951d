/**
 * Advice: the smallest changes of policies by which a cluster keeps properties that it violates. Each is verified by
 * complete searches of everything that judges the cluster, at the scope in which it was found wanting.
 */
import { type Change, changesOf } from '../../../model/cluster-files/changes.ts'
import { contradictionIn } from '../../../model/cluster-files/contradictions.ts'
import type { NamedScheme } from '../../../model/schemes/named-scheme.ts'
import type { AdviceJson, AdvisedJson } from '../../report/results/advice.ts'
import type { Limits } from '../../search/breadth-first.ts'
import { joined, type ScopeName, type SuiteVerdict } from '../../search/suite.ts'
import type { ClusterData, Job, OutcomeData } from '../jobs/search-job.ts'
import type { Terminal } from '../process/terminal.ts'
import type { Cache } from '../saved/cache.ts'
import { clusterFocuses } from '../targets/cluster-files.ts'
import { jobsOf, type Target, UNLIMITED } from '../targets/targets.ts'
import { searched } from '../workers/search-run.ts'

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

/** Advice with its changes as they are applied. */
interface Advice extends AdviceJson {
  readonly set: readonly Change[]
}

/** A set of changes that is looked at. */
interface Candidate {
  readonly changes: readonly Change[]
  readonly data: ClusterData
}

/** The scope in which sets of changes are looked for before the best are verified. */
const SCOUTED: ScopeName = 'small'
/** Sets that are verified at the scope of the cluster. */
const VERIFIED = 6

/** Looks for changes that repair what is required and violated. */
export const advise = async (
  { schemes, scope }: ClusterData,
  violated: readonly string[],
  options: AdviceOptions,
): Promise<AdvisedJson> => {
  const judge = judging(options)
  const singles = changesOf(schemes[0]!.scheme, schemes[0]!.bounds)
  const none: AdvisedJson = { advice: [], unrepaired: violated, tried: 0, searches: 0, cut: true }
  const [scoutedBefore] = await judge.verdictsOf([candidateOf(schemes, SCOUTED, [])!])
  const [before] = await judge.verdictsOf([candidateOf(schemes, scope, [])!])
  if (!scoutedBefore || !before) return { ...none, searches: judge.searches() }
  const scoutedViolated = [...scoutedBefore.values()]
    .filter(({ verdict, label }) => verdict === 'violated' && violated.includes(label))
    .map(({ label }) => label)

  /** The sets that repair more than their parts, by size. */
  const scouted: Advice[] = []
  let open: readonly (readonly Change[])[] = [[]]
  for (let size = 1; size <= options.budget.changes; size++) {
    const grown = setsFrom(open, singles)
    const fitting = grown.flatMap((changes) => candidateOf(schemes, SCOUTED, changes) ?? [])
    const verdicts = await judge.verdictsOf(fitting)
    const better = verdicts.flatMap((after, i) => {
      if (!after) return []
      const { changes } = fitting[i]!
      const found = adviceOf(changes, scoutedBefore, after, scoutedViolated)
      const parts = scouted.filter((known) => isWithin(known.set, changes))
      return isMore(found, parts) ? [{ ...found, set: changes }] : []
    })
    scouted.push(...better)
    // What does not fit alone may be what another change needs.
    const unfitting = grown.filter((changes) => !candidateOf(schemes, SCOUTED, changes))
    open = [...better.map(({ set }) => set), ...unfitting]
  }
  const chosen = chosenFrom(scouted, scoutedViolated)
  const together = unionOf(chosen.map(({ set }) => set))
  const sets = [...(chosen.length > 1 ? [together] : []), ...chosen.map(({ set }) => set)]
  const fitting = sets.flatMap((changes) => candidateOf(schemes, scope, changes) ?? [])
  const verdicts = await judge.verdictsOf(fitting)
  const advice = verdicts.flatMap((after, i) =>
    after ? [adviceOf(fitting[i]!.changes, before, after, violated)] : [],
  )
  const useful = advice.filter(({ repairs }) => repairs.length > 0).sort(byWorth)
  const repaired = new Set(useful.flatMap(({ repairs }) => repairs))
  return {
    advice: useful,
    unrepaired: violated.filter((label) => !repaired.has(label)),
    tried: judge.tried(),
    searches: judge.searches(),
    cut: judge.isCut(),
  }
}

/** Judges candidates by complete searches, as long as the budget lasts. */
const judging = ({ workers, bytes, terminal, cache, budget }: AdviceOptions) => {
  const until = performance.now() + budget.seconds * 1000
  const remembered = memory(cache)
  let searches = 0
  let tried = 0
  let isCut = false
  return {
    searches: () => searches,
    tried: () => tried,
    isCut: () => isCut,
    /** In the order of the candidates; undefined for what the budget did not last for. */
    async verdictsOf(candidates: readonly Candidate[]): Promise<readonly (Verdicts | undefined)[]> {
      const targets = await Promise.all(candidates.map(targetOf))
      const left = (until - performance.now()) / 1000
      if (left <= 0 || searches >= budget.searches) {
        isCut ||= candidates.length > 0
        return candidates.map(() => undefined)
      }
      const limits = { states: Infinity, seconds: left, bytes }
      const within = targets.slice(0, await countWithin(targets, limits))
      const { jobs, indexOf } = jobsOf(within, { ...UNLIMITED, limits })
      await remembered.prepare(jobs)
      searches += jobs.filter((job) => !remembered.find(job)).length
      const { outcomes } = await searched(jobs, {
        workers,
        terminal: { ...terminal, err: () => {} },
        cache: remembered,
      })
      return targets.map((target) => {
        const own = within.includes(target)
          ? target.suite.focuses.map((focus) => ({ focus, outcome: outcomes[indexOf(focus)]! }))
          : []
        if (own.length === 0 || own.some(({ outcome }) => !outcome.complete)) {
          isCut = true
          return undefined
        }
        tried += 1
        return new Map(joined(target.suite, own).verdicts.map((verdict) => [verdict.label, verdict]))
      })
    },
  }

  /** How many targets, from the first, have no more new searches than the budget leaves. */
  async function countWithin(targets: readonly Target[], limits: Limits): Promise<number> {
    const fresh = new Set<string>()
    for (const [at, target] of targets.entries()) {
      const { jobs } = jobsOf([target], { ...UNLIMITED, limits })
      await remembered.prepare(jobs)
      for (const job of jobs) if (!remembered.find(job)) fresh.add(`${job.content} ${job.focus}`)
      if (searches + fresh.size > budget.searches) return at
    }
    return targets.length
  }
}

/** Whether a set repairs more than each of its parts does. */
const isMore = ({ repairs }: AdviceJson, parts: readonly AdviceJson[]): boolean =>
  repairs.length > 0 && parts.every((part) => repairs.length > part.repairs.length)

/** For each label the smallest set that repairs it, each set once. */
const chosenFrom = (scouted: readonly Advice[], violated: readonly string[]): readonly Advice[] => {
  const chosen = new Set<Advice>()
  const sorted = [...scouted].sort((a, b) => a.set.length - b.set.length || byWorth(a, b))
  for (const label of violated) {
    const best = sorted.find(({ repairs }) => repairs.includes(label))
    if (best && chosen.size < VERIFIED) chosen.add(best)
  }
  return [...chosen].sort(byWorth)
}

/** All changes of some sets; of two to one policy the first. */
const unionOf = (sets: readonly (readonly Change[])[]): readonly Change[] => {
  const union = new Map<string, Change>()
  for (const change of sets.flat()) if (!union.has(change.policy)) union.set(change.policy, change)
  return [...union.values()]
}

/** What repairs most, then breaks least, then changes least, then costs least, comes first. */
const byWorth = (a: AdviceJson, b: AdviceJson): number =>
  b.repairs.length - a.repairs.length ||
  a.breaks.length - b.breaks.length ||
  a.changes.length - b.changes.length ||
  priceOf(a) - priceOf(b)

const isWithin = (part: readonly Change[], set: readonly Change[]): boolean =>
  part.every((change) => set.includes(change))

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
    prepare: async (jobs) => lasting?.prepare(jobs),
    find: (job) => known.get(keyOf(job)) ?? lasting?.find(job),
    keep: (job, outcome) => {
      if (outcome.complete) known.set(keyOf(job), outcome)
      lasting?.keep(job, outcome)
    },
  }
}

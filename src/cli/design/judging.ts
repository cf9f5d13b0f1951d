/** Runs the searches of designs: each that is different once. */
import { type Policies, policiesOf } from '../../../model/design/noted.ts'
import { type DesignSearch, modelOfSearch, propertiesOfSearch } from '../../../properties/design/searches.ts'
import { PLANS, sourcesOf } from '../../../properties/focuses/plans.ts'
import type { Model } from '../../modelling/model.ts'
import { labelOf } from '../../modelling/property.ts'
import type { Outcome } from '../../search/engine/outcome.ts'
import { joinedVerdict, type Verdict } from '../../search/suite.ts'
import type { Job, OutcomeData } from '../jobs/search-job.ts'
import { UNLIMITED } from '../targets/targets.ts'
import { type SearchingOptions, searched } from '../workers/search-run.ts'

/** What one search says of one property or price. */
export interface Said {
  readonly label: string
  readonly verdict: Verdict
  readonly value?: number
  /** Of a price. */
  readonly unit?: string
  /** Of a violation: the steps of the shortest. */
  readonly steps?: number
}

/** What the searches of one cluster say together, by label. */
export type Verdicts = ReadonlyMap<string, Omit<Said, 'label' | 'steps'>>

/** A search that was run, and what it said. */
export interface Ran {
  readonly search: DesignSearch
  readonly said: readonly Said[]
  readonly complete: boolean
  readonly distinct: number
}

interface Known extends Ran {
  /** What it read of its scheme; all there is, if it was cut. */
  readonly reads: readonly (readonly [policy: string, value: unknown])[]
}

/** How far a search goes, beside how it is run. */
export interface JudgingOptions extends SearchingOptions {
  /** Distinct states after which a search is cut. */
  readonly states: number
  readonly bytes: number
  /** When no more searches are begun, as `performance.now` counts. */
  readonly until: number
  /** How many are begun at the most, beside those that the cache knows. */
  readonly searches?: number
}

/** Knows what was searched, and searches what is new. */
export interface Judging {
  /** In the order of the searches; undefined for what there was no time for. */
  ranOf(searches: readonly DesignSearch[]): Promise<readonly (Ran | undefined)[]>
  /** Searches that were run or found in the cache, and found there. */
  counts(): {
    readonly searches: number
    readonly cached: number
    readonly cut: number
    readonly states: number
  }
  /** Why no more is searched: Ctrl-C, or a limit; undefined as long as more is. */
  over(): 'interrupt' | 'seconds' | 'searches' | undefined
}

export const judging = ({
  states,
  bytes,
  until,
  searches: most = Number.POSITIVE_INFINITY,
  ...how
}: JudgingOptions): Judging => {
  const known = new Map<string, Known[]>()
  let over: ReturnType<Judging['over']>
  const counts = { searches: 0, cached: 0, cut: 0, states: 0 }
  const terminal = { ...how.terminal, err: () => {} }

  const findKnown = (group: string, policies: Policies): Known | undefined =>
    known.get(group)?.find(({ reads }) => reads.every(([policy, value]) => policies[policy] === value))

  /** Of the searches that are not known one for each way in which they can differ, as far as that is known. */
  const representatives = (open: readonly Wanted[]): readonly Wanted[] => {
    const chosen = new Map<string, Wanted>()
    for (const one of open) {
      const read = new Set(known.get(one.group)?.flatMap(({ reads }) => reads.map(([policy]) => policy)))
      const key = [one.group, ...[...read].sort().map((policy) => String(one.policies[policy]))].join('|')
      if (!chosen.has(key)) chosen.set(key, one)
    }
    return [...chosen.values()]
  }

  const run = async (wanted: readonly Wanted[]): Promise<void> => {
    const seconds = (until - performance.now()) / 1000
    const left = most - (counts.searches - counts.cached)
    if (seconds <= 0 || left <= 0) {
      over = seconds <= 0 ? 'seconds' : 'searches'
      return
    }
    const limits = { states, bytes, seconds }
    const jobs = wanted.slice(0, left).map(({ search }) => jobOf(search, limits))
    const found = await searched(jobs, { ...how, terminal })
    if (found.interrupted) over = 'interrupt'
    counts.searches += jobs.length
    counts.cached += found.run.cached
    for (const [i, one] of found.outcomes.entries()) {
      const { search, group, policies } = wanted[i]!
      const outcome = one as Outcome & OutcomeData
      if (outcome.cut === 'interrupt') continue
      if (!outcome.complete) counts.cut += 1
      counts.states += outcome.distinct
      // What a search that was cut has not read, it might have read later.
      const paths = outcome.complete ? outcome.reads : undefined
      const of = known.get(group) ?? []
      known.set(group, of)
      of.push({
        search,
        said: saidBy(search, outcome),
        complete: outcome.complete,
        distinct: outcome.distinct,
        reads: (paths ?? Object.keys(policies)).map((policy) => [policy, policies[policy]]),
      })
    }
  }

  return {
    counts: () => counts,
    over: () => over,
    async ranOf(searches) {
      const wanted = searches.map(wantedOf)
      for (;;) {
        const open = wanted.filter(({ group, policies }) => findKnown(group, policies) === undefined)
        if (open.length === 0 || over) break
        await run(representatives(open))
      }
      return wanted.map(({ group, policies }) => findKnown(group, policies))
    },
  }
}

/** A search, with what it shares with those that differ in policies only, and these. */
interface Wanted {
  readonly search: DesignSearch
  readonly group: string
  readonly policies: Policies
}

const wantedOf = (search: DesignSearch): Wanted => {
  const { plan, constants, labels } = search
  return {
    search,
    group: JSON.stringify([plan, constants.scope, labels]),
    policies: policiesOf(constants.scheme),
  }
}

/** The job of one search. */
export const jobOf = (search: DesignSearch, limits: Job['settings']['limits']): Job => {
  let made: Model | undefined
  return {
    name: `a design, ${search.plan}`,
    source: { kind: 'design', search },
    focus: search.plan,
    settings: { ...UNLIMITED, lean: true, limits },
    content: `design ${JSON.stringify(search)}`,
    sources: sourcesOf(PLANS.get(search.plan)!),
    get model() {
      made ??= modelOfSearch(search)
      return made
    },
  }
}

/** By label; the properties are made of the constants alone, the model is not needed. */
const saidBy = (search: DesignSearch, { judgements }: Pick<Outcome, 'judgements'>): readonly Said[] =>
  propertiesOfSearch(search).flatMap((property): readonly Said[] => {
    const judgement = judgements.find((one) => one.property === property.name)
    if (!judgement) return []
    const { verdict, value, path } = judgement
    return [
      {
        label: labelOf(property),
        verdict,
        ...(value !== undefined && { value }),
        ...(property.kind === 'measure' && { unit: property.unit }),
        ...(verdict === 'violated' && { steps: path!.length - 1 }),
      },
    ]
  })

/** Joins what the searches of one cluster say. */
export const verdictsOf = (ran: readonly Pick<Ran, 'said'>[]): Verdicts => {
  const said = new Map<string, Said[]>()
  for (const one of ran.flatMap((of) => of.said)) said.set(one.label, [...(said.get(one.label) ?? []), one])
  return new Map(
    [...said].map(([label, all]) => {
      const values = all.flatMap(({ value }) => value ?? [])
      const [{ unit }] = all as [Said]
      return [
        label,
        {
          verdict: joinedVerdict(all.map(({ verdict }) => verdict)),
          ...(values.length > 0 && { value: Math.max(...values) }),
          ...(unit !== undefined && { unit }),
        },
      ]
    }),
  )
}

/** Runs the searches of designs: each that is different once. */
import { type Policies, policiesOf } from '../../../model/design/noted.ts'
import { type DesignSearch, modelOfSearch, propertiesOfSearch } from '../../../properties/design/searches.ts'
import { PLANS, sourcesOf } from '../../../properties/focuses/plans.ts'
import type { Model } from '../../modelling/model.ts'
import { labelOf } from '../../modelling/property.ts'
import type { Outcome, Verdict } from '../../search/engine/outcome.ts'
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
  /** Whether somebody pressed Ctrl-C, or the time is over. */
  isOver(): boolean
}

export const judging = ({ states, bytes, until, ...how }: JudgingOptions): Judging => {
  const known = new Map<string, Known[]>()
  let interrupted = false
  let late = false
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
    if (seconds <= 0) {
      late = true
      return
    }
    const limits = { states, bytes, seconds }
    const jobs = wanted.map(({ search }) => jobOf(search, limits))
    const found = await searched(jobs, { ...how, terminal })
    interrupted = found.interrupted
    counts.searches += jobs.length
    counts.cached += found.run.cached
    for (const [i, { search, group, policies }] of wanted.entries()) {
      const outcome = found.outcomes[i]! as Outcome & OutcomeData
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
    isOver: () => interrupted || late,
    async ranOf(searches) {
      const wanted = searches.map(wantedOf)
      for (;;) {
        const open = wanted.filter(({ group, policies }) => findKnown(group, policies) === undefined)
        if (open.length === 0 || interrupted || late) break
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

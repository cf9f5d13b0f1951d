/** When `check` gives advice, and within which budget. */

import type { AdvisedJson } from '../../report/results/advice.ts'
import type { JudgedSuite } from '../../report/results/judged-suite.ts'
import type { ClusterData } from '../jobs/search-job.ts'
import { countOf, countUpTo, given, type RawOptions, secondsOf } from '../options/arguments.ts'
import type { OptionUsage } from '../options/command.ts'
import { cacheOf } from '../saved/cache.ts'
import { namedClusters, type Target } from '../targets/targets.ts'
import type { AdviceOptions } from './judge.ts'

const BUDGET = { searches: 600, seconds: 120, changes: 2 }
/** Of larger sets there are too many to list them. */
const MOST_CHANGES = 3

export const ADVICE_OPTIONS: readonly OptionUsage[] = [
  {
    flags: '--advice',
    sentence: 'look for changes of policies that repair a scheme (a described cluster: always)',
  },
  { flags: '--no-advice', sentence: 'do not look for them' },
  {
    flags: '--advice-seconds <seconds>',
    sentence: `look for this long at most (otherwise: ${BUDGET.seconds})`,
  },
  {
    flags: '--advice-searches <count>',
    sentence: `make so many searches for it at most (otherwise: ${BUDGET.searches})`,
  },
  {
    flags: '--advice-changes <count>',
    sentence: `change up to this many policies together, at most ${MOST_CHANGES}, beside those of whole schemes (otherwise: ${BUDGET.changes})`,
  },
]

/** What was searched, and how. */
interface Checked {
  readonly targets: readonly Target[]
  readonly suites: readonly JudgedSuite[]
  readonly interrupted: boolean
  readonly only: readonly string[] | undefined
}

/** How advice is searched for. */
type Searching = Omit<AdviceOptions, 'budget' | 'cache'>

/** The search for what would repair the one cluster or scheme; undefined where none is asked for or needed. */
export const adviceFor = async (
  options: RawOptions,
  { targets, suites, interrupted, only }: Checked,
): Promise<((how: Searching) => Promise<AdvisedJson>) | undefined> => {
  const budget = {
    searches: given(options, 'adviceSearches', countOf) ?? BUDGET.searches,
    seconds: given(options, 'adviceSeconds', secondsOf) ?? BUDGET.seconds,
    changes: given(options, 'adviceChanges', countUpTo(MOST_CHANGES)) ?? BUDGET.changes,
  }
  const [target, ...others] = targets
  if (!target || others.length > 0 || interrupted || options.advice === false) return undefined
  const isAsked = options.advice === true
  // What a file of expectations is compared with needs no repair.
  if (!isAsked && (options.quiet === true || target.listed !== undefined)) return undefined
  const data = await dataOf(target, isAsked)
  if (!data || data.scope === 'wide') return undefined
  const violated = suites[0]!.properties
    .filter(({ verdict, waived }) => verdict.verdict === 'violated' && !waived)
    .map(({ verdict }) => verdict.label)
  if (violated.length === 0) return undefined
  const before = new Map(
    suites[0]!.properties.map(({ verdict: { label, verdict, value, property } }) => [
      label,
      {
        verdict,
        ...(value !== undefined && { value }),
        ...(property?.kind === 'measure' && { unit: property.unit }),
      },
    ]),
  )
  const { scaling } = target.suite
  return async (how) => {
    const { advise } = await import('./advise.ts')
    const cache = await cacheOf(options, how.terminal)
    return advise({ ...data, before, violated, only, scaling }, { ...how, cache, budget })
  }
}

/** The cluster that a target is; a scheme only where it is wanted. */
const dataOf = async ({ source }: Target, wantsScheme: boolean): Promise<ClusterData | undefined> => {
  if (source.kind === 'cluster') return source.cluster
  if (source.kind !== 'scheme' || !wantsScheme) return undefined
  return { schemes: await namedClusters(source.name, source.scope), scope: source.scope }
}

/** When `check` gives advice, and within which budget. */

import type { AdvisedJson } from '../../report/results/advice.ts'
import type { JudgedSuite } from '../../report/results/judged-suite.ts'
import type { ClusterData } from '../jobs/search-job.ts'
import { countOf, given, type RawOptions, secondsOf } from '../options/arguments.ts'
import type { OptionUsage } from '../options/command.ts'
import type { Terminal } from '../process/terminal.ts'
import { cacheOf } from '../saved/cache.ts'
import { namedClusters, type Target } from '../targets/targets.ts'

const BUDGET = { searches: 600, seconds: 120, changes: 2 }

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
    sentence: `begin no set of changes after this many searches (otherwise: ${BUDGET.searches})`,
  },
  {
    flags: '--advice-changes <count>',
    sentence: `change this many policies together at most (otherwise: ${BUDGET.changes})`,
  },
]

/** What was searched, and how. */
interface Checked {
  readonly targets: readonly Target[]
  readonly suites: readonly JudgedSuite[]
  readonly interrupted: boolean
  readonly workers: number
  readonly bytes: number
  readonly terminal: Terminal
}

/** Advice for the one cluster or scheme that violates something; undefined where none is asked for or needed. */
export const advisedOf = async (
  options: RawOptions,
  { targets, suites, interrupted, workers, bytes, terminal }: Checked,
): Promise<AdvisedJson | undefined> => {
  const budget = {
    searches: given(options, 'adviceSearches', countOf) ?? BUDGET.searches,
    seconds: given(options, 'adviceSeconds', secondsOf) ?? BUDGET.seconds,
    changes: given(options, 'adviceChanges', countOf) ?? BUDGET.changes,
  }
  const [target, ...others] = targets
  if (!target || others.length > 0 || interrupted || options.advice === false) return undefined
  const data = await dataOf(target, options.advice === true)
  if (!data || data.scope === 'wide') return undefined
  const violated = suites[0]!.properties
    .filter(({ verdict, waived }) => verdict.verdict === 'violated' && !waived)
    .map(({ verdict }) => verdict.label)
  if (violated.length === 0) return undefined
  const { advise } = await import('./advise.ts')
  const cache = await cacheOf(options, terminal)
  return advise(data, violated, { workers, bytes, terminal, cache, budget })
}

/** The cluster that a target is; a scheme only where it is wanted. */
const dataOf = async ({ source }: Target, wantsScheme: boolean): Promise<ClusterData | undefined> => {
  if (source.kind === 'cluster') return source.cluster
  if (source.kind !== 'scheme' || !wantsScheme) return undefined
  return { schemes: await namedClusters(source.name, source.scope), scope: source.scope }
}

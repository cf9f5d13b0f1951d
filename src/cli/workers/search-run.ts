/** Searches targets for `matrix` and `check`: threads, the live line, and what Ctrl-C does. */
import { availableParallelism, freemem } from 'node:os'
import { labelOf } from '../../modelling/property.ts'
import { type JudgedSuite, judged } from '../../report/results/judged-suite.ts'
import type { RunJson } from '../../report/results/result-json.ts'
import { progressText } from '../../report/terminal/progress.ts'
import { counted } from '../../report/text/columns.ts'
import type { Outcome } from '../../search/engine/outcome.ts'
import { joined } from '../../search/suite.ts'
import type { Executor, Run } from '../jobs/executor.ts'
import type { Job, OutcomeData, SearchSettings } from '../jobs/search-job.ts'
import type { Terminal } from '../process/terminal.ts'
import type { Cache } from '../saved/cache.ts'
import { jobsOf, type Plan, type Target, tokensOf } from '../targets/targets.ts'
import { outcomeOf } from './search-pool.ts'
import { joinedSwarms, swarmed } from './swarm.ts'
import { threads } from './threads.ts'

/** How to run searches. */
export interface SearchingOptions {
  readonly workers: number
  /** What runs them; otherwise so many threads of this process. */
  readonly executor?: Executor | undefined
  readonly terminal: Terminal
  /** Where results are looked up and kept. */
  readonly cache?: Cache | undefined
}

/** What searches say, in the order of their jobs. */
export interface Outcomes {
  readonly outcomes: readonly Outcome[]
  /** Whether somebody pressed Ctrl-C. */
  readonly interrupted: boolean
  /** Of the whole run, as results have it. */
  readonly run: RunJson
}

/** What the searches of all targets say. */
export interface Searched extends Omit<Outcomes, 'outcomes'> {
  readonly suites: readonly JudgedSuite[]
}

/** Threads for searches: one for each processor that this process may use. */
export const defaultWorkers = (): number => availableParallelism()

/** Bytes that one of so many searches may use when nobody says: together three quarters of the free memory. */
export const defaultBytes = (searches: number): number => {
  const constrained = process.constrainedMemory?.() ?? 0
  const free = constrained > 0 ? Math.min(constrained - process.memoryUsage.rss(), freemem()) : freemem()
  return Math.floor((Math.max(free, 0) * 3) / 4 / searches)
}

/** Runs every search of the targets once and joins what they say. Throws `ModelFault` or `SearchDied`. */
export const searchTargets = async (
  targets: readonly Target[],
  {
    settings,
    swarm,
    ...options
  }: SearchingOptions & {
    readonly settings: SearchSettings
    /** Bitstate searches for each search; absent: one. */
    readonly swarm?: number | undefined
  },
): Promise<Searched> => {
  const plan = jobsOf(targets, settings)
  const { outcomes, ...rest } = await searched(swarm ? swarmed(plan.jobs, swarm) : plan.jobs, options)
  const own = swarm ? joinedSwarms(outcomes, swarm) : outcomes
  return { suites: suitesOf(targets, plan, own), ...rest }
}

/** Joins what searches say into what it means for each target. */
export const suitesOf = (
  targets: readonly Target[],
  { indexOf }: Plan,
  outcomes: readonly Outcome[],
): readonly JudgedSuite[] =>
  targets.map((target) => {
    const own = target.suite.focuses.map((focus) => ({ focus, outcome: outcomes[indexOf(focus)]! }))
    return judged(target.name, joined(target.suite, own), tokensOf(target))
  })

/** Runs searches that the cache does not know. Throws `ModelFault` or `SearchDied`. */
export const searched = async (
  jobs: readonly Job[],
  { workers, executor = threads(workers), terminal, cache }: SearchingOptions,
): Promise<Outcomes> => {
  const started = performance.now()
  await cache?.prepare(jobs)
  const known = jobs.map((job) => cache?.find(job))
  const missing = jobs.filter((_, i) => known[i] === undefined)
  const violated = new Set<string>()
  const run = executor.searches(missing, {
    onProgress: (progress) => terminal.line(progressText(progress, [...violated])),
    onWarning: (text) => terminal.err(`${text}\n`),
    onOutcome: (index, outcome) => {
      const job = missing[index]!
      cache?.keep(job, outcome)
      if (terminal.live && !job.settings.lean)
        for (const label of violatedIn(outcome, job)) violated.add(label)
    },
  })
  const signals = interrupting(run, terminal, executor.onInterrupt)
  const found = await run.outcomes.finally(() => {
    signals.release()
    terminal.line('')
  })
  const cached = jobs.length - missing.length
  if (cached > 0)
    terminal.err(
      `${cached} of ${counted(jobs.length, 'search', 'searches')} found in the cache ${cache!.folder}; --no-cache searches again.\n`,
    )
  let next = 0
  return {
    outcomes: jobs.map((job, i) => {
      const outcome = known[i]
      return outcome ? outcomeOf(outcome, job) : found[next++]!
    }),
    interrupted: signals.interrupted(),
    run: { seconds: (performance.now() - started) / 1000, searches: jobs.length, cached },
  }
}

/** The labels of what a search found violated. */
const violatedIn = ({ judgements }: OutcomeData, job: Job): readonly string[] =>
  judgements.flatMap(({ verdict, property }) => {
    if (verdict !== 'violated') return []
    const found = job.model.properties.find(({ name }) => name === property)
    return [found ? labelOf(found) : property]
  })

/** All of them ask a program to end; the last two come when a terminal is closed, and from Ctrl-\\. */
export const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const

/** The first Ctrl-C asks the searches to stop, the second one does not wait for them. */
export const interrupting = (
  run: Pick<Run, 'interrupt' | 'abandon'>,
  terminal: Terminal,
  said = 'Interrupted: each search now says what it covered; interrupt again not to wait for it.',
) => {
  let count = 0
  const onSignal = (): void => {
    count += 1
    if (count === 1) {
      terminal.err(`${said}\n`)
      run.interrupt()
    } else run.abandon()
  }
  for (const signal of SIGNALS) process.on(signal, onSignal)
  return {
    interrupted: () => count > 0,
    release: () => {
      for (const signal of SIGNALS) process.off(signal, onSignal)
    },
  }
}

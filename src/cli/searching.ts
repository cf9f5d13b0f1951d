/** Searches targets for `matrix` and `check`: threads, the live line, and what Ctrl-C does. */
import { availableParallelism, freemem } from 'node:os'
import { type JudgedSuite, judged } from '../report/judged.ts'
import { progressText } from '../report/progress.ts'
import { joined } from '../search/suite.ts'
import { type Run, runSearches } from './searches.ts'
import { jobsOf, type Target, tokensOf } from './targets.ts'
import type { Terminal } from './terminal.ts'
import type { SearchSettings } from './work.ts'

/** How to run searches. */
export interface SearchingOptions {
  readonly settings: SearchSettings
  readonly workers: number
  readonly terminal: Terminal
}

/** What the searches of all targets say. */
export interface Searched {
  readonly suites: readonly JudgedSuite[]
  /** Whether somebody pressed Ctrl-C. */
  readonly interrupted: boolean
  /** Of the whole run. */
  readonly seconds: number
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
  { settings, workers, terminal }: SearchingOptions,
): Promise<Searched> => {
  const started = performance.now()
  const { jobs, indexOf } = jobsOf(targets)
  const run = runSearches(jobs, {
    settings,
    workers,
    onProgress: (progress) => terminal.line(progressText(progress)),
  })
  const signals = interrupting(run, terminal)
  const outcomes = await run.outcomes.finally(() => {
    signals.release()
    terminal.line('')
  })
  const suites = targets.map((target): JudgedSuite => {
    const own = target.suite.focuses.map((focus) => ({ focus, outcome: outcomes[indexOf(focus)]! }))
    return judged(target.name, joined(target.suite, own), tokensOf(target))
  })
  return { suites, interrupted: signals.interrupted(), seconds: (performance.now() - started) / 1000 }
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** The first Ctrl-C asks the searches to stop, the second one does not wait for them. */
export const interrupting = (run: Run, terminal: Terminal) => {
  let count = 0
  const onSignal = (): void => {
    count += 1
    if (count === 1) {
      terminal.err('Interrupted: each search now says what it covered; interrupt again not to wait for it.\n')
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

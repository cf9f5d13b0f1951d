/** Runs the searches of validations, those that several have in common once. */
import type { Trial } from '../../../properties/validation/trials.ts'
import { progressText } from '../../report/terminal/progress.ts'
import type { Executor } from '../jobs/executor.ts'
import type { Job, ValidationSource } from '../jobs/search-job.ts'
import type { Terminal } from '../process/terminal.ts'
import { checkedTrialsFor } from '../targets/extensions.ts'
import { defaultBytes, interrupting } from '../workers/search-run.ts'
import { threads } from '../workers/threads.ts'
import { verdictOf } from './verdicts.ts'

/** How they are run. */
export interface Running {
  readonly workers: number
  /** What runs them; otherwise so many threads of this process. */
  readonly executor?: Executor | undefined
  readonly limits: { readonly states: number; readonly seconds: number }
}

/** Runs the searches of all validations. */
export const judgedAll = async (
  validations: readonly ValidationSource[],
  { workers, executor, limits }: Running,
  terminal: Terminal,
) => {
  const found = await Promise.all(validations.map(checkedTrialsFor))
  const jobs: Job[] = []
  const bytes = executor ? Infinity : defaultBytes(workers)
  const shared = new Map<string, number>()
  /** Without any extension, a search is the same whatever the parameters. */
  const indexOf = (trial: Trial, validation: ValidationSource): number => {
    const known = trial.variant === 'without' ? shared.get(trial.name) : undefined
    if (known !== undefined) return known
    const { name } = trial
    jobs.push({
      name,
      source: { kind: 'validation', validation },
      focus: name,
      settings: { exact: 'free', deadlock: false, limits: { ...limits, bytes } },
      get model() {
        return trial.model
      },
    })
    shared.set(name, jobs.length - 1)
    return jobs.length - 1
  }
  const indices = found.map(({ trials }, i) => trials.map((trial) => indexOf(trial, validations[i]!)))
  const by = executor ?? threads(workers)
  const run = by.searches(jobs, {
    onProgress: (progress) => terminal.line(progressText(progress)),
    onWarning: (text) => terminal.err(`${text}\n`),
  })
  const signals = interrupting(run, terminal, by.onInterrupt)
  const outcomes = await run.outcomes.finally(() => {
    signals.release()
    terminal.line('')
  })
  const verdicts = found.map(({ used, trials }, i) => ({
    source: validations[i]!,
    verdict: verdictOf(
      used,
      trials.map((trial, j) => ({ trial, outcome: outcomes[indices[i]![j]!]! })),
    ),
  }))
  return { verdicts, searches: jobs.length, interrupted: signals.interrupted() }
}

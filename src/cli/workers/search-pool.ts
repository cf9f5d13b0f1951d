/**
 * Runs searches on worker threads, several at a time. After a search that is not small a thread is left for a fresh
 * one, since what the compiler has learnt of one model slows down the next. Results are in the order of the jobs, whatever the number of threads.
 */
import { Worker } from 'node:worker_threads'
import { ModelFault } from '../../modelling/fault.ts'
import type { Progress } from '../../search/breadth-first.ts'
import { type Cut, type Judgement, missProbabilityOf, type Outcome } from '../../search/engine/outcome.ts'
import type { Callbacks, Run } from '../jobs/executor.ts'
import type { Job, OutcomeData, Report, Work } from '../jobs/search-job.ts'
import { stuckText, Watch } from '../jobs/watch.ts'
import { UsageError } from '../process/errors.ts'
import { patientCompilers } from './compilers.ts'
import { diedIn, endedWith } from './died.ts'

/** How many threads run searches, and what these tell. */
export interface RunOptions extends Callbacks {
  /** Threads: of several searches at one time, and of one where fewer are left. */
  readonly workers: number
}

/** What the compiler learns from so many states, in all, slows down what comes next more than a fresh thread costs. */
export const SMALL = 1_000_000

/** Milliseconds between two looks at what threads run, and until a closure is stopped after an interrupt. */
const LOOK = 250
const GRACE = 2500

/** A worker, and what is done with what it says of its present search. */
export interface Thread {
  readonly worker: Worker
  readonly hearing: { report(message: Report): void; death(reason: string): void }
}

export const newThread = (): Thread => {
  patientCompilers()
  const worker = new Worker(new URL('./search-worker.js', import.meta.url), { stdout: true })
  const hearing: Thread['hearing'] = { report: () => {}, death: () => {} }
  // What a model prints is no result: it goes to standard error.
  worker.stdout.on('data', (text: Buffer) => process.stderr.write(text))
  worker.on('message', (message: Report) => hearing.report(message))
  worker.on('error', (error) => hearing.death(error.stack ?? String(error)))
  worker.on('exit', (code) => hearing.death(endedWith(code)))
  return { worker, hearing }
}

/** Lets a thread end by itself: what its models throw after their searches is still heard. */
export const leave = ({ worker, hearing }: Thread): Promise<void> =>
  new Promise((settle) => {
    const { death } = hearing
    let ended = false
    hearing.death = (reason) => {
      if (reason !== endedWith(0) && !ended) death(reason)
      ended = true
      settle()
    }
    worker.postMessage(null)
    if (worker.threadId === -1) settle()
  })

/** Starts the searches. The outcomes reject with the `ModelFault` or `SearchDied` of the first job that has one. */
export const runSearches = (
  jobs: readonly Job[],
  { workers, onProgress, onWarning, onOutcome }: RunOptions,
): Run => {
  const stop = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
  const flag = new Int32Array(stop)
  const started = performance.now()
  const latest: (Progress | undefined)[] = jobs.map(() => undefined)
  const outcomes: (Outcome | undefined)[] = jobs.map(() => undefined)
  const failures: (Error | undefined)[] = jobs.map(() => undefined)
  const running = new Map<number, Worker>()
  const watches = new Map<number, Watch>()
  let next = 0
  let abandoned = false
  /** Searches that were stopped in a closure that does not return. */
  const dropped = new Set<number>()

  const tell = (): void => {
    const known = latest.filter((progress) => progress !== undefined)
    const sum = (of: (p: Progress) => number) => known.reduce((total, p) => total + of(p), 0)
    onProgress({
      searches: jobs.length,
      finished: outcomes.filter((outcome) => outcome !== undefined).length,
      distinct: sum((p) => p.distinct),
      frontier: sum((p) => p.frontier),
      depth: Math.max(0, ...[...running.keys()].map((i) => latest[i]?.depth ?? 0)),
      bytes: [...running.keys()].reduce((total, i) => total + (latest[i]?.bytes ?? 0), 0),
      elapsedSeconds: (performance.now() - started) / 1000,
      ...(jobs.length === 1 && latest[0]?.forecast && { forecast: latest[0].forecast }),
    })
  }

  const hear = (index: number, message: Report): void => {
    const job = jobs[index]!
    if (message.kind === 'progress') latest[index] = message.progress
    else if (message.kind === 'warning') onWarning?.(message.text)
    else if (message.kind === 'outcome') {
      outcomes[index] = outcomeOf(message.outcome, job)
      latest[index] = message.outcome
      onOutcome?.(index, message.outcome)
    } else if (message.kind === 'fault') fail(index, new ModelFault(message.data))
    else if (message.kind === 'usage') fail(index, new UsageError(message.data))
    else fail(index, diedIn(job, message.reason))
    tell()
  }

  /** Later searches are of no use any more; earlier ones may have a failure of their own, which goes first. */
  const fail = (index: number, failure: Error): void => {
    failures[index] ??= failure
    for (const [other, worker] of running) if (other > index) void worker.terminate()
  }

  /** Threads that nobody else has a use for: a search that is not small is given them. */
  const helpersOf = (index: number): number =>
    jobs[index]!.settings.profile || jobs[index]!.settings.lean
      ? 0
      : Math.floor(workers / Math.min(workers, jobs.length - index)) - 1

  /** Runs a job on a thread; settles when it has said its last word about it, or died. */
  const runJob = (index: number, { worker, hearing }: Thread): Promise<void> =>
    new Promise((settle) => {
      const { source, focus, settings } = jobs[index]!
      const end = (): void => {
        running.delete(index)
        watches.delete(index)
        settle()
      }
      running.set(index, worker)
      hearing.report = (message) => {
        hear(index, message)
        if (message.kind !== 'progress' && message.kind !== 'warning') end()
      }
      hearing.death = (reason) => {
        if (!abandoned && !dropped.has(index)) fail(index, diedIn(jobs[index]!, reason))
        end()
      }
      const helpers = helpersOf(index)
      const watch = new Watch(1 + helpers)
      watches.set(index, watch)
      worker.postMessage({ source, focus, settings, helpers, stop, watch: watch.memory } satisfies Work)
    })

  /** Says which closures have been running for so long; the jobs whose threads run them. */
  const tellStuck = (milliseconds: number): readonly number[] =>
    [...watches].flatMap(([index, watch]) => {
      const { model } = jobs[index]!
      const stuck = watch.stuck(model, milliseconds)
      for (const closure of stuck) onWarning?.(stuckText(model, closure))
      return stuck.length > 0 ? [index] : []
    })

  const looking = setInterval(() => {
    for (const watch of watches.values()) watch.look()
  }, LOOK)
  looking.unref()

  /** After an interrupt: a search that is in a closure which does not return is stopped. */
  const stopStuck = async (): Promise<void> => {
    for (let since = performance.now(); running.size > 0; ) {
      await new Promise((resume) => setTimeout(resume, LOOK))
      if (performance.now() - since < GRACE) continue
      for (const index of tellStuck(GRACE / 2)) {
        dropped.add(index)
        void running.get(index)?.terminate()
        watches.delete(index)
      }
    }
  }

  /** Jobs start in order, so every job before a failed one has started. A thread has small searches only, or one. */
  const lane = async (): Promise<void> => {
    let thread: Thread | undefined
    let states = 0
    while (next < jobs.length && flag[0] === 0 && failures.every((failure) => failure === undefined)) {
      const index = next++
      thread ??= newThread()
      await runJob(index, thread)
      states += outcomes[index]?.distinct ?? Number.POSITIVE_INFINITY
      if (states < SMALL) continue
      await leave(thread)
      thread = undefined
      states = 0
    }
    if (thread) await leave(thread)
  }

  const finish = async (): Promise<readonly Outcome[]> => {
    await Promise.all(Array.from({ length: Math.min(workers, jobs.length) }, lane))
    clearInterval(looking)
    const failure = failures.find((f) => f !== undefined)
    if (failure) throw failure
    return jobs.map((job, i) => outcomes[i] ?? undecided(job, latest[i]))
  }

  return {
    outcomes: finish(),
    interrupt() {
      Atomics.store(flag, 0, 1)
      void stopStuck()
    },
    abandon() {
      abandoned = true
      tellStuck(LOOK)
      Atomics.store(flag, 0, 1)
      for (const worker of running.values()) void worker.terminate()
    },
  }
}

/** The outcome with the model that it is of. */
export const outcomeOf = (data: OutcomeData, job: Job): Outcome => ({
  ...data,
  get model() {
    return job.model
  },
})

/** The outcome of a search that was never begun, or was stopped before it could say what it found. */
export const undecided = (
  { model, settings }: Job,
  progress: Progress | undefined,
  cut: Cut = 'interrupt',
): Outcome => {
  const { exact, deadlock, bitstate } = settings
  const judgements: readonly Judgement[] = [
    ...model.properties.map((p) => ({ property: p.name, kind: p.kind, verdict: 'unknown' }) as const),
    ...(deadlock ? [{ property: 'Deadlock', kind: 'deadlock', verdict: 'unknown' } as const] : []),
  ]
  const { distinct, generated, frontier, depth, bytes, elapsedSeconds } = progress ?? NOTHING
  return {
    model,
    judgements,
    distinct,
    generated,
    depth,
    stuck: 0,
    coverage: [],
    complete: false,
    cut,
    frontier,
    exact: exact === true,
    missProbability: exact === true ? 0 : bitstate ? 1 : missProbabilityOf(distinct),
    elapsedSeconds,
    bytes,
  }
}

const NOTHING: Progress = { distinct: 0, generated: 0, frontier: 0, depth: 0, bytes: 0, elapsedSeconds: 0 }

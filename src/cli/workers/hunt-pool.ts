/**
 * Hunts on several threads: each makes every n-th run, and then makes its share of the traces small. What is found does
 * not depend on the number of threads.
 */
import { Worker } from 'node:worker_threads'
import type { HuntOptions, HuntPart, HuntSoFar, Small } from '../../hunt/hunter.ts'
import { concluded, gathered, type HuntOutcome } from '../../hunt/outcome.ts'
import { ModelFault } from '../../modelling/fault.ts'
import type { Model } from '../../modelling/model.ts'
import type { HuntReport, HuntWork, TraceWork } from '../jobs/hunt-job.ts'
import type { Job } from '../jobs/search-job.ts'
import { stuckText, Watch } from '../jobs/watch.ts'
import { diedIn, endedWith } from './died.ts'

/** What running hunts are told and tell. */
export interface HuntingOptions {
  readonly options: HuntOptions
  readonly workers: number
  /** How far all threads of the present hunt have come. */
  readonly onProgress: (name: string, progress: HuntSoFar) => void
  /** Told of what went wrong and does not end the hunt. */
  readonly onWarning: (text: string) => void
}

/** Hunts that are running. */
export interface HuntingRun {
  /** Of the jobs that were hunted in, in their order. */
  readonly outcomes: Promise<readonly HuntOutcome[]>
  /** Asks the present hunt to stop and say what it found; no more are started. */
  interrupt(): void
  /** Stops every thread at once. */
  abandon(): void
}

/** Milliseconds between two looks at what threads run, and until a closure is stopped after an interrupt. */
const LOOK = 250
const GRACE = 2500

/** A thread, which answers each piece of work once. */
class HuntThread {
  readonly #worker: Worker
  readonly #job: Job
  #settle: ((report: HuntReport) => void) | undefined
  #fail: ((error: Error) => void) | undefined
  progress: HuntSoFar = { runs: 0, states: 0, sightings: 0 }

  constructor(job: Job, onProgress: () => void) {
    this.#job = job
    this.#worker = new Worker(new URL('./hunt-worker.js', import.meta.url), { stdout: true })
    // What a model prints is no result: it goes to standard error.
    this.#worker.stdout.on('data', (text: Buffer) => process.stderr.write(text))
    this.#worker.on('message', (report: HuntReport) => {
      if (report.kind === 'progress') {
        this.progress = report.progress
        onProgress()
      } else if (report.kind === 'fault') this.#fail?.(new ModelFault(report.data))
      else if (report.kind === 'failure') this.#fail?.(diedIn(job, report.reason))
      else this.#settle?.(report)
    })
    this.#worker.on('error', (error) => this.#die(error.stack ?? String(error)))
    this.#worker.on('exit', (code) => this.#die(endedWith(code)))
  }

  ask(work: HuntWork | TraceWork): Promise<HuntReport> {
    return new Promise((settle, fail) => {
      this.#settle = settle
      this.#fail = fail
      this.#worker.postMessage(work)
    })
  }

  end(): void {
    void this.#worker.terminate()
  }

  #die(reason: string): void {
    this.#fail?.(diedIn(this.#job, reason))
  }
}

/** Starts hunting in one job after the other. The outcomes reject with the `ModelFault` or `SearchDied` of the first that has one. */
export const runHunts = (
  jobs: readonly Job[],
  { options, workers, onProgress, onWarning }: HuntingOptions,
): HuntingRun => {
  const stop = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
  const flag = new Int32Array(stop)
  let threads: readonly HuntThread[] = []
  let abandoned = false
  let watch: Watch | undefined
  let present: Model | undefined

  const looking = setInterval(() => watch?.look(), LOOK)
  looking.unref()

  /** Says which closures have been running for so long. */
  const tellStuck = (milliseconds: number): boolean => {
    const stuck = present && watch ? watch.stuck(present, milliseconds) : []
    for (const closure of stuck) onWarning(stuckText(present!, closure))
    return stuck.length > 0
  }

  /** After an interrupt: threads that are in a closure which does not return are stopped, and what they found is lost. */
  const stopStuck = async (): Promise<void> => {
    for (let since = performance.now(); !over; ) {
      await new Promise((resume) => setTimeout(resume, LOOK))
      if (performance.now() - since < GRACE || !tellStuck(GRACE / 2)) continue
      abandoned = true
      for (const thread of threads) thread.end()
      return
    }
  }
  let over = false

  const inOne = async (job: Job): Promise<HuntOutcome> => {
    const { name, source, focus, model } = job
    present = model
    watch = new Watch(workers)
    const { memory } = watch
    const sum = (of: (progress: HuntSoFar) => number) =>
      threads.reduce((total, { progress }) => total + of(progress), 0)
    const tell = (): void =>
      onProgress(name, {
        runs: sum((p) => p.runs),
        states: sum((p) => p.states),
        sightings: sum((p) => p.sightings),
      })
    // The searches of a scheme differ in their actions: each takes the weights of those it has.
    const names = model.actions.map((action) => action.name)
    const weights = Object.fromEntries(
      Object.entries(options.weights).filter(([action]) => names.includes(action)),
    )
    const own = { ...options, weights }
    threads = Array.from({ length: workers }, () => new HuntThread(job, tell))
    try {
      const parts = await Promise.all(
        threads.map(async (thread, first): Promise<HuntPart> => {
          const work = {
            kind: 'hunt',
            source,
            focus,
            options: own,
            first,
            every: workers,
            stop,
            watch: memory,
          } as const
          return ((await thread.ask(work)) as Extract<HuntReport, { kind: 'part' }>).part
        }),
      )
      const seen = gathered(model, parts).filter((of) => of.length > 0)
      const small = await Promise.all(
        threads.map(async (thread, k): Promise<readonly Small[]> => {
          const sightings = seen.filter((_, i) => i % workers === k)
          return ((await thread.ask({ kind: 'trace', sightings })) as Extract<HuntReport, { kind: 'small' }>)
            .small
        }),
      )
      const traces: (Small | undefined)[] = model.properties.map(() => undefined)
      seen.forEach((of, i) => {
        traces[of[0]!.property] = small[i % workers]![Math.floor(i / workers)]!
      })
      return concluded(model, parts, traces)
    } catch (thrown) {
      if (!abandoned) throw thrown
      const so = { runs: sum((p) => p.runs), states: sum((p) => p.states) }
      onWarning(
        `${name} was stopped after ${so.runs} runs with ${so.states} states; what they showed is lost.`,
      )
      throw thrown
    } finally {
      for (const thread of threads) thread.end()
    }
  }

  const all = async (): Promise<readonly HuntOutcome[]> => {
    const outcomes: HuntOutcome[] = []
    for (const job of jobs) {
      if (Atomics.load(flag, 0) !== 0) break
      try {
        outcomes.push(await inOne(job))
      } catch (thrown) {
        if (!abandoned) throw thrown
      }
    }
    clearInterval(looking)
    over = true
    return outcomes
  }

  return {
    outcomes: all(),
    interrupt() {
      Atomics.store(flag, 0, 1)
      void stopStuck()
    },
    abandon() {
      abandoned = true
      tellStuck(LOOK)
      Atomics.store(flag, 0, 1)
      for (const thread of threads) thread.end()
    },
  }
}

/** Threads of this process that do the pieces of a hunt: each takes the next one when it is done. */
import { Worker } from 'node:worker_threads'
import type { HuntOptions, HuntSoFar } from '../../hunt/hunter.ts'
import { ModelFault } from '../../modelling/fault.ts'
import { type Hands, type HandsCallbacks, Left } from '../jobs/executor.ts'
import type { HuntReport, HuntWork } from '../jobs/hunt-job.ts'
import type { Job } from '../jobs/search-job.ts'
import { stuckText, Watch } from '../jobs/watch.ts'
import { diedIn, endedWith } from './died.ts'

/** Milliseconds between two looks at what threads run, and until a closure is stopped after an interrupt. */
const LOOK = 250
const GRACE = 2500

/** A thread, which answers each piece of work once. */
export class HuntThread {
  readonly #worker: Worker
  readonly #died: (reason: string) => Error
  #settle: ((report: HuntReport) => void) | undefined
  #fail: ((error: Error) => void) | undefined
  /** Of the slice that it is making; what it has made before is added up elsewhere. */
  progress: HuntSoFar = NOTHING

  /** `died`: what a thread comes to that has ended without a result. */
  constructor(died: (reason: string) => Error, onProgress: () => void) {
    this.#died = died
    this.#worker = new Worker(new URL('./hunt-worker.js', import.meta.url), { stdout: true })
    // What a model prints is no result: it goes to standard error.
    this.#worker.stdout.on('data', (text: Buffer) => process.stderr.write(text))
    this.#worker.on('message', (report: HuntReport) => {
      if (report.kind === 'progress') {
        this.progress = report.progress
        onProgress()
      } else if (report.kind === 'fault') this.#fail?.(new ModelFault(report.data))
      else if (report.kind === 'failure') this.#fail?.(died(report.reason))
      else this.#settle?.(report)
    })
    this.#worker.on('error', (error) => this.#die(error.stack ?? String(error)))
    this.#worker.on('exit', (code) => this.#die(endedWith(code)))
  }

  ask(work: HuntWork): Promise<HuntReport> {
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
    this.#fail?.(this.#died(reason))
  }
}

export const NOTHING: HuntSoFar = { runs: 0, states: 0, sightings: 0 }

/** Together. */
export const added = (all: readonly HuntSoFar[]): HuntSoFar => {
  const sum = (of: (progress: HuntSoFar) => number) => all.reduce((total, one) => total + of(one), 0)
  return { runs: sum((p) => p.runs), states: sum((p) => p.states), sightings: sum((p) => p.sightings) }
}

/** Threads that hunt in the model of one job. */
export const huntThreads = (
  workers: number,
  job: Job,
  options: HuntOptions,
  { onProgress, onWarning }: HandsCallbacks,
): Hands => {
  const { name, source, focus, model } = job
  const stop = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
  const flag = new Int32Array(stop)
  const watch = new Watch(workers)
  const threads = Array.from(
    { length: workers },
    () => new HuntThread((reason) => diedIn(job, reason), onProgress),
  )
  let made = NOTHING
  let isOver = false
  let isLost = false
  const looking = setInterval(() => watch.look(), LOOK)
  looking.unref()

  /** Says which closures have been running for so long. */
  const tellStuck = (milliseconds: number): boolean => {
    const stuck = watch.stuck(model, milliseconds)
    for (const closure of stuck) onWarning(stuckText(model, closure))
    return stuck.length > 0
  }
  const end = (): void => {
    isOver = true
    clearInterval(looking)
    for (const thread of threads) thread.end()
  }
  const progress = (): HuntSoFar => added([made, ...threads.map((thread) => thread.progress)])
  const lose = (): void => {
    isLost = true
    const { runs, states } = progress()
    onWarning(`${name} was stopped after ${runs} runs with ${states} states; what they showed is lost.`)
    for (const thread of threads) thread.end()
  }
  /** After an interrupt: threads that are in a closure which does not return are stopped, and what they found is lost. */
  const stopStuck = async (): Promise<void> => {
    for (let since = performance.now(); !isOver; ) {
      await new Promise((resume) => setTimeout(resume, LOOK))
      if (isOver || performance.now() - since < GRACE || !tellStuck(GRACE / 2)) continue
      return lose()
    }
  }

  /** Each thread takes the next piece when it is done with one. */
  const all = async <K extends 'part' | 'small'>(
    pieces: readonly HuntWork['piece'][],
  ): Promise<readonly Extract<HuntReport, { kind: K }>[]> => {
    const found: Extract<HuntReport, { kind: K }>[] = []
    let next = 0
    const ended = threads.map(async (thread) => {
      while (next < pieces.length) {
        const index = next++
        const piece = pieces[index]!
        const said = await thread.ask({ source, focus, options, piece, stop, watch: watch.memory })
        found[index] = said as (typeof found)[number]
        thread.progress = NOTHING
        if (said.kind !== 'part') continue
        const { runs, coverage, sightings } = said.part
        made = added([made, { runs, states: coverage.states, sightings: sightings.length }])
      }
    })
    try {
      await Promise.all(ended)
    } catch (thrown) {
      throw isLost ? new Left() : thrown
    }
    return found
  }

  return {
    runs: async (slices) => (await all<'part'>(slices)).map(({ part }) => part),
    small: async (sightings) => (await all<'small'>(sightings)).map(({ small }) => small),
    progress,
    stop(gently) {
      Atomics.store(flag, 0, 1)
      if (gently) return void stopStuck()
      tellStuck(LOOK)
      lose()
    },
    end,
  }
}

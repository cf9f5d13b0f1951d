/**
 * The threads of the explorer: one for each model that somebody stands in, and one for each question. A thread whose
 * closure does not return is named and stopped.
 */
import { Worker } from 'node:worker_threads'
import type { Question, Said, Steps } from '../../explore/protocol.ts'
import type { Bounds } from '../../explore/questions.ts'
import type { Model } from '../../modelling/model.ts'
import { stuckText, Watch } from '../jobs/watch.ts'
import type { QuestionWork, Replied, Replies, Request, Stand } from './explore-job.ts'
import { Refusal } from './problems.ts'

/** Milliseconds between two looks at what threads run, and after which a closure that still runs is stopped. */
const LOOK = 250
const PATIENCE = 3000
/** Models that are kept open, and questions that are looked into at one time. */
const MOST_OPEN = 4
const MOST_QUESTIONS = 4

/** A model that can be stood in; `model` is asked for when a closure has to be named. */
export interface Standing extends Omit<Stand, 'watch'> {
  readonly key: string
  readonly model: Model
}

interface Open {
  readonly worker: Worker
  readonly watch: Watch
  readonly standing: Standing
  readonly waiting: Map<number, { settle(reply: never): void; fail(problem: Refusal): void }>
}

interface Asked {
  readonly worker: Worker
  readonly watch: Watch
  readonly standing: Standing
  readonly flag: Int32Array
  stoppedAt: number | undefined
  say(said: Said): void
  end(): void
}

/** What a model prints is no result. */
const started = (file: string, workerData: unknown): Worker => {
  const worker = new Worker(new URL(file, import.meta.url), { workerData, stdout: true })
  worker.stdout.on('data', (text: Buffer) => process.stderr.write(text))
  return worker
}

/** The threads of one server. */
export class Threads {
  readonly #open = new Map<string, Open>()
  readonly #asked = new Map<string, Asked>()
  readonly #looking = setInterval(() => this.#look(), LOOK)
  #next = 0

  constructor() {
    this.#looking.unref()
  }

  /** Asks the thread of a model. Throws `Refusal`. */
  async ask<K extends keyof Replies>(
    standing: Standing,
    request: Request & { readonly kind: K },
  ): Promise<Replies[K]> {
    const open = this.#opened(standing)
    const id = this.#next++
    return new Promise<Replies[K]>((settle, fail) => {
      open.waiting.set(id, { settle, fail })
      open.worker.postMessage({ id, request })
    })
  }

  #opened(standing: Standing): Open {
    const known = this.#open.get(standing.key)
    if (known) {
      // The one that was used last is closed last.
      this.#open.delete(standing.key)
      this.#open.set(standing.key, known)
      return known
    }
    const idle = [...this.#open].find(([, { waiting }]) => waiting.size === 0)
    if (this.#open.size >= MOST_OPEN && idle) this.#close(idle[0], 'it was closed')
    const { key: _, model: __, ...stand } = standing
    const watch = new Watch(1)
    const worker = started('./model-thread.js', { ...stand, watch: watch.memory } satisfies Stand)
    const open: Open = { worker, watch, standing, waiting: new Map() }
    worker.on('message', (replied: Replied) => {
      const waiting = open.waiting.get(replied.id)
      open.waiting.delete(replied.id)
      if ('problem' in replied) waiting?.fail(new Refusal(replied.problem))
      else waiting?.settle(replied.reply as never)
    })
    const died = (reason: string): void => {
      if (this.#open.get(standing.key) === open)
        this.#close(standing.key, `The thread of ${standing.scheme} ended: ${reason}.`)
    }
    worker.on('error', (error) => died(error instanceof Error ? error.message : String(error)))
    worker.on('exit', (code) => died(`code ${code}`))
    this.#open.set(standing.key, open)
    return open
  }

  #close(key: string, problem: string): void {
    const open = this.#open.get(key)
    this.#open.delete(key)
    if (!open) return
    void open.worker.terminate()
    for (const { fail } of open.waiting.values()) fail(new Refusal(problem))
  }

  /** Looks into a question; settles when the last word was said. Throws `Refusal`. */
  async question(
    id: string,
    standing: Standing,
    {
      path,
      question,
      bounds,
    }: { readonly path: Steps; readonly question: Question; readonly bounds: Bounds },
    say: (said: Said) => void,
  ): Promise<void> {
    if (this.#asked.has(id)) throw new Refusal(`A question ${id} is being looked into already.`, 409)
    if (this.#asked.size >= MOST_QUESTIONS)
      throw new Refusal(`${MOST_QUESTIONS} questions are being looked into; stop one of them first.`, 429)
    const { key: _, model: __, ...stand } = standing
    const watch = new Watch(1)
    const stop = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
    const work: QuestionWork = { stand: { ...stand, watch: watch.memory }, path, question, bounds, stop }
    const worker = started('./question-thread.js', work)
    await new Promise<void>((settle) => {
      let isOver = false
      const end = (): void => {
        if (isOver) return
        isOver = true
        this.#asked.delete(id)
        void worker.terminate()
        settle()
      }
      this.#asked.set(id, {
        worker,
        watch,
        standing,
        flag: new Int32Array(stop),
        stoppedAt: undefined,
        say,
        end,
      })
      worker.on('message', (said: Said) => {
        if (isOver) return
        say(said)
        if (said.kind !== 'progress') end()
      })
      const died = (reason: string): void => {
        if (!isOver) say({ kind: 'problem', problem: `The search ended without a result: ${reason}.` })
        end()
      }
      worker.on('error', (error) => died(error instanceof Error ? error.message : String(error)))
      worker.on('exit', (code) => died(`code ${code}`))
    })
  }

  /** Asks a question to stop and say what it found; `now`: nobody listens any more. */
  stop(id: string, now = false): void {
    const asked = this.#asked.get(id)
    if (!asked) return
    asked.stoppedAt ??= performance.now()
    Atomics.store(asked.flag, 0, 1)
    if (now) asked.end()
  }

  #look(): void {
    for (const [key, { watch, standing, waiting }] of this.#open) {
      watch.look()
      if (waiting.size === 0) continue
      const [stuck] = watch.stuck(standing.model, PATIENCE)
      if (stuck) this.#close(key, `${stuckText(standing.model, stuck)} It was stopped.`)
    }
    for (const { watch, standing, stoppedAt, say, end } of this.#asked.values()) {
      const [stuck] = watch.stuck(standing.model, PATIENCE)
      if (!stuck) continue
      const text = stuckText(standing.model, stuck)
      if (stoppedAt === undefined) say({ kind: 'progress', text })
      else {
        say({ kind: 'problem', problem: `${text} It was stopped.` })
        end()
      }
    }
  }

  /** Stops all; the sentences on closures that were still running. */
  end(): readonly string[] {
    clearInterval(this.#looking)
    const running = [...this.#open.values(), ...this.#asked.values()]
    const texts = running.flatMap(({ watch, standing }) =>
      watch.stuck(standing.model, LOOK).map((stuck) => stuckText(standing.model, stuck)),
    )
    for (const { worker } of running) void worker.terminate()
    this.#open.clear()
    this.#asked.clear()
    return texts
  }
}

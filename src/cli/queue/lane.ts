/** One thread of a worker: runs one search after the other, and is left for a fresh one as those of `search-pool.ts` are. */
import type { HuntSoFar } from '../../hunt/hunter.ts'
import { ModelFault } from '../../modelling/fault.ts'
import type { Progress } from '../../search/breadth-first.ts'
import type { HuntWork } from '../jobs/hunt-job.ts'
import type { Work } from '../jobs/search-job.ts'
import { stuckText, Watch } from '../jobs/watch.ts'
import { modelOf } from '../targets/search-model.ts'
import { diedIn } from '../workers/died.ts'
import { HuntThread } from '../workers/hunt-threads.ts'
import { leave, newThread, SMALL, type Thread } from '../workers/search-pool.ts'
import type { Result } from './result-data.ts'

/** The last word of a thread on its job: what came of it, or why the thread had to be given up. */
export type LastWord = Result | { readonly kind: 'failure'; readonly reason: string }

/** A job on a lane. */
export interface LaneRun {
  readonly ended: Promise<LastWord>
  /** Asks it to stop and say what it covered. */
  stop(): void
}

/** Milliseconds between two looks at what a thread runs, and after which a closure is said never to return. */
const LOOK = 1000
const NEVER = 60_000

export class Lane {
  #thread: Thread | undefined
  #states = 0
  #hunting: Hunting | undefined

  /** Runs a search; `onProgress` hears how far it is. A thread that dies, or never returns, is a failure. */
  search(
    { source, focus, settings }: Pick<Work, 'source' | 'focus' | 'settings'>,
    onProgress: (progress: Progress) => void,
  ): LaneRun {
    const stop = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
    const watch = new Watch(1)
    this.#thread ??= newThread()
    const thread = this.#thread
    const ended = new Promise<LastWord>((settle) => {
      const end = (word: LastWord): void => {
        clearInterval(looking)
        settle(word)
      }
      const lost = (reason: string): void => {
        if (this.#thread === thread) this.#thread = undefined
        void thread.worker.terminate()
        void deathOf({ source, focus }, reason).then(end)
      }
      thread.hearing.report = (message) => {
        if (message.kind === 'progress') onProgress(message.progress)
        else if (message.kind !== 'warning') end(message)
      }
      thread.hearing.death = lost
      const looking = lookingFor(watch, { source, focus }, lost)
      thread.worker.postMessage({
        source,
        focus,
        settings,
        helpers: 0,
        stop,
        watch: watch.memory,
      } satisfies Work)
    })
    return {
      ended: ended.then(async (word) => {
        this.#states += word.kind === 'outcome' ? word.outcome.distinct : Number.POSITIVE_INFINITY
        if (this.#states >= SMALL) await this.end()
        return word
      }),
      stop: () => void Atomics.store(new Int32Array(stop), 0, 1),
    }
  }

  /** Does a piece of a hunt. A thread makes many pieces, all in one model. */
  hunt(
    { source, focus, options, piece }: Omit<HuntWork, 'stop' | 'watch'>,
    onProgress: (progress: HuntSoFar) => void,
  ): LaneRun {
    const stop = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
    const of = JSON.stringify([source, focus])
    if (this.#hunting?.of !== of) {
      this.#hunting?.thread.end()
      const hunting: Hunting = {
        of,
        watch: new Watch(1),
        hear: () => {},
        thread: new HuntThread(
          (reason) => new Error(reason),
          () => hunting.hear(hunting.thread.progress),
        ),
      }
      this.#hunting = hunting
    }
    const hunting = this.#hunting
    const { thread, watch } = hunting
    hunting.hear = onProgress
    const ended = new Promise<LastWord>((settle) => {
      const lost = (reason: string): void => {
        clearInterval(looking)
        if (this.#hunting === hunting) this.#hunting = undefined
        thread.end()
        void deathOf({ source, focus }, reason).then(settle)
      }
      const looking = lookingFor(watch, { source, focus }, lost)
      thread.ask({ source, focus, options, piece, stop, watch: watch.memory }).then(
        (said) => {
          clearInterval(looking)
          if (said.kind === 'part' || said.kind === 'small') settle(said)
        },
        (thrown: Error) => {
          if (thrown instanceof ModelFault) settle({ kind: 'fault', data: thrown.data })
          lost(thrown.message)
        },
      )
    })
    return { ended, stop: () => void Atomics.store(new Int32Array(stop), 0, 1) }
  }

  /** Lets the thread end. */
  async end(): Promise<void> {
    this.#hunting?.thread.end()
    this.#hunting = undefined
    const thread = this.#thread
    this.#thread = undefined
    this.#states = 0
    if (!thread) return
    // What its models throw after their searches is no result of any.
    thread.hearing.death = () => {}
    await leave(thread)
  }
}

/** What the death of a thread means: the text of a model's file may have caused it. */
const deathOf = async (
  { source, focus }: Pick<Work, 'source' | 'focus'>,
  reason: string,
): Promise<LastWord> => {
  if (source.kind !== 'module') return { kind: 'failure', reason }
  try {
    const fault = diedIn({ name: focus, source, model: await modelOf(source, focus) }, reason)
    if (fault instanceof ModelFault) return { kind: 'fault', data: fault.data }
  } catch {
    // It cannot be loaded again: what is known is that the thread died.
  }
  return { kind: 'failure', reason }
}

/** A thread that hunts in one model. */
interface Hunting {
  /** Which model that is. */
  readonly of: string
  readonly thread: HuntThread
  readonly watch: Watch
  hear: (progress: HuntSoFar) => void
}

/** Looks at what a thread runs, and says once that it never returns. */
const lookingFor = (
  watch: Watch,
  { source, focus }: Pick<Work, 'source' | 'focus'>,
  lost: (reason: string) => void,
): NodeJS.Timeout => {
  const looking = setInterval(() => {
    watch.look()
    if (!watch.isStuck(NEVER)) return
    clearInterval(looking)
    modelOf(source, focus).then(
      (model) => {
        const stuck = watch.stuck(model, NEVER).map((one) => stuckText(model, one))
        lost(stuck.join(' '))
      },
      () => lost(`a closure of the model has been running for ${NEVER / 1000} s`),
    )
  }, LOOK)
  return looking
}

/** One thread of a worker: runs one search after the other, and is left for a fresh one as those of `search-pool.ts` are. */
import type { Progress } from '../../search/breadth-first.ts'
import type { Report, Work } from '../jobs/search-job.ts'
import { stuckText, Watch } from '../jobs/watch.ts'
import { modelOf } from '../targets/search-model.ts'
import { leave, newThread, SMALL, type Thread } from '../workers/search-pool.ts'

/** The last word of a thread on its search. */
export type LastWord = Exclude<Report, { kind: 'progress' | 'warning' }>

/** A search on a lane. */
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

  /** Runs a search; `onProgress` hears how far it is. A thread that dies, or never returns, is a failure. */
  run(
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
        end({ kind: 'failure', reason })
      }
      thread.hearing.report = (message) => {
        if (message.kind === 'progress') onProgress(message.progress)
        else if (message.kind !== 'warning') end(message)
      }
      thread.hearing.death = lost
      const looking = setInterval(() => {
        watch.look()
        if (!watch.isStuck(NEVER)) return
        clearInterval(looking)
        void modelOf(source, focus).then(
          (model) =>
            lost(
              watch
                .stuck(model, NEVER)
                .map((one) => stuckText(model, one))
                .join(' '),
            ),
          () => lost(`A closure of the model has been running for ${NEVER / 1000} s.`),
        )
      }, LOOK)
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

  /** Lets the thread end. */
  async end(): Promise<void> {
    const thread = this.#thread
    this.#thread = undefined
    this.#states = 0
    if (!thread) return
    // What its models throw after their searches is no result of any.
    thread.hearing.death = () => {}
    await leave(thread)
  }
}

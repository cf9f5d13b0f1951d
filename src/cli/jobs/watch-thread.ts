/** The thread that watches what the main thread runs, and names a closure that has not returned. See `watch-here.ts`. */
import { writeSync } from 'node:fs'
import { workerData } from 'node:worker_threads'
import { stuckText, Watch } from './watch.ts'

/** What this thread is started with. */
export interface WatchData {
  readonly memory: SharedArrayBuffer
  /** Of the model. */
  readonly name: string
  /** Of its closures, in the order of their numbers. */
  readonly closures: readonly string[]
}

/** Milliseconds between two looks, and after which a closure is named. */
const LOOK = 250
const SLOW = 4000

const { memory, name, closures } = workerData as WatchData
const watch = new Watch(1, memory)
const looking = setInterval(() => {
  const [stuck] = watch.stuckAmong(closures, SLOW)
  if (!stuck) return
  writeSync(2, `${stuckText({ name }, stuck)}\n`)
  clearInterval(looking)
}, LOOK)

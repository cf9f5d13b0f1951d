/**
 * Read before anything else by a program that is measured (`node --import`), in each of its threads: at the end of the
 * thread it adds a line to the file that CPU_TIMES names. Linux only.
 */
import { appendFileSync, readFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

/** What one thread says at its end. */
export interface ThreadTimes {
  /** CPU seconds of this thread, which runs JavaScript. */
  readonly thread: number
  /** CPU seconds of the whole process; of the main thread, which ends last. */
  readonly process?: number
}

const file = process.env.CPU_TIMES
if (file)
  process.on('exit', () => {
    const [nanoseconds] = readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')
    const { user, system } = process.cpuUsage()
    const times: ThreadTimes = {
      thread: Number(nanoseconds) / 1e9,
      ...(isMainThread && { process: (user + system) / 1e6 }),
    }
    appendFileSync(file, `${JSON.stringify(times)}\n`)
  })

/**
 * A sweep: jobs that one command has put on a queue and waits for. What has come of each is on the server until all of
 * it has been taken from there, so that the command can come back to it.
 */
import { randomBytes } from 'node:crypto'
import { printable } from '../../modelling/printable.ts'
import type { QueueProgress } from '../../report/terminal/progress.ts'
import { bytesText, counted } from '../../report/text/columns.ts'
import { UsageError } from '../process/errors.ts'
import type { Terminal } from '../process/terminal.ts'
import type { Cache } from '../saved/cache.ts'
import { packed } from './code.ts'
import { type JobData, jobId, jobProblem, keyOf, SWEEP_NAME, type Task } from './job-data.ts'
import { JobQueues } from './job-queues.ts'
import {
  codeKey,
  DAY,
  isSame,
  MOST_JOB,
  MOST_RESULT,
  type Need,
  type Program,
  programText,
  resultsKey,
  SWEEP_KEPT,
  SWEEPS,
  sweepKey,
  TRIES,
  thisProgram,
} from './keys.ts'
import { noWorkerText, workersAt } from './registry.ts'
import { type Result, resultIn } from './result-data.ts'
import { type Server, timeAt } from './server.ts'
import { sharedCache } from './shared-results.ts'
import { dropped, type SweepData, sweepDataAt } from './sweep-data.ts'

/** What is to be done with what comes of a job. */
interface Hearing {
  /** What contradicts a result, as the end of a sentence; undefined when nothing does. */
  readonly problemOf: (result: Result) => string | undefined
  readonly settle: (result: Result) => void
  /** Every try failed, or what came of it cannot be true. */
  readonly fail: (reason: string) => void
}

/** A job that is to be run. */
export interface Given extends Hearing {
  /** For messages. */
  readonly name: string
  readonly task: Task
  /** What a complete result is known by to other sweeps. */
  readonly shared?: string | undefined
}

interface Item extends Hearing {
  readonly data: JobData
}

/** Milliseconds between two looks at the workers, and without news after which the server is asked. */
const LOOK = 1000
const QUIET = 3000
/** Milliseconds for the server to take note that a sweep has ended. */
const PATIENCE = 5000
/** Jobs in one request. */
const CHUNK = 500

/** How a sweep is begun. */
export interface SweepOptions {
  readonly command: string
  readonly operands: readonly string[]
  /** The sweep to come back to; absent: a new one. */
  readonly attach?: string
  readonly terminal: Terminal
}

/** Begins a sweep, or comes back to one. Throws `UsageError`. */
export const sweepAt = async (
  server: Server,
  { command, operands, attach, terminal }: SweepOptions,
): Promise<Sweep> => {
  const program = thisProgram()
  const own: SweepData = { program, command, operands }
  if (attach === undefined) {
    const name = `${command}-${randomBytes(4).toString('hex')}`
    const sweep = new Sweep(server, { name, data: own, isAttached: false, terminal })
    await sweep.record()
    terminal.err(`Sweep ${name} on ${server.shown}. If this command ends, come back with --attach ${name}\n`)
    return sweep
  }
  const data = SWEEP_NAME.test(attach) ? await sweepDataAt(server, attach) : undefined
  if (!data)
    throw new UsageError({
      problem: `There is no sweep '${printable(attach)}' on ${server.shown}: it has ended, was never begun, or nobody has come back to it for ${SWEEP_KEPT / DAY} days.`,
      hint: 'leave --attach out to begin a new one; clustercheck queue lists those that are there',
    })
  if (!isSame(data.program, program))
    throw new UsageError({
      problem: `The sweep ${attach} is of ${programText(data.program)}; this is ${programText(program)}.`,
    })
  const [began, now] = [data, own].map((one) => [one.command, ...one.operands].join(' '))
  if (began !== now)
    throw new UsageError({ problem: `The sweep ${attach} was begun by '${began}', and this is '${now}'.` })
  const done = await server.redis.hlen(resultsKey(attach))
  terminal.err(`Sweep ${attach} on ${server.shown}: ${counted(done, 'job')} done already.\n`)
  return new Sweep(server, { name: attach, data: own, isAttached: true, terminal })
}

/** What one command waits for. */
export class Sweep {
  readonly name: string
  readonly #server: Server
  readonly #terminal: Terminal
  readonly #program: Program
  readonly #data: SweepData
  readonly #isAttached: boolean
  /** The texts that jobs need: a server that has lost them is given them again. */
  readonly #code = new Map<string, string>()
  readonly #queues: JobQueues
  /** What is waited for, by the identifier of the job. */
  readonly #pending = new Map<string, { readonly items: Item[]; isRunning: boolean; progress?: unknown }>()
  readonly #arrived = new Set<string>()
  #isTaking = false
  #lastNews = performance.now()
  #sharesResults = false
  #isLeft = false
  /** What was said last of the workers. */
  #complaint = ''
  #workers = 0
  #failed = 0
  readonly #listeners = new Set<() => void>()
  readonly #onLeave: (() => void)[] = []
  readonly #looking: NodeJS.Timeout

  constructor(
    server: Server,
    {
      name,
      data,
      isAttached,
      terminal,
    }: {
      readonly name: string
      readonly data: SweepData
      readonly isAttached: boolean
      readonly terminal: Terminal
    },
  ) {
    this.#server = server
    this.name = name
    this.#data = data
    this.#isAttached = isAttached
    this.#program = data.program
    this.#terminal = terminal
    this.#queues = new JobQueues(server, this.#program, {
      news: (id, what) => this.#news(id, what),
      completed: (id) => {
        if (!this.#news(id, {})) return
        this.#arrived.add(id)
        void this.#takeArrived()
      },
      failed: (id, reason) => {
        if (this.#news(id, {})) this.#fail(id, reason)
      },
    })
    this.#looking = setInterval(() => void this.#look().catch(() => {}), LOOK)
  }

  /** Puts it down on the server, where it is not. */
  async record(): Promise<void> {
    const { redis } = this.#server
    await redis.set(sweepKey(this.name), JSON.stringify(this.#data), 'EX', SWEEP_KEPT, 'NX')
    await redis.zadd(SWEEPS, (await timeAt(this.#server)) + SWEEP_KEPT * 1000, this.name)
    for (const [sha, text] of this.#code) await redis.set(codeKey(sha), text, 'EX', SWEEP_KEPT)
  }

  /** A cache that also knows what sweeps of others have found. Without a cache, nothing is shared. */
  cached(local: Cache | undefined): Cache | undefined {
    if (!local) return undefined
    this.#sharesResults = true
    return sharedCache(this.#server, local, this.#terminal)
  }

  /** Whether results are shared with other sweeps. */
  get sharesResults(): boolean {
    return this.#sharesResults
  }

  /** Calls back whenever something is heard; the function that is returned ends that. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** How many jobs are on the queue, and how many workers. */
  counts(): QueueProgress {
    const all = [...this.#pending.values()]
    const running = all.filter(({ isRunning }) => isRunning).length
    return { running, waiting: all.length - running, failed: this.#failed, workers: this.#workers }
  }

  /** What the jobs that are running last said of how far they are. */
  progress(): readonly unknown[] {
    return [...this.#pending.values()].flatMap(({ isRunning, progress }) => (isRunning ? [progress] : []))
  }

  /** Nobody waits for it any more: it stays on the server. */
  leave(): void {
    this.#isLeft = true
    for (const listener of this.#onLeave) listener()
  }

  /** Calls back when nobody waits any more. */
  onLeave(listener: () => void): void {
    this.#onLeave.push(listener)
  }

  /** Puts jobs on the queue but those of which the server has a result already, and waits for them. */
  async submit(given: readonly Given[]): Promise<void> {
    const items = await Promise.all(given.map((one) => this.#itemOf(one)))
    await this.record()
    for (const item of items) {
      const size = Buffer.byteLength(JSON.stringify(item.data))
      if (size > MOST_JOB)
        throw new UsageError({
          problem: `The job ${item.data.name} has ${bytesText(size)}; a queue takes at most ${bytesText(MOST_JOB)}.`,
        })
    }
    const ids = items.map(({ data }) => jobId(data.sweep, data.key))
    for (const [i, id] of ids.entries()) {
      const known = this.#pending.get(id)
      if (known) known.items.push(items[i]!)
      else this.#pending.set(id, { items: [items[i]!], isRunning: false })
    }
    await this.#take([...new Set(ids)])
    const left = [...new Set(ids)].filter((id) => this.#pending.has(id))
    await this.#add(left)
    if (this.#isAttached) await this.#ask()
  }

  /** Ends it: what is on the server is removed, unless somebody interrupted it and may come back. */
  async close(): Promise<void> {
    clearInterval(this.#looking)
    if (this.#isLeft)
      this.#terminal.err(
        `The sweep ${this.name} goes on without this command. To come back to it: the same command line with --attach ${this.name}. To drop it: clustercheck queue --queue ${this.#server.shown} --drop ${this.name}\n`,
      )
    // A server that is gone cannot be told, and does not say that it has heard.
    let timer: NodeJS.Timeout | undefined
    const patience = new Promise<void>((settle) => {
      timer = setTimeout(settle, PATIENCE)
    })
    await Promise.race([this.#end(), patience])
    clearTimeout(timer)
  }

  async #end(): Promise<void> {
    if (this.#server.redis.status === 'ready' && !this.#isLeft) await this.#clear()
    await this.#queues.close()
  }

  async #clear(): Promise<void> {
    const ids = [...this.#pending.keys()]
    await dropped(this.#server, this.name)
    for (const queue of await this.#queues.opened())
      for (const id of ids) await queue.remove(id).catch(() => 0)
  }

  async #itemOf({ task: { source, ...rest }, name, shared, ...how }: Given): Promise<Item> {
    const { source: named, code } = await packed(source)
    for (const [sha, text] of code) this.#code.set(sha, text)
    const task = { source: named, ...rest } as Task
    const data: JobData = {
      schemaVersion: 1,
      program: this.#program,
      sweep: this.name,
      key: keyOf(this.#program, task),
      name,
      code: [...code.keys()],
      ...(shared !== undefined && { shared }),
      task,
    }
    // Workers would refuse it one by one.
    const problem = jobProblem(data)
    if (problem !== undefined) throw new Error(`The job ${name} is none that workers take: ${problem}.`)
    return { ...how, data }
  }

  async #add(ids: readonly string[]): Promise<void> {
    for (const need of ['data', 'code'] as const) {
      const own = ids.filter((id) => {
        const first = this.#pending.get(id)?.items[0]
        return first && needOf(first.data) === need
      })
      if (own.length === 0) continue
      const queue = await this.#queues.of(need)
      for (let at = 0; at < own.length; at += CHUNK)
        await queue.addBulk(
          own.slice(at, at + CHUNK).map((id) => {
            const { data } = this.#pending.get(id)!.items[0]!
            return {
              name: data.task.kind,
              data,
              opts: {
                jobId: id,
                attempts: TRIES,
                removeOnComplete: true,
                removeOnFail: { age: SWEEP_KEPT },
              },
            }
          }),
        )
    }
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }

  /** Whether it is of a job that is waited for. */
  #news(id: string, what: { isRunning?: boolean; progress?: unknown }): boolean {
    const one = this.#pending.get(id)
    if (!one) return false
    this.#lastNews = performance.now()
    Object.assign(one, what)
    this.#tell()
    return true
  }

  async #takeArrived(): Promise<void> {
    if (this.#isTaking) return
    this.#isTaking = true
    try {
      while (this.#arrived.size > 0) {
        const ids = [...this.#arrived]
        this.#arrived.clear()
        await this.#take(ids)
      }
    } catch {
      // The connection is gone; what has arrived is asked for when it is there again.
    } finally {
      this.#isTaking = false
    }
  }

  /** Takes the results that the server has of these jobs. */
  async #take(ids: readonly string[]): Promise<void> {
    const key = resultsKey(this.name)
    for (let at = 0; at < ids.length; at += CHUNK) {
      const some = ids.slice(at, at + CHUNK).filter((id) => this.#pending.has(id))
      const keys = some.map((id) => this.#pending.get(id)!.items[0]!.data.key)
      const asked = this.#server.redis.pipeline()
      for (const one of keys) asked.hstrlen(key, one)
      const sizes = (await asked.exec())!.map(([, size]) => Number(size ?? 0))
      const fitting = some.filter((id, i) => {
        if (sizes[i]! > MOST_RESULT)
          this.#fail(id, `its result has ${bytesText(sizes[i]!)}, and the most is ${bytesText(MOST_RESULT)}`)
        return sizes[i]! > 0 && sizes[i]! <= MOST_RESULT
      })
      if (fitting.length === 0) continue
      const texts = await this.#server.redis.hmget(
        key,
        ...fitting.map((id) => this.#pending.get(id)!.items[0]!.data.key),
      )
      for (const [i, text] of texts.entries()) if (text !== null) this.#arrive(fitting[i]!, text)
    }
  }

  #arrive(id: string, text: string): void {
    const { items } = this.#pending.get(id)!
    const { data, problemOf } = items[0]!
    const read = resultIn(text, data.task.kind, problemOf)
    if (typeof read === 'string') {
      this.#fail(id, `its result was refused, since ${read}`)
      return
    }
    this.#pending.delete(id)
    this.#lastNews = performance.now()
    for (const item of items) item.settle(read)
    this.#tell()
  }

  #fail(id: string, reason: string): void {
    const one = this.#pending.get(id)
    if (!one) return
    this.#pending.delete(id)
    this.#failed += 1
    for (const item of one.items) item.fail(reasonText(reason))
    this.#tell()
  }

  /** Asks the server where jobs are, of which nothing was heard: a server that has lost them is given them again. */
  async #ask(): Promise<void> {
    const ids = [...this.#pending.keys()]
    await this.#take(ids)
    const lost: string[] = []
    for (const id of ids) {
      const first = this.#pending.get(id)?.items[0]
      if (!first) continue
      const queue = await this.#queues.of(needOf(first.data))
      const state = await queue.getJobState(id)
      if (state === 'failed') this.#fail(id, (await queue.getJob(id))?.failedReason ?? 'nobody says why')
      else if (state === 'unknown' || state === 'completed') lost.push(id)
      else this.#news(id, { isRunning: state === 'active' })
    }
    if (lost.length === 0) return
    // A result may have come in between.
    await this.#take(lost)
    const gone = lost.filter((id) => this.#pending.has(id))
    if (gone.length === 0) return
    await this.record()
    for (const id of gone) {
      const { data } = this.#pending.get(id)!.items[0]!
      const queue = await this.#queues.of(needOf(data))
      await queue.remove(id)
    }
    await this.#add(gone)
  }

  #isLooking = false
  async #look(): Promise<void> {
    if (this.#isLooking || this.#pending.size === 0) return
    this.#isLooking = true
    try {
      await this.#lookAtWorkers()
      if (performance.now() - this.#lastNews < QUIET) return
      this.#lastNews = performance.now()
      await this.#ask()
    } finally {
      this.#isLooking = false
    }
  }

  /** Says when nobody is there who could take the jobs. */
  async #lookAtWorkers(): Promise<void> {
    const all = await workersAt(this.#server)
    const wantsCode = [...this.#pending.values()].some(({ items }) => needOf(items[0]!.data) === 'code')
    const same = all.filter(({ program }) => isSame(program, this.#program))
    const able = same.filter(({ allowCode }) => allowCode || !wantsCode)
    this.#workers = able.length
    this.#tell()
    const complaint = able.length > 0 ? '' : noWorkerText(this.#server.shown, this.#program, all, same.length)
    if (complaint !== '' && complaint !== this.#complaint) this.#terminal.err(`${complaint}\n`)
    this.#complaint = complaint
  }
}

const needOf = ({ code }: JobData): Need => (code.length > 0 ? 'code' : 'data')

/** The reason of the queue itself, in words of ours. */
const reasonText = (reason: string): string =>
  /stalled more than|started more than/.test(reason)
    ? `it was begun ${TRIES} times, and its worker died or said nothing each time`
    : reason.split('\n')[0]!.replace(/\.$/, '')

/** What `clustercheck worker` does: takes jobs from the queue of this very program, runs them, and says what came of them. */
import { hostname } from 'node:os'
import type { Job as QueuedJob, Worker as QueueWorker } from 'bullmq'
import type { HuntSoFar, Sighting } from '../../hunt/hunter.ts'
import { bytesText, counted } from '../../report/text/columns.ts'
import type { Progress } from '../../search/breadth-first.ts'
import type { Slice } from '../jobs/hunt-job.ts'
import { messageOf } from '../process/errors.ts'
import { EXIT } from '../process/exit-codes.ts'
import { leave } from '../process/leave.ts'
import type { Terminal } from '../process/terminal.ts'
import { codeOf, Unpacked } from './code.ts'
import { huntOptionsOf, type JobData, jobProblem, settingsOf, type Task } from './job-data.ts'
import {
  codeKey,
  isSame,
  MOST_RESULT,
  type Need,
  PREFIX,
  programText,
  queueName,
  RESULT_KEPT,
  resultsKey,
  SWEEP_KEPT,
  sharedKey,
  sweepKey,
  TRIES,
  thisProgram,
} from './keys.ts'
import { Lane } from './lane.ts'
import { HEARTBEAT, register } from './registry.ts'
import type { Result } from './result-data.ts'
import { resultProblem } from './result-data.ts'
import type { Server } from './server.ts'

/** How a worker works. */
export interface Serving {
  /** Jobs at one time. */
  readonly threads: number
  /** Bytes that one search may use. */
  readonly bytes: number
  /** Whether it runs code that comes with jobs. */
  readonly allowCode: boolean
  /** Milliseconds after which a worker that says nothing is taken for dead, and its jobs are begun again. */
  readonly lostAfter: number
  /** Milliseconds without a job after which it ends; absent: never. */
  readonly idle?: number
  /** Whether it says which jobs it begins and has done. */
  readonly verbose: boolean
  readonly terminal: Terminal
}

/** What a worker has done. */
export interface Served {
  readonly done: number
  readonly failed: number
}

/** Milliseconds between two reports of the progress of one job. */
const PROGRESS = 1000

/** Works until it is told to stop: by the first signal when its present jobs are done, by the second at once. */
export const serve = async (server: Server, serving: Serving): Promise<Served> => {
  const { threads, bytes, allowCode, lostAfter, idle, verbose, terminal } = serving
  const { redis, bullmq, connection } = server
  const program = thisProgram()
  const free = Array.from({ length: threads }, () => new Lane())
  const waiting: ((lane: Lane) => void)[] = []
  const running = new Map<string, { readonly sweep: string; stop(): void }>()
  const unpacked = new Unpacked((sha) => redis.get(codeKey(sha)))
  const counts = { done: 0, failed: 0 }
  /** Jobs that have been taken and not answered, and when the last one was. */
  let busy = 0
  let lastJob = performance.now()

  const taken = (): Promise<Lane> => {
    const lane = free.pop()
    return lane ? Promise.resolve(lane) : new Promise((settle) => waiting.push(settle))
  }
  const given = (lane: Lane): void => {
    const next = waiting.shift()
    if (next) next(lane)
    else free.push(lane)
  }

  /** What cannot become right by trying again. */
  const refuse = (why: string): never => {
    throw new bullmq.UnrecoverableError(why)
  }

  const keep = async ({ sweep, key, shared }: JobData, result: Result): Promise<void> => {
    const text = JSON.stringify(result)
    if (Buffer.byteLength(text) > MOST_RESULT)
      refuse(
        `its result has ${bytesText(Buffer.byteLength(text))}, and the most is ${bytesText(MOST_RESULT)}`,
      )
    const all = redis.multi().hset(resultsKey(sweep), key, text)
    all.expire(resultsKey(sweep), SWEEP_KEPT).expire(sweepKey(sweep), SWEEP_KEPT)
    if (shared !== undefined && result.kind === 'outcome' && result.outcome.complete)
      all.set(sharedKey(shared), text, 'EX', RESULT_KEPT)
    await all.exec()
  }

  /** What another sweep has found out. */
  const known = async ({ shared, task }: JobData): Promise<Result | undefined> => {
    const text = shared === undefined ? null : await redis.get(sharedKey(shared))
    if (text === null) return undefined
    try {
      const value: unknown = JSON.parse(text)
      return resultProblem(value, task.kind) === undefined ? (value as Result) : undefined
    } catch {
      return undefined
    }
  }

  const perform = async (job: QueuedJob<JobData>, need: Need): Promise<void> => {
    const problem = jobProblem(job.data)
    if (problem !== undefined) refuse(`it is no job of clustercheck: ${problem}`)
    const data = job.data
    if (!isSame(data.program, program))
      refuse(`it is for ${programText(data.program)}, and this is ${programText(program)}`)
    const code = codeOf(data.task.source)
    if (code.length > 0 && (need === 'data' || !allowCode))
      refuse('it needs code that comes with it, which a worker runs with --allow-code only')
    if ((await redis.exists(sweepKey(data.sweep))) === 0) refuse('its sweep is gone')
    if (await redis.hexists(resultsKey(data.sweep), data.key)) return
    const found = await known(data)
    if (found) return keep(data, found)
    const lane = await taken()
    if (verbose) terminal.err(`${data.sweep}: ${data.name} begins, try ${job.attemptsStarted} of ${TRIES}.\n`)
    try {
      await worked(job, lane)
    } finally {
      running.delete(job.id!)
      given(lane)
    }
  }

  /** Does a job on a lane, and says meanwhile how far it is. */
  const worked = async (job: QueuedJob<JobData>, lane: Lane): Promise<void> => {
    const { task, sweep } = job.data
    const source = await unpacked.source(task.source)
    const { focus } = task
    let next = performance.now() + PROGRESS
    const tell = (progress: Progress | HuntSoFar): void => {
      if (performance.now() < next) return
      next = performance.now() + PROGRESS
      void job.updateProgress({ ...progress }).catch(() => {})
    }
    const run =
      task.kind === 'search'
        ? lane.search({ source, focus, settings: settingsOf(task.settings, bytes) }, tell)
        : lane.hunt({ source, focus, options: huntOptionsOf(task.options), piece: pieceOf(task) }, tell)
    let isForgotten = false
    const stop = (): void => {
      isForgotten = true
      run.stop()
    }
    running.set(job.id!, { sweep, stop })
    const word = await run.ended
    if (isForgotten) refuse('its sweep is gone')
    if (word.kind === 'failure') throw new Error(word.reason)
    await keep(job.data, word)
  }

  const lost = (error: Error): void => terminal.err(`${messageOf(error)}.\n`)
  const needs: readonly Need[] = allowCode ? ['data', 'code'] : ['data']
  const takers: readonly QueueWorker[] = needs.map((need) => {
    const worker = new bullmq.Worker<JobData>(
      queueName(program, need),
      async (job) => {
        busy += 1
        try {
          await perform(job, need)
        } finally {
          busy -= 1
          lastJob = performance.now()
        }
      },
      {
        connection,
        prefix: PREFIX,
        concurrency: threads,
        lockDuration: lostAfter,
        stalledInterval: Math.max(500, Math.floor(lostAfter / 2)),
        maxStalledCount: TRIES - 1,
        maxStartedAttempts: TRIES,
        name: `${hostname()}-${process.pid}`,
      },
    )
    worker.on('error', (error) => {
      if (!isOfConnection(error)) lost(error)
    })
    worker.on('completed', (job) => {
      counts.done += 1
      if (verbose) terminal.err(`${job.data.sweep}: ${job.data.name} is done.\n`)
    })
    worker.on('failed', (job, error) => {
      counts.failed += 1
      terminal.err(`${job?.data?.name ?? 'A job'} failed: ${messageOf(error)}.\n`)
    })
    return worker
  })
  await Promise.all(takers.map((worker) => worker.waitUntilReady()))
  const registered = register(server, { host: hostname(), pid: process.pid, threads, allowCode, program })
  terminal.err(
    `Worker ${process.pid} on ${hostname()}: ${counted(threads, 'thread')}, ${bytesText(bytes)} a search, ${server.shown}; ${programText(program)}.\n`,
  )

  return new Promise((settle) => {
    let signals = 0
    const end = async (): Promise<void> => {
      clearInterval(timer)
      for (const signal of SIGNALS) process.off(signal, onSignal)
      // Without a server nothing can be handed over, and its queue waits for it for ever.
      if (redis.status !== 'ready' && running.size === 0) leave(EXIT.cut)
      await Promise.all(takers.map((worker) => worker.close(signals > 1)))
      await registered.end()
      await Promise.all(free.map((lane) => lane.end()))
      settle(counts)
    }
    const onSignal = (): void => {
      signals += 1
      if (signals > 1) leave(EXIT.cut)
      terminal.err(
        `The worker takes no more jobs, and ends when it has done ${counted(running.size, 'job')}; interrupt again not to wait: others begin them again.\n`,
      )
      void end()
    }
    for (const signal of SIGNALS) process.on(signal, onSignal)
    const timer = setInterval(() => {
      terminal.line(`${counted(running.size, 'job')} running, ${counts.done} done, ${counts.failed} failed`)
      void stopForgotten().catch(() => {})
      if (idle === undefined || busy > 0 || performance.now() - lastJob < idle) return
      void end()
    }, HEARTBEAT)
  })

  /** Stops what nobody waits for any more. */
  async function stopForgotten(): Promise<void> {
    for (const { sweep, stop } of running.values()) if ((await redis.exists(sweepKey(sweep))) === 0) stop()
  }
}

const pieceOf = (task: Exclude<Task, { kind: 'search' }>): Slice | readonly Sighting[] =>
  task.kind === 'runs' ? { first: task.first, every: task.every } : task.sightings

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** What the connection itself says of its trouble is said once, where it is made. */
const isOfConnection = (error: Error): boolean =>
  'code' in error || /connection|ECONN|socket|READONLY|LOADING/i.test(error.message)

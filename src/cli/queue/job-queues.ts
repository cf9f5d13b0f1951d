/** The queues of one command: one for each need of its jobs, and what is heard of them. */
import type { Queue, QueueEvents } from 'bullmq'
import { type Need, PREFIX, type Program, queueName } from './keys.ts'
import type { Server } from './server.ts'

/** What is called when something is heard of a job, by its identifier. */
export interface JobEvents {
  readonly news: (id: string, what: { isRunning?: boolean; progress?: unknown }) => void
  readonly completed: (id: string) => void
  readonly failed: (id: string, reason: string) => void
}

interface Opened {
  readonly queue: Queue
  readonly events: QueueEvents
}

export class JobQueues {
  readonly #server: Server
  readonly #program: Program
  readonly #events: JobEvents
  readonly #queues = new Map<Need, Promise<Opened>>()

  constructor(server: Server, program: Program, events: JobEvents) {
    this.#server = server
    this.#program = program
    this.#events = events
  }

  /** The queue of a need; made once, however many ask at one time. */
  async of(need: Need): Promise<Queue> {
    const opened = this.#queues.get(need) ?? this.#opened(need)
    this.#queues.set(need, opened)
    return (await opened).queue
  }

  /** Those that were asked for. */
  async opened(): Promise<readonly Queue[]> {
    return (await Promise.all(this.#queues.values())).map(({ queue }) => queue)
  }

  async close(): Promise<void> {
    const queues = await Promise.all(this.#queues.values())
    await Promise.all(queues.flatMap(({ queue, events }) => [queue.disconnect(), events.close()]))
  }

  async #opened(need: Need): Promise<Opened> {
    const { bullmq, connection, redis } = this.#server
    const { news, completed, failed } = this.#events
    const name = queueName(this.#program, need)
    const how = { connection, prefix: PREFIX }
    const [last] = await redis.xrevrange(`${PREFIX}:${name}:events`, '+', '-', 'COUNT', 1)
    const queue = new bullmq.Queue(name, how)
    const events = new bullmq.QueueEvents(name, { ...how, lastEventId: last?.[0] ?? '0-0' })
    // What is wrong with the connection is said once, where it is made.
    queue.on('error', () => {})
    events.on('error', () => {})
    events.on('active', ({ jobId }) => news(jobId, { isRunning: true }))
    events.on('waiting', ({ jobId }) => news(jobId, { isRunning: false }))
    events.on('stalled', ({ jobId }) => news(jobId, { isRunning: false }))
    events.on('progress', ({ jobId, data }) => news(jobId, { progress: data }))
    events.on('completed', ({ jobId }) => completed(jobId))
    events.on('failed', ({ jobId, failedReason }) => failed(jobId, failedReason))
    await events.waitUntilReady()
    return { queue, events }
  }
}

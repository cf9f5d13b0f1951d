/** The connection to the server of a queue. Its client is loaded here and nowhere else. */
import type * as BullMQ from 'bullmq'
import type { Redis } from 'ioredis'
import { messageOf, UsageError } from '../process/errors.ts'
import type { Address } from './address.ts'

/** A server that has answered. */
export interface Server {
  readonly redis: Redis
  readonly bullmq: typeof BullMQ
  /** For messages. */
  readonly shown: string
  /** Makes further connections. */
  readonly connection: BullMQ.ConnectionOptions
  close(): void
}

/** Milliseconds for the first answer. */
const PATIENCE = 5000
/** Milliseconds between two tries to connect again. */
const AGAIN = { least: 200, most: 5000 } as const

/** Connects. Throws `UsageError` where no server answers, or the packages are not installed. */
export const connect = async (
  { shown, ...address }: Address,
  onTrouble: (text: string) => void,
): Promise<Server> => {
  const [bullmq, { Redis: Client }] = await Promise.all([import('bullmq'), import('ioredis')]).catch(
    (cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'ERR_MODULE_NOT_FOUND') throw cause
      throw new UsageError({
        problem: 'A queue needs the packages bullmq and ioredis, which are not installed.',
        hint: 'npm install bullmq ioredis',
      })
    },
  )
  const options = {
    ...address,
    maxRetriesPerRequest: null,
    connectTimeout: PATIENCE,
    retryStrategy: (times: number) => Math.min(AGAIN.least * times, AGAIN.most),
  }
  const first = new Client({ ...options, lazyConnect: true, retryStrategy: () => null })
  // What is wrong is said by what follows.
  let reason: unknown
  first.on('error', (error) => {
    reason ??= error
  })
  try {
    await first.connect()
    await first.ping()
  } catch (error) {
    throw new UsageError({
      problem: `No server of a queue answers at ${shown}: ${messageOf(reason ?? error)}.`,
    })
  } finally {
    first.disconnect()
  }
  const redis = new Client(options)
  let isLost = false
  redis.on('error', (error) => {
    if (!isLost) onTrouble(`The connection to ${shown} is lost: ${messageOf(error)}; trying again.`)
    isLost = true
  })
  redis.on('ready', () => {
    if (isLost) onTrouble(`The connection to ${shown} is there again.`)
    isLost = false
  })
  return { redis, bullmq, shown, connection: options, close: () => redis.disconnect() }
}

/** Milliseconds since 1970, as the server counts: clocks of machines differ. */
export const timeAt = async ({ redis }: Pick<Server, 'redis'>): Promise<number> => {
  const [seconds, microseconds] = await redis.time()
  return Number(seconds) * 1000 + Math.floor(Number(microseconds) / 1000)
}

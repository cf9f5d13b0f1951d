/** Which workers are there: each says so from time to time, and is forgotten when it has not. */
import { counted } from '../../report/text/columns.ts'
import { flag, number, object, text } from '../../report/text/schema-parts.ts'
import { checkerOf } from '../files/json.ts'
import { type Program, programText, WORKERS } from './keys.ts'
import { type Server, timeAt } from './server.ts'

/** What a worker says of itself. */
export interface WorkerData {
  readonly host: string
  readonly pid: number
  readonly threads: number
  /** Whether it runs code that comes with jobs. */
  readonly allowCode: boolean
  readonly program: Program
}

/** Milliseconds between two times that a worker says that it is there, and until it is forgotten. */
export const HEARTBEAT = 3000
const FORGOTTEN = 10_000

const WORKER = checkerOf(
  object({
    host: text,
    pid: number,
    threads: number,
    allowCode: flag,
    program: object({ clustercheck: text, build: text, node: number }),
  }),
)

const parsed = (member: string): readonly WorkerData[] => {
  try {
    const value: unknown = JSON.parse(member)
    return WORKER(value) === undefined ? [value as WorkerData] : []
  } catch {
    return []
  }
}

/** The workers that are there. */
export const workersAt = async (server: Pick<Server, 'redis'>): Promise<readonly WorkerData[]> => {
  const members = await server.redis.zrangebyscore(WORKERS, await timeAt(server), '+inf')
  return members.flatMap(parsed)
}

/** Says that a worker is there, until it is over. */
export const register = (server: Server, worker: WorkerData): { end(): Promise<void> } => {
  const member = JSON.stringify(worker)
  const say = async (): Promise<void> => {
    const now = await timeAt(server)
    await server.redis.zremrangebyscore(WORKERS, '-inf', now)
    await server.redis.zadd(WORKERS, now + FORGOTTEN, member)
  }
  const quietly = (): void => void say().catch(() => {})
  quietly()
  const timer = setInterval(quietly, HEARTBEAT)
  return {
    async end() {
      clearInterval(timer)
      if (server.redis.status === 'ready') await server.redis.zrem(WORKERS, member)
    },
  }
}

/** Why none of the workers that are there takes jobs of this program; `same`: how many are of the same program. */
export const noWorkerText = (
  shown: string,
  program: Program,
  all: readonly { readonly program: Program }[],
  same: number,
): string => {
  if (same > 0)
    return `${counted(same, 'worker')} on ${shown} may not run code; the jobs have code of a file, and wait for one with --allow-code.`
  const [other] = all
  if (other)
    return `${counted(all.length, 'worker')} on ${shown}, and none of this program: ${programText(other.program)}; this is ${programText(program)}. The jobs wait for one that is the same.`
  return `No worker is on ${shown}; the jobs wait for one: clustercheck worker --queue ${shown}`
}

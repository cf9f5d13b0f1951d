/** What a server keeps of a sweep, so that its command can come back to it. */
import { count, listOf, object, text } from '../../report/text/schema-parts.ts'
import { checkerOf } from '../files/json.ts'
import { type Program, resultsKey, SWEEPS, sweepKey } from './keys.ts'
import type { Server } from './server.ts'

/** What is kept of a sweep. */
export interface SweepData {
  readonly program: Program
  readonly command: string
  readonly operands: readonly string[]
}

/** What the server has of a sweep; undefined where there is none. */
export const sweepDataAt = async (
  { redis }: Pick<Server, 'redis'>,
  name: string,
): Promise<SweepData | undefined> => {
  const text = await redis.get(sweepKey(name))
  if (text === null) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return sweepProblem(value) === undefined ? (value as SweepData) : undefined
  } catch {
    return undefined
  }
}

const sweepProblem = checkerOf(
  object({
    program: object({ clustercheck: text, build: text, node: count }),
    command: text,
    operands: listOf(text),
  }),
)

/** Removes a sweep: its jobs end as soon as workers see that it is gone. */
export const dropped = async ({ redis }: Pick<Server, 'redis'>, name: string): Promise<void> => {
  await redis.del(sweepKey(name), resultsKey(name))
  await redis.zrem(SWEEPS, name)
}

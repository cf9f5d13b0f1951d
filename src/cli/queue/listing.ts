/** What is on a queue: sweeps with what is left of each, and workers. */
import type { Queue } from 'bullmq'
import { printable } from '../../modelling/printable.ts'
import { counted, tabled } from '../../report/text/columns.ts'
import { UsageError } from '../process/errors.ts'
import { SWEEP_NAME } from './job-data.ts'
import {
  isSame,
  PREFIX,
  type Program,
  programText,
  queueName,
  resultsKey,
  SWEEPS,
  thisProgram,
} from './keys.ts'
import { workersAt } from './registry.ts'
import { type Server, timeAt } from './server.ts'
import { dropped, sweepDataAt } from './sweep-data.ts'

const NEEDS = ['data', 'code'] as const

/** The text of a list. */
export const listing = async (server: Server): Promise<string> => {
  const names = await server.redis.zrangebyscore(SWEEPS, await timeAt(server), '+inf')
  const sweeps = await Promise.all(names.map((name) => sweepLine(server, name)))
  const found = sweeps.filter((line) => line !== undefined)
  const workers = (await workersAt(server)).map(({ host, pid, threads, allowCode, program }) => [
    `${printable(host)} ${pid}`,
    counted(threads, 'thread'),
    allowCode ? 'also runs code' : '',
    ofText(program),
  ])
  return [
    found.length === 0 ? 'No sweeps.' : 'Sweeps',
    ...tabled(found, '<<>>>><').map((line) => `  ${line}`),
    workers.length === 0 ? 'No workers.' : 'Workers',
    ...tabled(workers, '<<<<').map((line) => `  ${line}`),
    '',
  ].join('\n')
}

/** Of which program, where it is another one. */
const ofText = (program: Program): string =>
  isSame(program, thisProgram()) ? '' : printable(programText(program))

const sweepLine = async (server: Server, name: string): Promise<readonly string[] | undefined> => {
  const data = await sweepDataAt(server, name)
  if (!data) return undefined
  const jobs = await onQueues(server, data.program, (queue) => jobsOn(queue, name))
  const left = (...states: readonly State[]): number =>
    jobs.reduce((sum, of) => sum + states.reduce((all, state) => all + of[state].length, 0), 0)
  return [
    printable(name),
    printable([data.command, ...data.operands].join(' ')),
    `${await server.redis.hlen(resultsKey(name))} done`,
    `${left('active')} running`,
    `${left('waiting', 'delayed')} waiting`,
    `${left('failed')} failed`,
    ofText(data.program),
  ]
}

/** The jobs of a sweep that are on a queue of its program, by their state. */
const jobsOn = async (queue: Queue, name: string) => {
  const inState = async (state: State): Promise<readonly string[]> =>
    (await queue.getRanges([state])).filter((id) => id.startsWith(`${name}.`))
  return {
    waiting: await inState('waiting'),
    active: await inState('active'),
    delayed: await inState('delayed'),
    failed: await inState('failed'),
  }
}

type State = 'waiting' | 'active' | 'delayed' | 'failed'

/** What is done with each queue of a program. */
const onQueues = async <T>(
  { bullmq, connection }: Server,
  program: Program,
  what: (queue: Queue) => Promise<T>,
): Promise<readonly T[]> => {
  const found: T[] = []
  for (const need of NEEDS) {
    const queue = new bullmq.Queue(queueName(program, need), { connection, prefix: PREFIX })
    queue.on('error', () => {})
    try {
      found.push(await what(queue))
    } finally {
      await queue.close()
    }
  }
  return found
}

/** Removes a sweep with all its jobs. Throws `UsageError` where there is none. */
export const dropSweep = async (server: Server, name: string): Promise<void> => {
  const data = SWEEP_NAME.test(name) ? await sweepDataAt(server, name) : undefined
  if (!data) throw new UsageError({ problem: `There is no sweep '${printable(name)}' on ${server.shown}.` })
  await dropped(server, name)
  await onQueues(server, data.program, async (queue) => {
    const jobs = await jobsOn(queue, name)
    // A job that is running ends when its worker sees that the sweep is gone.
    for (const id of [...jobs.waiting, ...jobs.delayed, ...jobs.failed]) await queue.remove(id)
  })
}

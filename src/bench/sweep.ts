/**
 * What a queue costs: the same design searches by threads of one process and by workers on a queue, with a Redis server
 * of its own. Says the time and the CPU time of each, what the server does for a job, and how many workers it feeds.
 * The searches are run in rounds, each by two threads and by two workers in turns, so that other work on the machine
 * falls on both; the first round also by one of each. `npm run bench:sweep -- 2000`: so many searches. Linux only.
 */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { spaceOf } from '../../model/design/space.ts'
import { SPACES } from '../../model/design/spaces.ts'
import { SCHEMES } from '../../model/schemes/index.ts'
import {
  type DesignSearch,
  designSearches,
  propertiesOfSearch,
  raisedSearches,
} from '../../properties/design/searches.ts'
import { jobOf } from '../cli/design/judging.ts'
import type { Executor } from '../cli/jobs/executor.ts'
import type { Job } from '../cli/jobs/search-job.ts'
import { OnQueue } from '../cli/queue/executor.ts'
import { connect } from '../cli/queue/server.ts'
import { sweepAt } from '../cli/queue/sweep.ts'
import { threads } from '../cli/workers/threads.ts'
import { labelOf } from '../modelling/property.ts'
import { bytesText, grouped, secondsText, tabled } from '../report/text/columns.ts'
import { range } from './statistics.ts'

const count = Number(process.argv[2] ?? 2000)
const PORT = 20_000 + (process.pid % 20_000)
const MAIN = fileURLToPath(new URL('../cli/main.js', import.meta.url))
/** The searches are run in so many parts. */
const ROUNDS = 10
/** Of a tick in /proc. */
const TICKS = 100

/** Different searches of the spaces of packets at the small scope, and the same with each bound raised. */
const searchesOf = (): readonly DesignSearch[] => {
  const found = new Map<string, DesignSearch>()
  for (const name of ['outbound', 'ivs', 'inbound'] as const) {
    const space = spaceOf(name, SPACES[name], (basis) => SCHEMES.find((scheme) => scheme.name === basis))
    for (const design of space.designs)
      for (const scheme of design.schemes)
        for (const search of designSearches(scheme, 'small')) {
          const labels = propertiesOfSearch(search).map(labelOf)
          for (const one of [search, ...raisedSearches(search, labels).map((raised) => raised.search)])
            found.set(JSON.stringify(one), one)
        }
  }
  // Of every design some, not all of the first ones.
  const all = [...found.values()]
  return all.filter(
    (_, i) => Math.floor((i * count) / all.length) !== Math.floor(((i - 1) * count) / all.length),
  )
}

const jobs: readonly Job[] = searchesOf().map((search) =>
  jobOf(search, {
    states: Number.POSITIVE_INFINITY,
    seconds: Number.POSITIVE_INFINITY,
    bytes: Number.POSITIVE_INFINITY,
  }),
)

/** CPU seconds of a process with all its threads. */
const cpuOf = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')
  return (Number(fields[11]) + Number(fields[12])) / TICKS
}

interface Measured {
  readonly seconds: number
  readonly cpu: number
  readonly jobs: number
  /** What was found, but for times. */
  readonly found: string
}

/** Runs the searches; `pids`: whose CPU time counts. */
const measured = async (
  executor: Executor,
  some: readonly Job[],
  pids: readonly number[],
): Promise<Measured> => {
  const cpu = () => pids.reduce((sum, pid) => sum + cpuOf(pid), 0)
  const before = cpu()
  const started = performance.now()
  const outcomes = await executor.searches(some, { onProgress: () => {} }).outcomes
  const seconds = (performance.now() - started) / 1000
  const found = JSON.stringify(
    outcomes.map(({ judgements, distinct, generated }) => [judgements, distinct, generated]),
  )
  return { seconds, cpu: cpu() - before, jobs: some.length, found }
}

const started = (program: string, args: readonly string[], sign: RegExp) =>
  new Promise<ReturnType<typeof spawn>>((done, failed) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    const look = (text: Buffer): void => {
      if (sign.test(text.toString())) done(child)
    }
    child.stdout!.on('data', look)
    child.stderr!.on('data', look)
    child.on('error', failed)
  })

const server = await started('redis-server', ['--port', `${PORT}`, '--save', ''], /Ready to accept/)
const say = (text: string): void => void process.stderr.write(`${text}\n`)
const at = await connect({ host: '127.0.0.1', port: PORT, db: 0, shown: `redis://127.0.0.1:${PORT}` }, say)
const info = async (name: string): Promise<number> =>
  Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(await at.redis.info())![1])

/** Round i has every search whose number leaves i: the rounds are alike. */
const rounds = Array.from({ length: ROUNDS }, (_, round) => jobs.filter((_, i) => i % ROUNDS === round))

/** Bytes that the server got and gave, and its CPU seconds, so far. */
const serverNow = async (): Promise<readonly [number, number, number]> => [
  await info('total_net_input_bytes'),
  await info('total_net_output_bytes'),
  cpuOf(server.pid!),
]
const served = [0, 0, 0]
const byThreads = (n: number, some: readonly Job[]): Promise<Measured> =>
  measured(threads(n), some, [process.pid])
/** By workers that are new, as the threads are: neither has compiled anything. */
const byWorkers = async (n: number, some: readonly Job[]): Promise<Measured> => {
  const workers: ReturnType<typeof spawn>[] = []
  while (workers.length < n)
    workers.push(
      await started(
        process.execPath,
        [MAIN, 'worker', '--queue', `redis://127.0.0.1:${PORT}`, '--threads', '1'],
        /^Worker /m,
      ),
    )
  const sweep = await sweepAt(at, {
    command: 'bench',
    operands: [],
    terminal: { err: () => {} } as unknown as Parameters<typeof sweepAt>[1]['terminal'],
  })
  const before = await serverNow()
  const found = await measured(new OnQueue(sweep), some, [process.pid, ...workers.map(({ pid }) => pid!)])
  for (const [i, value] of (await serverNow()).entries()) served[i]! += value - before[i]!
  await sweep.close()
  for (const child of workers) child.kill()
  return found
}

say(`${grouped(jobs.length)} searches in ${ROUNDS} rounds; load ${loadavg()[0]!.toFixed(1)}`)
const alone = [await byThreads(1, rounds[0]!), await byWorkers(1, rounds[0]!)] as const
served.fill(0)
const both: (readonly [Measured, Measured])[] = []
for (const [round, some] of rounds.entries()) {
  // Whoever goes first changes from round to round.
  const workersFirst = round % 2 === 1 ? await byWorkers(2, some) : undefined
  const plain = await byThreads(2, some)
  const queued = workersFirst ?? (await byWorkers(2, some))
  if (plain.found !== queued.found) say('The queue has found something else.')
  both.push([plain, queued])
  say(
    `Round ${round + 1}: ${secondsText(plain.seconds)} s by threads, ${secondsText(queued.seconds)} s by workers`,
  )
}
const peak = await info('used_memory_peak')
server.kill('SIGKILL')
at.close()

const total = (all: readonly Measured[]): Measured => ({
  seconds: all.reduce((sum, { seconds }) => sum + seconds, 0),
  cpu: all.reduce((sum, { cpu }) => sum + cpu, 0),
  jobs: all.reduce((sum, { jobs }) => sum + jobs, 0),
  found: '',
})
const plain = total(both.map(([plain]) => plain))
const queued = total(both.map(([, queued]) => queued))
const row = (name: string, { seconds, cpu, jobs }: Measured): readonly string[] => [
  name,
  grouped(jobs),
  `${secondsText(seconds)} s`,
  `${secondsText(cpu)} s`,
  `${((1000 * cpu) / jobs).toFixed(2)} ms`,
]
process.stdout.write(
  `${tabled(
    [
      ['', 'searches', 'time', 'CPU', 'CPU a search'],
      row('1 thread', alone[0]),
      row('1 worker', alone[1]),
      row('2 threads', plain),
      row('2 workers', queued),
    ],
    '<>>>>',
  ).join('\n')}\n\n`,
)
const inRounds = (of: (measured: Measured) => number): string =>
  range(both.map(([plain, queued]) => of(queued) / of(plain)))
const [input, output, serverCpu] = served as [number, number, number]
const perJob = serverCpu / jobs.length
process.stdout.write(
  [
    `Two workers take ${inRounds(({ seconds }) => seconds)} times the time of two threads, and ${inRounds(({ cpu }) => cpu)} times the CPU time: median, minimum and maximum of the rounds.`,
    `A search sends the server ${bytesText(input / jobs.length)} and gets ${bytesText(output / jobs.length)}.`,
    `The server needs ${(perJob * 1000).toFixed(2)} ms of one CPU a search and had ${bytesText(peak)} at most: it feeds about ${grouped(Math.floor(1 / perJob))} searches a second.`,
    `With searches as short as these (${((plain.cpu / jobs.length) * 1000).toFixed(1)} ms), that is ${grouped(Math.floor(plain.cpu / serverCpu))} threads; with searches of a second, ${grouped(Math.floor(1 / perJob))}.`,
    '',
  ].join('\n'),
)
process.exit(0)

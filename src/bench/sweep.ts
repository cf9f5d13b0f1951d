/**
 * What a queue costs: the same design searches by threads of one process and by workers on a queue, with a Redis server
 * of its own. Says the time and the CPU time of each, what the server does for a job, and how many workers it feeds.
 * `npm run bench:sweep -- 2000`: so many searches. Linux only.
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
import { bytesText, counted, grouped, secondsText, tabled } from '../report/text/columns.ts'

const count = Number(process.argv[2] ?? 2000)
const PORT = 20_000 + (process.pid % 20_000)
const MAIN = fileURLToPath(new URL('../cli/main.js', import.meta.url))
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
  /** What was found, but for times. */
  readonly found: string
}

/** Runs all searches; `pids`: whose CPU time counts. */
const measured = async (executor: Executor, pids: readonly number[]): Promise<Measured> => {
  const cpu = () => pids.reduce((sum, pid) => sum + cpuOf(pid), 0)
  const before = cpu()
  const started = performance.now()
  const outcomes = await executor.searches(jobs, { onProgress: () => {} }).outcomes
  const seconds = (performance.now() - started) / 1000
  const found = JSON.stringify(
    outcomes.map(({ judgements, distinct, generated }) => [judgements, distinct, generated]),
  )
  return { seconds, cpu: cpu() - before, found }
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

const rows: string[][] = []
const add = (name: string, { seconds, cpu }: Measured, server = ''): void => {
  say(`${name}: ${secondsText(seconds)} s`)
  const perJob = (1000 * cpu) / jobs.length
  rows.push([name, `${secondsText(seconds)} s`, `${secondsText(cpu)} s`, `${perJob.toFixed(2)} ms`, server])
}

say(`${grouped(jobs.length)} searches; load ${loadavg()[0]!.toFixed(1)}`)
const plain: Measured[] = []
for (const n of [1, 2]) {
  plain.push(await measured(threads(n), [process.pid]))
  add(counted(n, 'thread'), plain.at(-1)!)
}
const workers: ReturnType<typeof spawn>[] = []
let last: { readonly server: number; readonly queued: Measured } | undefined
for (const n of [1, 2]) {
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
  const before = [await info('total_net_input_bytes'), await info('total_net_output_bytes')]
  const serverBefore = cpuOf(server.pid!)
  const queued = await measured(new OnQueue(sweep), [process.pid, ...workers.map(({ pid }) => pid!)])
  const serverCpu = cpuOf(server.pid!) - serverBefore
  const [input, output] = [await info('total_net_input_bytes'), await info('total_net_output_bytes')]
  const perJob = (bytes: number): string => bytesText(bytes / jobs.length)
  await sweep.close()
  add(
    counted(n, 'worker'),
    queued,
    `${secondsText(serverCpu)} s, ${perJob(input - before[0]!)} in and ${perJob(output - before[1]!)} out a job`,
  )
  if (queued.found !== plain[0]!.found) say('The queue has found something else.')
  last = { server: serverCpu, queued }
}
const peak = await info('used_memory_peak')
for (const child of [...workers, server]) child.kill('SIGKILL')
at.close()

process.stdout.write(
  `${tabled([['', 'time', 'CPU', 'CPU a job', 'server'], ...rows], '<>>><').join('\n')}\n\n`,
)
const [, two] = plain
const { server: serverCpu, queued } = last!
const perJob = serverCpu / jobs.length
process.stdout.write(
  [
    `Two workers take ${(queued.seconds / two!.seconds).toFixed(2)} times the time of two threads, and ${(queued.cpu / two!.cpu).toFixed(2)} times the CPU time.`,
    `The server needs ${(perJob * 1000).toFixed(2)} ms of one CPU a job and had ${bytesText(peak)} at most: it feeds about ${grouped(Math.floor(1 / perJob))} jobs a second.`,
    `With searches as short as these (${((two!.cpu / jobs.length) * 1000).toFixed(1)} ms), that is ${grouped(Math.floor(two!.cpu / serverCpu))} threads; with searches of a second, ${grouped(Math.floor(1 / perJob))}.`,
    '',
  ].join('\n'),
)
process.exit(0)

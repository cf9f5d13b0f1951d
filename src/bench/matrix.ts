/**
 * The benchmark of the main job: `npm run bench:matrix [-- ROUNDS] [--shard 1/12] [--against DIST]... [--flag=--FLAG]...`.
 * Runs the matrix, or a shard of it, on one thread, cold and without a cache, by this build and by those in the folders
 * told, in alternation; then once more with a profile, and prints what the CPU time went to. Builds must agree on all that
 * searches say. `--flag` gives a flag to the program of this build once more, as another contender.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { type CpuProfile, purposesIn } from './attribution.ts'
import type { ThreadTimes } from './cpu-times.ts'
import { fixed, median, range } from './statistics.ts'

/** What is measured: a build, and flags for Node. */
interface Contender {
  readonly name: string
  readonly dist: string
  readonly flags: readonly string[]
}

interface Measured {
  /** CPU seconds of the process; of the threads that run JavaScript, the main thread first; and of the rest: compilers, collectors. */
  readonly cpu: number
  readonly threads: readonly number[]
  readonly rest: number
  readonly wall: number
  /** What the searches say, without what may differ from run to run. */
  readonly said: string
  /** CPU seconds for each purpose; of a run with a profile. */
  readonly purposes: ReadonlyMap<string, number>
}

const OWN = resolve(import.meta.dirname, '../..')

const options = parseArgs({
  allowPositionals: true,
  options: {
    shard: { type: 'string', default: '1/1' },
    against: { type: 'string', multiple: true, default: [] },
    flag: { type: 'string', multiple: true, default: [] },
  },
})
const { shard, against, flag } = options.values
const rounds = Number(options.positionals[0] ?? 3)
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error(`The number of rounds is '${options.positionals[0]}'; it must be a whole number from 1.`)
  process.exit(2)
}

const measure = ({ dist, flags }: Contender, folder: string, profiled: boolean): Measured => {
  const run = mkdtempSync(join(folder, 'run-'))
  const [times, json] = [join(run, 'times'), join(run, 'shard.json')]
  const started = performance.now()
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      ...flags,
      ...['--import', pathToFileURL(join(import.meta.dirname, 'cpu-times.js')).href],
      ...(profiled ? ['--cpu-prof', '--cpu-prof-dir', run] : []),
      ...[join(dist, 'src/cli/main.js'), 'matrix', '--no-cache', '--workers', '1'],
      ...['--shard', shard, '--json', json],
    ],
    { env: { ...process.env, CPU_TIMES: times }, encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const wall = (performance.now() - started) / 1000
  if (status !== 0) throw new Error(`${dist} ended with ${status}: ${stderr}`)
  const told = readFileSync(times, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as ThreadTimes)
  const cpu = told.find((thread) => thread.process !== undefined)!.process!
  const threads = told.map(({ thread }) => thread)
  const inThreads = threads.reduce((sum, seconds) => sum + seconds, 0)
  const profiles = readdirSync(run).filter((name) => name.endsWith('.cpuprofile'))
  const purposes = new Map<string, number>()
  for (const name of profiles)
    for (const [purpose, time] of purposesIn(JSON.parse(readFileSync(join(run, name), 'utf8')) as CpuProfile))
      purposes.set(purpose, (purposes.get(purpose) ?? 0) + time)
  // Profiles measure time, which passes as well while others have the processor.
  const whole = [...purposes.values()].reduce((sum, time) => sum + time, 0)
  for (const [purpose, time] of purposes) purposes.set(purpose, (time / whole) * inThreads)
  const said = saidIn(readFileSync(json, 'utf8'))
  rmSync(run, { recursive: true })
  return { cpu, threads, rest: cpu - inThreads, wall, said, purposes }
}

/** What may differ from run to run, and how much was looked at twice, is no part of what is compared. */
const saidIn = (text: string): string => {
  const { searches } = JSON.parse(text) as { searches: { name: string; outcome: object }[] }
  return JSON.stringify(searches, (key, value: unknown) =>
    key === 'elapsedSeconds' || key === 'bytes' || key === 'checkedTwice' ? undefined : value,
  )
}

const contenders: readonly Contender[] = [
  { name: 'this build', dist: OWN, flags: [] },
  ...against.map((dist) => ({ name: dist, dist: resolve(dist), flags: [] })),
  ...flag.map((given) => ({ name: given, dist: OWN, flags: [given] })),
]
const folder = mkdtempSync(join(tmpdir(), 'clustercheck-bench-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

const runs = contenders.map((): Measured[] => [])
for (let round = 0; round < rounds; round++)
  contenders.forEach((contender, i) => {
    const measured = measure(contender, folder, false)
    runs[i]!.push(measured)
    console.error(`round ${round + 1}: ${contender.name}, ${fixed(measured.cpu)} CPU seconds`)
    if (measured.said !== runs[0]![0]!.said)
      throw new Error(`${contender.name} says other things than this build.`)
  })

console.log(`Node ${process.version}, shard ${shard}, 1 thread, ${rounds} rounds: medians (least to most)\n`)
console.log('| | CPU seconds | of the first | JavaScript | compilers and the rest | wall |')
console.log('| --- | --- | --- | --- | --- | --- |')
contenders.forEach(({ name }, i) => {
  const own = runs[i]!
  const cells = [
    range(own.map(({ cpu }) => cpu)),
    range(own.map(({ cpu }, round) => cpu / runs[0]![round]!.cpu)),
    range(own.map(({ cpu, rest }) => cpu - rest)),
    range(own.map(({ rest }) => rest)),
    range(own.map(({ wall }) => wall)),
  ]
  console.log(`| ${name} | ${cells.join(' | ')} |`)
})

const profiled = contenders.map((contender) => measure(contender, folder, true))
const names = [...new Set(profiled.flatMap(({ purposes }) => [...purposes.keys()]))]
const secondsOf = (name: string) => profiled.map(({ purposes }) => purposes.get(name) ?? 0)
names.sort((a, b) => median(secondsOf(b)) - median(secondsOf(a)))
console.log(`\nCPU seconds of one more run each, with a profile\n`)
console.log(`| | ${contenders.map(({ name }) => name).join(' | ')} |`)
console.log(`| --- |${contenders.map(() => ' ---: |').join('')}`)
console.log(
  `| compilers, collectors: threads without JavaScript | ${profiled.map(({ rest }) => fixed(rest)).join(' | ')} |`,
)
for (const name of names)
  console.log(
    `| ${name} | ${secondsOf(name)
      .map((seconds) => fixed(seconds))
      .join(' | ')} |`,
  )

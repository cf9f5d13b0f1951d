/**
 * The benchmark against other checkers: `npm run bench:peers [-- ROUNDS [MODEL...] [--only NAME]...]`. Runs every
 * contender, or those with the names told, on a model in alternation, round by round, and prints a markdown table for
 * each model; ratios pair the runs of a round. The model `ike` is the main job of ten schemes, from nothing to verdicts.
 */
import { readFileSync } from 'node:fs'
import { availableParallelism, cpus, release, totalmem } from 'node:os'
import { modelNamed } from './cases/cases.ts'
import { benchOptions } from './options.ts'
import type { Contender, Measured } from './peers/contender.ts'
import { IKE, ikeContenders } from './peers/ike-contenders.ts'
import { absences, contenders, versions } from './peers/index.ts'
import { ownContenders } from './peers/own.ts'
import { removeFolders } from './peers/workshop.ts'
import { fixed, median, range } from './statistics.ts'

const DEFAULT_MODELS = ['2pc-8', '2pc-9', 'failover-4-4-2', 'failover-5-5-2']

const machine = (): string =>
  [
    new Date().toISOString().slice(0, 10),
    `${availableParallelism()} cores of ${cpus()[0]!.model.trim()}`,
    `${(totalmem() / 2 ** 30).toFixed(0)} GiB`,
    `Linux ${release()}`,
    `Node ${process.version}`,
    ...versions(),
  ].join('; ')

/** CPU seconds that the whole machine has worked. */
const busySeconds = (): number => {
  const [, user, nice, system, , , irq, softirq] = readFileSync('/proc/stat', 'utf8').split(/\s+/).map(Number)
  return (user! + nice! + system! + irq! + softirq!) / 100
}

/** What the ratios are about: of the main job, whose searches are many and small, the time of processors. */
const priceOf = (model: string) => (run: Measured) => (model === IKE ? run.cpuSeconds : run.seconds)

const row = (
  name: string,
  runs: readonly Measured[],
  baseline: readonly Measured[],
  price: (run: Measured) => number,
): string => {
  const middle = (value: (run: Measured) => number) => median(runs.map(value))
  const { distinct, transitions, bytesPerState } = runs[0]!
  const cells = [
    name,
    range(runs.map((run) => run.seconds)),
    range(runs.map((run, round) => price(run) / price(baseline[round]!))),
    range(runs.map((run) => run.cpuSeconds)),
    fixed(
      middle((run) => run.peakBytes / 2 ** 20),
      0,
    ),
    bytesPerState === undefined
      ? `at most ${fixed(
          middle((run) => run.peakBytes / run.distinct),
          0,
        )}`
      : fixed(
          middle((run) => run.bytesPerState!),
          0,
        ),
    distinct.toLocaleString('en'),
    transitions.toLocaleString('en'),
  ]
  return `| ${cells.join(' | ')} |`
}

const HEAD = [
  '| checker | seconds | of the first | CPU seconds | peak MiB | bytes a state | states | transitions |',
  '| --- | --- | --- | --- | --- | --- | --- | --- |',
]

const compare = async (model: string, rounds: number): Promise<void> => {
  const every = model === IKE ? ikeContenders() : [...ownContenders(model), ...contenders([model])]
  const all: readonly Contender[] = every.filter(({ name }) => only === undefined || only.includes(name))
  for (const contender of all) await contender.build()
  const runs = all.map((): Measured[] => [])
  const busyBefore = busySeconds()
  const start = performance.now()
  for (let round = 0; round < rounds; round++)
    for (const [i, contender] of all.entries()) {
      const measured = await contender.run()
      runs[i]!.push(measured)
      console.error(`${model}, round ${round + 1}: ${contender.name}, ${fixed(measured.seconds)} s`)
    }
  const ours = runs.flat().reduce((sum, run) => sum + run.cpuSeconds, 0)
  const others = (busySeconds() - busyBefore - ours) / ((performance.now() - start) / 1000)
  const rows = all.map(({ name }, i) => row(name, runs[i]!, runs[0]!, priceOf(model)))
  console.log(`\n### ${model}\n\n${[...HEAD, ...rows].join('\n')}\n`)
  console.log(`What else ran on the machine, this program included, took ${fixed(others)} cores meanwhile.`)
}

const { rounds, models: named, only } = benchOptions(3)
process.on('exit', removeFolders)
process.on('SIGINT', () => process.exit(130))
process.on('SIGTERM', () => process.exit(143))
try {
  const models = named.length > 0 ? named : DEFAULT_MODELS
  models.filter((name) => name !== IKE).forEach(modelNamed)
  for (const sentence of absences()) console.error(sentence)
  console.log(`${machine()}; ${rounds} rounds, medians (least to most)`)
  for (const model of models) await compare(model, rounds)
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}

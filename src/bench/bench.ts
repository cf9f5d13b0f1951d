/**
 * The benchmark: `npm run bench [-- ROUNDS [MODEL...] [--only ENGINE]...]`. Runs every engine, or those told, on every
 * model in alternation, each time in a fresh process, and prints medians with their range, and ratios to the first engine
 * of the same rounds. Then systems are compared with their specifications, in CPU seconds: none of MODEL and ENGINE may be named.
 */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { ENGINES, MODELS, modelNamed } from './cases/cases.ts'
import { PAIRS } from './cases/pairs.ts'
import type { Run } from './cases/run-one.ts'
import type { PairsRun } from './cases/run-pairs.ts'
import { benchOptions } from './options.ts'
import { fixed, median, range } from './statistics.ts'

const { rounds, models, only } = benchOptions(5)
try {
  models.forEach(modelNamed)
} catch (error) {
  console.error((error as Error).message)
  process.exit(2)
}
const odd = only?.find((engine) => !(engine in ENGINES))
if (odd !== undefined) {
  console.error(`No engine is called '${odd}'. Known: ${Object.keys(ENGINES).join(', ')}.`)
  process.exit(2)
}

const runOnce = (model: string, engine: string): Run => {
  const output = execFileSync(process.execPath, [
    join(import.meta.dirname, 'cases/run-one.js'),
    model,
    engine,
  ])
  return JSON.parse(output.toString()) as Run
}

console.log(
  `Node ${process.version}, ${process.platform} ${process.arch}; ${rounds} rounds, medians (least to most)\n`,
)
console.log(
  'model            engine        seconds                  M successors/s  time ratio  bytes/state  scavenges',
)
for (const name of models.length > 0 ? models : Object.keys(MODELS)) {
  const { plain, distinct, generated } = modelNamed(name)
  const engines = only ?? Object.keys(ENGINES).filter((engine) => engine !== 'plain' || plain)
  const runs = new Map<string, Run[]>(engines.map((engine) => [engine, []]))
  for (let round = 0; round < rounds; round++)
    for (const engine of engines) {
      const run = runOnce(name, engine)
      if (run.distinct !== distinct || run.generated !== generated)
        throw new Error(
          `${name} with ${engine} gave ${run.distinct} states and ${run.generated} generated, not ${distinct} and ${generated}.`,
        )
      runs.get(engine)!.push(run)
    }
  const first = runs.get(engines[0]!)!
  for (const engine of engines) {
    const own = runs.get(engine)!
    const seconds = own.map((run) => run.seconds)
    const ratios = own.map((run, i) => run.seconds / first[i]!.seconds)
    console.log(
      [
        name.padEnd(16),
        engine.padEnd(13),
        range(seconds).padEnd(24),
        fixed(generated / median(seconds) / 1e6).padStart(14),
        fixed(median(ratios)).padStart(11),
        engine === 'plain'
          ? '-'.padStart(12)
          : fixed(median(own.map((run) => run.bytesPerState)), 1).padStart(12),
        String(median(own.map((run) => run.scavenges))).padStart(10),
      ].join(' '),
    )
  }
}

const comparePairs = (): void => {
  console.log(
    '\ncomparison            CPU seconds              states   specification  pairs    states/s  pairs/s',
  )
  for (const [name, { pairs }] of Object.entries(PAIRS)) {
    const runs: PairsRun[] = []
    for (let round = 0; round < rounds; round++) {
      const output = execFileSync(process.execPath, [join(import.meta.dirname, 'cases/run-pairs.js'), name])
      const run = JSON.parse(output.toString()) as PairsRun
      if (run.compared.pairs !== pairs)
        throw new Error(`${name} gave ${run.compared.pairs} pairs, not ${pairs}.`)
      runs.push(run)
    }
    const seconds = runs.map((run) => run.seconds)
    const { states, specification } = runs[0]!.compared
    console.log(
      [
        name.padEnd(21),
        range(seconds).padEnd(24),
        String(states).padEnd(8),
        String(specification).padEnd(14),
        String(pairs).padEnd(8),
        String(Math.round((states + specification) / median(seconds))).padEnd(9),
        Math.round(pairs / median(seconds)),
      ].join(' '),
    )
  }
}

if (models.length === 0 && !only) comparePairs()

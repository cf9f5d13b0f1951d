/** One timed comparison of two systems in a process of its own. Prints one JSON line. */
import { type Refinement, refinementOf } from '../../search/refinement/refinement.ts'
import { PAIRS } from './pairs.ts'

/** What one run measured: CPU seconds, those of the compiler included. */
export interface PairsRun {
  readonly seconds: number
  readonly compared: Refinement['compared']
}

const { model, property } = PAIRS[process.argv[2] ?? '']!
const started = process.cpuUsage()
const { compared } = await refinementOf(
  model,
  property,
  { states: Infinity, seconds: Infinity, bytes: Infinity },
  true,
)
const { user, system } = process.cpuUsage(started)
const run: PairsRun = { seconds: (user + system) / 1e6, compared }
console.log(JSON.stringify(run))

/** One timed search in a process of its own, so that no run profits or suffers from another. Prints one JSON line. */
import { PerformanceObserver } from 'node:perf_hooks'
import { NO_LIMITS, search } from '../../search/breadth-first.ts'
import { ENGINES } from './cases.ts'

/** What one run measured. */
export interface Run {
  readonly seconds: number
  readonly distinct: number
  readonly generated: number
  /** Bytes of the engine's arrays for each state. */
  readonly bytesPerState: number
  /** Collections of the young generation: near zero when nothing is allocated per successor. */
  readonly scavenges: number
}

const [, , modelName = '', engineName = ''] = process.argv
let scavenges = 0
new PerformanceObserver((list) => {
  // Kind 1 is a scavenge.
  for (const entry of list.getEntries())
    if ((entry as unknown as { detail: { kind: number } }).detail.kind === 1) scavenges += 1
}).observe({ entryTypes: ['gc'] })

const engine = ENGINES[engineName]!(modelName)
const outcome = await search(engine, { limits: NO_LIMITS, deadlock: false })
// Observers are told on a later turn.
await new Promise((resume) => setTimeout(resume, 20))
const run: Run = {
  seconds: outcome.elapsedSeconds,
  distinct: outcome.distinct,
  generated: outcome.generated,
  bytesPerState: outcome.bytes / outcome.distinct,
  scavenges,
}
console.log(JSON.stringify(run))

/** A thread of a hunt: makes its share of the runs, then makes traces small. See `hunt-pool.ts`. */
import { parentPort } from 'node:worker_threads'
import { Hunter } from '../../hunt/hunter.ts'
import type { HuntReport, HuntWork, TraceWork } from '../jobs/hunt-job.ts'
import { faultData } from '../process/faults.ts'
import { watchedModelOf } from '../targets/search-model.ts'

/** Milliseconds between two reports of progress. */
const PROGRESS = 200

const report = (message: HuntReport): void => parentPort?.postMessage(message)
let hunter: Hunter | undefined

const run = async ({ source, focus, options, first, every, stop, watch }: HuntWork): Promise<void> => {
  const flag = new Int32Array(stop)
  hunter = new Hunter(await watchedModelOf(source, focus, watch), options)
  let next = performance.now() + PROGRESS
  const part = hunter.hunt(first, every, (progress) => {
    if (performance.now() >= next) {
      report({ kind: 'progress', progress })
      next = performance.now() + PROGRESS
    }
    return Atomics.load(flag, 0) !== 0
  })
  report({ kind: 'part', part })
}

const say = (thrown: unknown): void => {
  const data = faultData(thrown)
  const reason = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
  report(data ? { kind: 'fault', data } : { kind: 'failure', reason })
}

const perform = async (work: HuntWork | TraceWork): Promise<void> => {
  if (work.kind === 'hunt') await run(work)
  else report({ kind: 'small', small: work.sightings.map((of) => hunter!.trace(of)) })
}

parentPort?.on('message', (work: HuntWork | TraceWork) => void perform(work).catch(say))

/** A thread of a hunt: makes its share of the runs, then makes traces small. See `hunt-pool.ts`. */
import { parentPort } from 'node:worker_threads'
import { Hunter } from '../../hunt/hunter.ts'
import type { Model } from '../../modelling/model.ts'
import type { HuntReport, HuntWork } from '../jobs/hunt-job.ts'
import { faultData } from '../process/faults.ts'
import { watchedModelOf } from '../targets/search-model.ts'

/** Milliseconds between two reports of progress. */
const PROGRESS = 200

const report = (message: HuntReport): void => parentPort?.postMessage(message)
/** All work of a thread is in one model. */
let model: Promise<Model> | undefined
/** The last one that has made runs: it knows which states are hopeless. */
let hunter: Hunter | undefined

const perform = async ({ source, focus, options, piece, stop, watch }: HuntWork): Promise<void> => {
  model ??= watchedModelOf(source, focus, watch)
  const own = await model
  if (!('first' in piece)) {
    hunter ??= new Hunter(own, options)
    return report({ kind: 'small', small: hunter.trace(piece) })
  }
  const flag = new Int32Array(stop)
  hunter = new Hunter(own, options)
  let next = performance.now() + PROGRESS
  const part = hunter.hunt(piece.first, piece.every, (progress) => {
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

parentPort?.on('message', (work: HuntWork) => void perform(work).catch(say))

/** A search thread: runs the searches it is sent, one after the other, and reports each. See `searches.ts`. */
import { parentPort } from 'node:worker_threads'
import { isModel, type Model } from '../modelling/model.ts'
import { check } from '../search/breadth-first.ts'
import { faultData } from './faults.ts'
import { focusIn, matrixIn } from './schemes.ts'
import type { ModelSource, Report, Work } from './work.ts'

const modelOf = async (source: ModelSource, focus: string): Promise<Model> => {
  if (source.kind === 'module') {
    const { default: model } = (await import(source.url)) as { default: unknown }
    if (isModel(model)) return model
    throw new Error(`${source.url} exports a model in one thread and none in another`)
  }
  const { suites } = await matrixIn(source.scope)
  // No other model is made.
  const found = focusIn(suites, source.name, focus)?.model
  if (found) return found
  throw new Error(`there is no search ${focus} of a scheme ${source.name} in the scope ${source.scope}`)
}

const report = (message: Report): void => parentPort?.postMessage(message)

const run = async ({ source, focus, settings, stop }: Work): Promise<void> => {
  const flag = new Int32Array(stop)
  const { model: _, ...outcome } = await check(await modelOf(source, focus), {
    ...settings,
    onProgress: (progress) => report({ kind: 'progress', progress }),
    interrupted: () => Atomics.load(flag, 0) !== 0,
  })
  report({ kind: 'outcome', outcome })
}

const say = (thrown: unknown): void => {
  const data = faultData(thrown)
  const reason = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
  report(data ? { kind: 'fault', data } : { kind: 'failure', reason })
}

/** After the last search: whatever the models have thrown by then has been heard. */
const end = (): void => void setImmediate(() => process.exit(0))

parentPort?.on('message', (work: Work | null) => (work === null ? end() : void run(work).catch(say)))

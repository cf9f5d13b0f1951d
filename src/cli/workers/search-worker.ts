/** A search thread: runs the searches it is sent, one after the other, and reports each. See `search-pool.ts`. */
import { parentPort } from 'node:worker_threads'
import { readsOf } from '../../../model/design/noted.ts'
import type { Model } from '../../modelling/model.ts'
import { isTemporal } from '../../modelling/property.ts'
import { hunt } from '../../search/bitstate-search.ts'
import { type SearchOptions, search } from '../../search/breadth-first.ts'
import type { Engine } from '../../search/engine/engine.ts'
import type { Outcome } from '../../search/engine/outcome.ts'
import { packedEngine } from '../../search/packed/packed-engine.ts'
import { leadEngine } from '../../search/packed/parallel/lead-engine.ts'
import { threadCrew } from '../../threads/thread-crew.ts'
import type { CheckpointSettings, Report, Work } from '../jobs/search-job.ts'
import { watched } from '../jobs/watch.ts'
import { UsageError } from '../process/errors.ts'
import { faultData } from '../process/faults.ts'
import { checkpointFile, checkpointsTo, identityOf, readCheckpoint } from '../saved/checkpoints.ts'
import { outsideFile } from '../saved/outside-file.ts'
import { modelOf } from '../targets/search-model.ts'

const report = (message: Report): void => parentPort?.postMessage(message)

const run = async ({ source, focus, settings, helpers, stop, watch }: Work): Promise<void> => {
  const flag = new Int32Array(stop)
  const { exact, profile, symmetry, bitstate, saving, lean = false, ...how } = settings
  const own = await modelOf(source, focus)
  const model = watched(own, watch)
  const address = {
    module: new URL('../targets/search-model.js', import.meta.url).href,
    name: 'watchedModelOf',
    arguments: [source, focus, watch],
  }
  const options: SearchOptions = {
    ...how,
    onProgress: (progress) => report({ kind: 'progress', progress }),
    interrupted: () => Atomics.load(flag, 0) !== 0,
    fewestChanges: !lean,
    once: lean,
  }
  const outside = outsideFile(how.limits.bytes, (text) => report({ kind: 'warning', text }))
  const engine = () =>
    helpers > 0 && !model.properties.some(isTemporal)
      ? leadEngine(model, { exact, symmetry, outside, crew: threadCrew(address, helpers, printed) })
      : packedEngine(model, { exact, symmetry, profile, outside })
  const searched = (): Promise<Outcome> => {
    const made = engine()
    return search(made, { ...options, ...(saving && savingOf(saving, focus, own, made)) })
  }
  const { model: _model, ...outcome } = await (bitstate
    ? hunt(model, bitstate, options)
    : searched()
  ).finally(outside.close)
  const reads = readsOf(own)
  report({ kind: 'outcome', outcome: { ...outcome, ...(reads && { reads }) } })
}

const savingOf = (
  saving: CheckpointSettings,
  focus: string,
  model: Model,
  engine: Engine,
): Pick<SearchOptions, 'from' | 'checkpoints'> => {
  const { folder, every, resume } = saving
  const identity = identityOf(saving, focus, model, engine)
  const from = resume === undefined ? undefined : readCheckpoint(checkpointFile(resume, focus), identity)
  const checkpoints = checkpointsTo(checkpointFile(folder, focus), identity, every, (text) =>
    report({ kind: 'warning', text }),
  )
  return { checkpoints, ...(from && { from }) }
}

/** What a model prints is no result: it goes where that of this thread goes. */
const printed = (text: Buffer): void => void process.stdout.write(text)

const say = (thrown: unknown): void => {
  const data = faultData(thrown)
  const reason = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
  if (data) report({ kind: 'fault', data })
  else if (thrown instanceof UsageError) report({ kind: 'usage', data: thrown.data })
  else report({ kind: 'failure', reason })
}

/** After the last search: whatever the models have thrown by then has been heard. */
const end = (): void => void setImmediate(() => process.exit(0))

parentPort?.on('message', (work: Work | null) => (work === null ? end() : void run(work).catch(say)))

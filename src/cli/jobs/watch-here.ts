/** Watches the closures of a model that are run in the main thread, where a loop keeps anything else from being said. */
import { Worker } from 'node:worker_threads'
import type { Model } from '../../modelling/model.ts'
import { closureNames, watched, watchMemory } from './watch.ts'
import type { WatchData } from './watch-thread.ts'

/** The model, whose closures a thread of its own watches: it names one that does not return. A signal ends the program then. */
export const watchedHere = (model: Model): Model => {
  const memory = watchMemory(1)
  const data: WatchData = { memory, name: model.name, closures: closureNames(model) }
  new Worker(new URL('./watch-thread.js', import.meta.url), { workerData: data }).unref()
  return watched(model, memory)
}

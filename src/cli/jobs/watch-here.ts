/** Watches the closures of a model that are run in the main thread, where a loop keeps anything else from being said. */
import { Worker } from 'node:worker_threads'
import type { Model } from '../../modelling/model.ts'
import { closureNames, watched, watchMemory } from './watch.ts'

/** Milliseconds between two looks, and after which a closure is named that has not returned. */
const LOOK = 250
const SLOW = 4000

/** The model, whose closures a thread of its own watches: it names one that does not return. A signal ends the program then. */
export const watchedHere = (model: Model): Model => {
  const memory = watchMemory(1)
  const sentences = closureNames(model).map(
    (name) => `The ${name} in ${model.name} has been running for ${SLOW / 1000} s; it may never return.\n`,
  )
  const watcher = new Worker(LOOKING, { eval: true, workerData: { memory, sentences } })
  watcher.unref()
  return watched(model, memory)
}

/** The words of the one thread are as `watched` writes them: the closure, and the count of its calls. */
const LOOKING = `
const { workerData: { memory, sentences } } = require('node:worker_threads')
const cells = new Int32Array(memory)
let call = -1
let since = performance.now()
const looking = setInterval(() => {
  const [closure, calls] = [cells[1], cells[2]]
  if (closure === 0 || calls !== call) [call, since] = [calls, performance.now()]
  else if (performance.now() - since >= ${SLOW}) {
    require('node:fs').writeSync(2, sentences[closure - 1])
    clearInterval(looking)
  }
}, ${LOOK})
`

/** A thread that looks into one question, and says how far it is. */
import { parentPort, workerData } from 'node:worker_threads'
import type { Said } from '../../explore/protocol.ts'
import { answerTo } from '../../explore/questions.ts'
import { walksIn } from '../../explore/walks.ts'
import { watchedModelOf } from '../targets/search-model.ts'
import type { QuestionWork } from './explore-job.ts'
import { problemText } from './problems.ts'

const { stand, path, question, bounds, stop } = workerData as QuestionWork
const flag = new Int32Array(stop)
const say = (said: Said): void => parentPort?.postMessage(said)

try {
  const model = await watchedModelOf(stand.source, stand.focus, stand.watch)
  const answer = await answerTo(question, walksIn(model), path, {
    bounds,
    onProgress: (text) => say({ kind: 'progress', text }),
    stopped: () => Atomics.load(flag, 0) !== 0,
  })
  say({ kind: 'answer', answer })
} catch (thrown) {
  say({ kind: 'problem', problem: problemText(thrown) })
}

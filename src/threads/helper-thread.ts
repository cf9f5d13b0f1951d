/** The thread of a helper: finds the model, then expands blocks until the search is over. */
import { receiveMessageOnPort, workerData } from 'node:worker_threads'
import { isModel, type Model } from '../modelling/model.ts'
import { helperOf } from '../search/packed/parallel/helper.ts'
import type { Message } from '../search/packed/parallel/messages.ts'
import { Board } from '../search/packed/parallel/work-queue.ts'
import { collector } from './collector.ts'
import type { HelperData, ModelAddress } from './thread-crew.ts'

/** Milliseconds after which a helper looks for work by itself. */
const PATIENCE = 50

const modelAt = async ({ module, name, arguments: given }: ModelAddress): Promise<Model> => {
  const found = ((await import(module)) as Record<string, unknown>)[name]
  const model = given ? await (found as (...given: readonly unknown[]) => unknown)(...given) : found
  if (isModel(model)) return model
  throw new Error(`${module} exports no model as ${name} in this thread`)
}

const { address, options, thread, threads, board: memory, port } = workerData as HelperData
const board = new Board(threads, memory)
const turn = helperOf(await modelAt(address), options, thread, board, {
  receive: () => receiveMessageOnPort(port)?.message as Message | undefined,
  say: (fault) => port.postMessage(fault),
  collect: collector(),
})
for (;;) {
  const seen = board.work
  const ended = turn()
  if (ended === 'stopped') break
  if (ended === 'idle') board.awaitWork(seen, PATIENCE)
}
port.close()

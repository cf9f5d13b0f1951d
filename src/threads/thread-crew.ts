/** The threads that help with a search. */
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads'
import type { Crew, FaultMessage, HelperOptions } from '../search/packed/parallel/messages.ts'
import { collector } from './collector.ts'

/** Where another thread finds the model: an export of a module, or what it returns when called. */
export interface ModelAddress {
  /** The URL of the module. */
  readonly module: string
  readonly name: string
  /** Present: the export is a function of these, which may return a promise. */
  readonly arguments?: readonly unknown[]
}

/** What a helper's thread is started with. */
export interface HelperData {
  readonly address: ModelAddress
  readonly options: HelperOptions
  readonly thread: number
  readonly threads: number
  readonly board: SharedArrayBuffer
  readonly port: MessagePort
}

/** A crew of `size` threads; what models print in them, which is no result, goes to `onText`. */
export const threadCrew = (address: ModelAddress, size: number, onText: (text: Buffer) => void): Crew => {
  const workers: Worker[] = []
  const ports: MessagePort[] = []
  let death: string | undefined
  let ended = false
  return {
    size,
    start(board, options) {
      for (let thread = 1; thread <= size; thread++) {
        const { port1, port2 } = new MessageChannel()
        const data: HelperData = { address, options, thread, threads: size + 1, board, port: port2 }
        const worker = new Worker(new URL('./helper-thread.js', import.meta.url), {
          workerData: data,
          transferList: [port2],
          stdout: true,
        })
        // What a model prints is no result.
        worker.stdout.on('data', onText)
        worker.on('error', (error) => {
          death ??= error instanceof Error ? (error.stack ?? error.message) : String(error)
        })
        worker.on('exit', (code) => {
          if (!ended) death ??= `helper ${thread} ended with code ${code}`
        })
        workers.push(worker)
        ports.push(port1)
      }
    },
    send: (message, thread) => ports[thread - 1]!.postMessage(message),
    fault: (thread) => receiveMessageOnPort(ports[thread - 1]!)?.message as FaultMessage | undefined,
    collect: collector(),
    get death() {
      return death
    },
    end() {
      ended = true
      for (const worker of workers) void worker.terminate()
      for (const port of ports) port.close()
    },
  }
}

/** A helper of a search: takes blocks, expands them and leaves what it found for the lead, which stores it. */
import type { Model } from '../../../modelling/model.ts'
import { visitedShape } from '../codegen/keys.ts'
import { PAIRS } from '../codegen/tree.ts'
import { isOutOfMemory } from '../packed-search.ts'
import { type ProgramOptions, programOf } from '../program.ts'
import { type Block, blockIn, FAULT, HEAD } from '../storage/block.ts'
import { chunkOf } from '../storage/chunks.ts'
import { Garbage } from '../storage/garbage.ts'
import { Table } from '../storage/table.ts'
import type { FaultMessage, Message } from './messages.ts'
import type { Board } from './work-queue.ts'

/** How a helper hears and is heard. */
export interface Line {
  /** The next message of the lead; it was sent before. */
  receive(): Message | undefined
  say(fault: FaultMessage): void
  /** Gives back the memory of shared arrays that were dropped. */
  collect(): void
}

/** How a turn ended. */
export type Turn = 'worked' | 'idle' | 'stopped'

/** Builds the helper with a number from 1; each call of what is returned does the work of one block at most. */
export const helperOf = (
  model: Model,
  options: ProgramOptions,
  thread: number,
  board: Board,
  line: Line,
): (() => Turn) => {
  const tables: { visited?: Table; pairs?: Table } = {}
  const chunks: Int32Array[] = []
  const program = programOf(model, options, (_, keying) => {
    const visited = new Table({ ...visitedShape(model, keying), shared: true })
    const pairs = keying === 'tree' ? new Table({ ...PAIRS, shared: true }) : undefined
    Object.assign(tables, { visited, pairs })
    return { visited, pairs, shared: true, deferred: true }
  })
  const garbage = new Garbage(() => line.collect())
  let blocks: readonly Block[] = []
  let heard = 0

  const replace = ({ of, index, words }: Extract<Message, { kind: 'segment' }>): void => {
    const table = tables[of]!
    garbage.dropped(table.replace(index, words), table.bytes)
  }

  const hear = (): void => {
    for (; heard < board.sent; heard++) {
      const message = line.receive()
      if (!message) throw new Error('A message from the lead was lost.')
      if (message.kind === 'chunk') chunks[message.index] = message.words
      else if (message.kind === 'segment') replace(message)
      else blocks = message.memory.map((memory) => blockIn(message.size, memory))
    }
  }

  return () => {
    if (board.isStopped) return 'stopped'
    if (!board.isOpen) return 'idle'
    const slot = board.freeSlot(thread)
    if (slot === undefined) return 'idle'
    const one = board.take()
    if (!one) {
      board.release(thread, slot)
      return 'idle'
    }
    hear()
    const taken = board.block(one.number)
    const block = blocks[slot]!
    program.aim(block)
    try {
      const { checked } = program.twice
      program.expand(taken.from, taken.to, chunks[chunkOf(taken.from)]!)
      program.note()
      block.head[HEAD.checked] = program.twice.checked - checked
    } catch (cause) {
      if (isOutOfMemory(cause)) block.head[HEAD.fault] = FAULT.memory
      else {
        const { fault, from, instance } = program.located(cause)
        line.say({ block: taken.number, from, instance, data: fault.data })
        block.head[HEAD.fault] = FAULT.model
      }
    }
    board.finish(taken, thread, slot)
    return 'worked'
  }
}

/** Helpers of a search in one thread: they take turns with the lead in an order that a test chooses. */
import type { Model } from '../modelling/model.ts'
import type { Engine } from '../search/engine/engine.ts'
import type { PackedOptions } from '../search/packed/packed-search.ts'
import { helperOf, type Turn } from '../search/packed/parallel/helper.ts'
import { leadEngine } from '../search/packed/parallel/lead-engine.ts'
import type { FaultMessage, Message } from '../search/packed/parallel/messages.ts'
import { Board, type Taken } from '../search/packed/parallel/work-queue.ts'

/** Whose turn it is: a number from 0, of which the remainder counts; 0 is the lead. */
export type Choose = () => number

/** The same choices again and again for the same seed. */
export const choicesFrom = (seed: number): Choose => {
  let state = seed | 0
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0
    return (state >>> 8) & 0xffff
  }
}

/** A helper's board that says of every other block only after the lead's next turn that it is done: the lead goes on without it. */
class LateBoard extends Board {
  #late = () => {}
  #blocks = 0

  override finish(taken: Taken, thread: number, slot: number): void {
    const finish = () => super.finish(taken, thread, slot)
    this.tell()
    this.#blocks += 1
    // With nothing to go on with, the lead would wait for it.
    if (this.#blocks % 2 === 0 || this.isEmpty) finish()
    else this.#late = finish
  }

  tell(): void {
    this.#late()
    this.#late = () => {}
  }
}

/** A lead with helpers from the first state on, in blocks of a few states. */
export const engineInTurns = (model: Model, options: PackedOptions, size: number, choose: Choose): Engine => {
  const lines = Array.from({ length: size }, () => ({
    messages: [] as Message[],
    faults: [] as FaultMessage[],
  }))
  const turns: (() => Turn)[] = []
  const boards: LateBoard[] = []
  const engine = leadEngine(model, {
    tries: 16,
    run: 1 + (choose() % 3),
    ...options,
    helped: 0,
    crew: {
      size,
      start(memory) {
        lines.forEach(({ messages, faults }, i) => {
          const line = {
            receive: () => messages.shift(),
            say: (fault: FaultMessage) => faults.push(fault),
            collect() {},
          }
          const board = new LateBoard(size + 1, memory)
          boards.push(board)
          turns.push(helperOf(model, options, i + 1, board, line))
        })
      },
      send: (message, thread) => void lines[thread - 1]!.messages.push(message),
      fault: (thread) => lines[thread - 1]!.faults.shift(),
      collect() {},
      death: undefined,
      end() {},
    },
  })
  const lead = engine.advance.bind(engine)
  engine.advance = () => {
    const turn = choose() % (turns.length + 1)
    if (turn !== 0 && turns[turn - 1]!() !== 'idle') return
    lead()
    for (const board of boards) board.tell()
  }
  return engine
}

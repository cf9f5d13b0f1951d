/** Helpers of a search in one thread: they take turns with the lead in an order that a test chooses. */
import type { Model } from '../modelling/model.ts'
import type { Engine } from '../search/engine.ts'
import { Board } from '../search/packed/board.ts'
import type { FaultMessage, Message } from '../search/packed/crew.ts'
import { helperOf, type Turn } from '../search/packed/helper.ts'
import { leadEngine } from '../search/packed/lead-engine.ts'
import type { ProgramOptions } from '../search/packed/program.ts'

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

/** A lead with helpers from the first state on, in blocks of a few states. */
export const engineInTurns = (
  model: Model,
  options: ProgramOptions & { readonly tries?: number },
  size: number,
  choose: Choose,
): Engine => {
  const lines = Array.from({ length: size }, () => ({
    messages: [] as Message[],
    faults: [] as FaultMessage[],
  }))
  const turns: (() => Turn)[] = []
  const engine = leadEngine(model, {
    tries: 16,
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
          turns.push(helperOf(model, options, i + 1, new Board(size + 1, memory), line))
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
    if (turn === 0 || turns[turn - 1]!() === 'idle') lead()
  }
  return engine
}

/** The engine over packed states: program text made for one model, and the memory it fills. One thread. */
import type { Model } from '../../modelling/model.ts'
import { instancesOf } from '../../state/plain.ts'
import { type Engine, OutOfMemory } from '../engine.ts'
import { Levels } from '../levels.ts'
import { namesTo } from '../path.ts'
import { blockIn, blockSize } from './block.ts'
import { CHUNK, chunkOf } from './chunks.ts'
import { bytesOf, memoryOf, Tally } from './memory.ts'
import { type ProgramOptions, programOf } from './program.ts'

/** Action instances tried between two looks at the limits. */
const TRIES = 1 << 14

/** Builds the engine; the text is compiled here, not at the first state. */
export const packedEngine = (model: Model, options: ProgramOptions): Engine => {
  let memory: ReturnType<typeof memoryOf> | undefined
  const program = programOf(model, options, (words, keying) => {
    memory = memoryOf(model, words, keying, false)
    const { visited, pairs } = memory
    return { visited, pairs, stored: memory, shared: false, deferred: false }
  })
  const { frontier, ancestry, links, fresh } = memory!
  const tally = new Tally(model, fresh)
  const levels = new Levels()
  const states = Math.max(1, Math.floor(TRIES / instancesOf(model.actions).length))
  const block = blockIn(blockSize(model, { states: 0, instances: 0, words: 0, edges: false }))

  /** Runs a piece of the search; an error of the model's own code becomes a fault that says where it happened. */
  const guarded = (piece: () => void): void => {
    program.aim(block)
    try {
      piece()
    } catch (cause) {
      if (isOutOfMemory(cause)) throw new OutOfMemory()
      const { fault, from } = program.located(cause)
      throw fault.with({ path: namesTo(engine, from, program.initial, program.instances) })
    } finally {
      program.note()
      tally.add(block)
    }
  }

  const engine: Engine = {
    model,
    exact: options.exact,
    findings: tally.findings,
    get coverage() {
      return tally.coverage
    },
    get distinct() {
      return program.count()
    },
    get generated() {
      return tally.generated
    },
    get expanded() {
      return levels.expanded
    },
    get depth() {
      return levels.depth
    },
    get bytes() {
      return bytesOf(memory!)
    },
    get stuck() {
      return tally.stuck
    },
    get deadlock() {
      return tally.deadlock
    },
    start() {
      guarded(program.start)
      levels.start(program.count())
    },
    advance() {
      const from = levels.expanded
      const to = Math.min(from + states, levels.end, (chunkOf(from) + 1) * CHUNK)
      guarded(() => program.expand(from, to, frontier.chunks[chunkOf(from)]!))
      frontier.pass(to, program.count())
      levels.done(to, program.count())
    },
    secondOpinion() {
      guarded(() => {
        program.examine(-1, memory!.zero)
        for (const [state, words] of frontier.sample) program.examine(state, words)
      })
    },
    cameBy: (state) => ancestry.cameBy(state),
    marks: (state, property) => links!.marks(state, property),
    eachEdge: (visit) => links?.each(visit),
  }
  return engine
}

/** What typed arrays throw that find no memory. */
const isOutOfMemory = (cause: unknown): boolean =>
  cause instanceof RangeError && /allocation failed|Invalid array buffer length/i.test(cause.message)

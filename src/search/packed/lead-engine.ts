/**
 * The engine of several threads. Each expands blocks of states and looks successors up in one table; the lead alone
 * stores what is new, block by block in their order, and it looks each candidate up again. So states get the numbers
 * that one thread would give them, and verdicts, counts and paths do not depend on the number of threads.
 */
import { ModelFault } from '../../modelling/fault.ts'
import type { Model } from '../../modelling/model.ts'
import { type Engine, HelperDied, OutOfMemory } from '../engine.ts'
import type { Saved } from '../saved.ts'
import { type Block, type BlockSize, blockIn, blockSize, blockStates, bytesOf, HEAD } from './block.ts'
import { Board, SLOTS } from './board.ts'
import { CHUNK, chunkOf } from './chunks.ts'
import type { Crew, Message } from './crew.ts'
import { Garbage } from './garbage.ts'
import { keepsEdges } from './links.ts'
import { isOutOfMemory, PackedSearch } from './packed-search.ts'
import type { ProgramOptions } from './program.ts'

/** States known before it is worth it to start the helpers. */
const HELPED = 20_000
/** Milliseconds for which the lead waits before it looks around. */
const PATIENCE = 5
/** The number of the lead's thread; helpers have those from 1. */
const LEAD = 0

export interface LeadOptions extends Omit<ProgramOptions, 'profile'> {
  readonly crew: Crew
  /** For tests: helpers start at so many states, and so many instances are tried for one block. */
  readonly helped?: number
  readonly tries?: number
}

/** Builds the engine of a lead and its crew. */
export const leadEngine = (model: Model, options: LeadOptions): Engine => new LeadSearch(model, options)

class LeadSearch extends PackedSearch {
  readonly #crew: Crew
  readonly #helped: number
  readonly #states: number
  readonly #size: BlockSize
  readonly #board: Board
  /** The blocks of the lead, then those of each helper. */
  readonly #blocks: (readonly Block[])[]
  /** Faults by number of block. */
  readonly #faults = new Map<number, ModelFault>()
  /** States with smaller numbers are in a block that was offered. */
  #offered = 0
  #started = false

  constructor(model: Model, options: LeadOptions) {
    super(model, options, true)
    const { crew, helped = HELPED, tries } = options
    this.#states = blockStates(this.program.instances.length, tries)
    const { frontier, visited, pairs, zero } = this.memory
    this.#crew = crew
    this.#helped = helped
    this.#size = blockSize(model, {
      states: this.#states,
      instances: Math.max(this.program.instances.length, this.program.initial.length),
      words: zero.length,
      edges: keepsEdges(model),
    })
    this.#board = new Board(crew.size + 1)
    this.#blocks = [Array.from({ length: SLOTS }, () => blockIn(this.#size))]
    const garbage = new Garbage(() => crew.collect())
    const follow = (of: 'visited' | 'pairs') => (index: number, dropped: number) => {
      this.#tell(this.#segment(of, index))
      garbage.dropped(dropped, this.bytes)
    }
    visited.onGrowth = follow('visited')
    if (pairs) pairs.onGrowth = follow('pairs')
    frontier.onChunk = (index) => this.#tell(this.#chunk(index))
  }

  protected override get threads(): number {
    return this.#started ? 1 + this.#crew.size : 1
  }

  start(): void {
    const block = this.#blocks[LEAD]![0]!
    this.program.aim(block)
    this.guarded(() => {
      this.program.start()
      this.program.note()
      this.program.admit(block, -1, 0)
    })
    this.tally.add(block)
    this.levels.start(this.distinct)
    this.#offer()
  }

  override load(saved: Saved): void {
    super.load(saved)
    this.#offered = this.expanded
    this.#offer()
  }

  /** Stores a block, or expands one, or waits a moment. */
  advance(): void {
    const { death } = this.#crew
    if (death !== undefined) throw new HelperDied(death)
    const seen = this.#board.done
    if (this.#store()) {
      if (!this.#started && this.distinct >= this.#helped) this.#startHelpers()
      return
    }
    if (!this.#expand()) this.#board.awaitDone(seen, PATIENCE)
  }

  close(): void {
    this.#board.stop()
    this.#crew.end()
  }

  /** Stores the next block, if it is done. */
  #store(): boolean {
    const { next } = this.#board
    if (!next) return false
    const { from, to, thread, slot, number } = next
    const block = this.#blocks[thread]![slot]!
    if (block.head[HEAD.fault] !== 0) throw this.#faultOf(thread, number)
    try {
      this.program.admit(block, from, to)
    } catch (cause) {
      throw isOutOfMemory(cause) ? new OutOfMemory() : cause
    }
    this.tally.add(block)
    this.#board.stored(thread, slot)
    this.passed(to)
    this.#offer()
    return true
  }

  /** Expands the next block that nobody has taken, if there is one. */
  #expand(): boolean {
    const slot = this.#board.freeSlot(LEAD)
    if (slot === undefined) return false
    const taken = this.#board.take()
    if (!taken) {
      this.#board.release(LEAD, slot)
      return false
    }
    const { from, to, number } = taken
    const block = this.#blocks[LEAD]![slot]!
    this.program.aim(block)
    try {
      this.program.expand(from, to, this.memory.frontier.chunks[chunkOf(from)]!)
      this.program.note()
    } catch (cause) {
      if (isOutOfMemory(cause)) throw new OutOfMemory()
      this.#faults.set(number, this.locate(this.program.located(cause)))
      block.head[HEAD.fault] = 1
    }
    this.#board.finish(taken, LEAD, slot)
    return true
  }

  #faultOf(thread: number, number: number): ModelFault {
    while (!this.#faults.has(number)) {
      const told = this.#crew.fault(thread)
      if (!told) throw new HelperDied(`helper ${thread} did not say what went wrong`)
      this.#faults.set(told.block, this.locate({ ...told, fault: new ModelFault(told.data) }))
    }
    return this.#faults.get(number)!
  }

  /** Offers what can be expanded: whole blocks, and the last one of a level when its states are all known. */
  #offer(): void {
    const before = this.#offered
    while (this.#board.hasRoom && this.#offered < this.distinct) {
      const from = this.#offered
      const whole = Math.min(from + this.#states, (chunkOf(from) + 1) * CHUNK)
      const to = from < this.levels.end ? Math.min(whole, this.levels.end) : whole
      if (to > this.distinct) break
      this.#board.offer(from, to)
      this.#offered = to
    }
    if (this.#offered > before) this.#board.announce()
  }

  #startHelpers(): void {
    this.#started = true
    const { visited, pairs, frontier } = this.memory
    this.#crew.start(this.#board.memory, { exact: this.exact, symmetry: this.symmetry })
    for (let thread = 1; thread <= this.#crew.size; thread++) {
      const memory = Array.from({ length: SLOTS }, () => new SharedArrayBuffer(bytesOf(this.#size)))
      this.#blocks.push(memory.map((slot) => blockIn(this.#size, slot)))
      this.#crew.send({ kind: 'blocks', memory, size: this.#size }, thread)
    }
    this.#board.countSent()
    for (const index of visited.segments.keys()) this.#tell(this.#segment('visited', index))
    for (const index of pairs?.segments.keys() ?? []) this.#tell(this.#segment('pairs', index))
    frontier.chunks.forEach((words, index) => {
      if (words) this.#tell(this.#chunk(index))
    })
  }

  /** Tells every helper. */
  #tell(message: Message): void {
    if (!this.#started) return
    for (let thread = 1; thread <= this.#crew.size; thread++) this.#crew.send(message, thread)
    this.#board.countSent()
  }

  #segment(of: 'visited' | 'pairs', index: number): Message {
    return { kind: 'segment', of, index, words: this.memory[of]!.segments[index]! }
  }

  #chunk(index: number): Message {
    return { kind: 'chunk', index, words: this.memory.frontier.chunks[index]! }
  }
}

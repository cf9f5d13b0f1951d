/**
 * The engine of several threads. Each expands blocks of states and looks successors up in one table; the lead alone
 * stores what is new, block by block in their order: what helpers have found, which it looks up again, and what it finds
 * itself in blocks that are next to be stored anyway. So states get the numbers that one thread would give them, and
 * verdicts, counts and paths do not depend on the number of threads.
 */
import { ModelFault } from '../../../modelling/fault.ts'
import type { Model } from '../../../modelling/model.ts'
import { type Engine, HelperDied, OutOfMemory } from '../../engine/engine.ts'
import type { Saved } from '../../engine/saved.ts'
import { isOutOfMemory, type PackedOptions, PackedSearch } from '../packed-search.ts'
import { type Block, type BlockSize, blockIn, blockSize, bytesOf, FAULT, HEAD } from '../storage/block.ts'
import { chunkOf } from '../storage/chunks.ts'
import { Garbage } from '../storage/garbage.ts'
import { keepsEdges } from '../storage/links.ts'
import type { Crew, Message } from './messages.ts'
import { Board, SLOTS, type Taken } from './work-queue.ts'

/** States known before it is worth it to start the helpers. */
const HELPED = 20_000
/** Blocks that the lead takes together: so many that helpers, which take those after, are rarely in the way of the next. */
const RUN = 8
/** Milliseconds for which the lead waits before it looks around. */
const PATIENCE = 5
/** What helpers know of a chunk that is no more in memory. */
const NOTHING = new Int32Array(0)
/** The number of the lead's thread; helpers have those from 1. */
const LEAD = 0

export interface LeadOptions extends Omit<PackedOptions, 'profile'> {
  readonly crew: Crew
  /** For tests: helpers start at so many states, and the lead takes so many blocks together. */
  readonly helped?: number
  readonly run?: number
}

/** Builds the engine of a lead and its crew. */
export const leadEngine = (model: Model, options: LeadOptions): Engine => new LeadSearch(model, options)

class LeadSearch extends PackedSearch {
  readonly #crew: Crew
  readonly #helped: number
  readonly #together: number
  readonly #size: BlockSize
  readonly #board: Board
  /** The blocks of the lead, then those of each helper. */
  readonly #blocks: (readonly Block[])[]
  /** Faults by number of block. */
  readonly #faults = new Map<number, ModelFault>()
  /** States with smaller numbers are in a block that was offered. */
  #offered = 0
  #started = false
  /** Blocks that the lead has taken and not yet expanded. */
  #run = { number: 0, count: 0 }

  constructor(model: Model, options: LeadOptions) {
    super(model, options, true)
    const { crew, helped = HELPED, run = RUN } = options
    const { frontier, visited, pairs, zero } = this.memory
    this.#crew = crew
    this.#helped = helped
    this.#together = run
    this.#size = blockSize(model, {
      states: this.blocks.most,
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

  protected override get neededSoon(): number {
    return this.#offered
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
    if (!this.#store() && !this.#expand()) this.#board.awaitDone(seen, PATIENCE)
    if (!this.#started && this.distinct >= this.#helped) this.#startHelpers()
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
    if (block.head[HEAD.fault] === FAULT.memory) throw new OutOfMemory()
    if (block.head[HEAD.fault] === FAULT.model) throw this.#faultOf(thread, number)
    try {
      this.program.admit(block, from, to)
    } catch (cause) {
      throw isOutOfMemory(cause) ? new OutOfMemory() : cause
    }
    this.tally.add(block)
    this.#stored(to, thread, slot)
    return true
  }

  /** What was found in the block up to `to`, in a slot of a thread, is stored. */
  #stored(to: number, thread: number, slot: number): void {
    this.#board.stored(thread, slot)
    this.passed(to)
    this.#offer()
  }

  /** Expands the next block that it has taken, if there is one. */
  #expand(): boolean {
    if (this.#run.count === 0) this.#run = this.#board.take(this.#together) ?? this.#run
    const { number, count } = this.#run
    if (count === 0) return false
    const slot = this.#board.freeSlot(LEAD)
    if (slot === undefined) return false
    const taken = this.#board.block(number)
    if (number === this.#board.storing) this.#expandFirst(taken, slot)
    else this.#expandAhead(taken, slot)
    this.#run = { number: number + 1, count: count - 1 }
    return true
  }

  /** Expands the block that is next to be stored, and stores what is new as one thread alone would. */
  #expandFirst({ from, to }: Taken, slot: number): void {
    const block = this.#blocks[LEAD]![slot]!
    this.program.aim(block)
    try {
      this.guarded(() => this.program.expandFirst(from, to, this.#chunkOf(from)))
    } finally {
      this.program.note()
      this.tally.add(block)
    }
    this.#stored(to, LEAD, slot)
  }

  /** Expands a block while one before it is not done. */
  #expandAhead(taken: Taken, slot: number): void {
    const { from, to, number } = taken
    const block = this.#blocks[LEAD]![slot]!
    this.program.aim(block)
    try {
      this.program.expand(from, to, this.#chunkOf(from))
      this.program.note()
    } catch (cause) {
      if (isOutOfMemory(cause)) throw new OutOfMemory()
      this.#faults.set(number, this.locate(this.program.located(cause)))
      block.head[HEAD.fault] = FAULT.model
    }
    this.#board.finish(taken, LEAD, slot)
  }

  #chunkOf(from: number): Int32Array {
    return this.memory.frontier.at(chunkOf(from))
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
      const to = this.blockEnd(this.#offered)
      if (to > this.distinct) break
      this.memory.frontier.at(chunkOf(this.#offered))
      this.#board.offer(this.#offered, to)
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
    this.#board.open()
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
    return { kind: 'chunk', index, words: this.memory.frontier.chunks[index] ?? NOTHING }
  }
}

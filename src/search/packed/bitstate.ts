/**
 * The bitstate engine: goes down first through spaces that do not fit in memory, of whose states it keeps bits only.
 * It needs the bit array, the stack, and nothing for a state that is left.
 */
import type { Model } from '../../modelling/model.ts'
import { instancesOf } from '../../state/plain/instances.ts'
import { type Engine, type Finding, type Findings, OutOfMemory } from '../engine/engine.ts'
import type { BitstateFill } from '../engine/outcome.ts'
import { namesTo } from '../engine/path.ts'
import { type Bitstate, COUNT } from './codegen/bitstate.ts'
import type { RecallLimits } from './memoised/read-trees.ts'
import { Tally } from './memory.ts'
import { isOutOfMemory } from './packed-search.ts'
import { type Program, type ProgramOptions, programOf } from './program.ts'
import { BitArray } from './storage/bit-array.ts'
import { KeptPaths, SearchStack } from './storage/bitstate-stack.ts'
import { BEYOND, BlockStates, blockIn, blockSize, HEAD, headOf } from './storage/block.ts'
import { Sample } from './storage/sample.ts'

export interface BitstateOptions {
  /** Bytes of the bit array. */
  readonly bytes: number
  /** Hash functions. */
  readonly hashes: number
  /** Steps of a path at most, less than `SPAN`. */
  readonly depth: number
  /** Varies the hash functions and the order; 0: the order of the instances. */
  readonly seed: number
  /** Words of one typed array, and entries of a chunk of the stack; for tests. */
  readonly segment?: number
  readonly entries?: number
  /** How much is remembered of closures. */
  readonly recall?: RecallLimits
}

/** What a search uses when nobody says. */
export const BITSTATE: Omit<BitstateOptions, 'bytes'> = { hashes: 3, depth: 1_000_000, seed: 0 }

/** States that are each a block of their own at first, so that even a small space gives a sample. */
const SINGLE = 8

/** Builds the engine; the text is compiled here, not at the first state. Throws `RangeError` without memory for the bits. */
export const bitstateEngine = (
  model: Model,
  options: BitstateOptions,
  rewrite?: ProgramOptions['rewrite'],
): Engine => new BitstateSearch(model, options, rewrite)

class BitstateSearch implements Engine {
  readonly model: Model
  readonly exact = false
  readonly graph = undefined
  distinct = 0
  readonly #program: Program
  readonly #memory: Bitstate
  readonly #tally: Tally
  readonly #block
  readonly #states: number
  readonly #kept = new KeptPaths()
  readonly #sample: Sample
  #fill = { set: 0, omitted: 0, bound: 0 }

  constructor(model: Model, options: BitstateOptions, rewrite: ProgramOptions['rewrite']) {
    this.model = model
    let memory: { bitstate: Bitstate; words: number } | undefined
    this.#program = programOf(model, { exact: false, recall: options.recall, rewrite }, (words) => {
      memory = { bitstate: memoryOf(model, options, words), words }
      return memory
    })
    this.#memory = memory!.bitstate
    this.#sample = new Sample(memory!.words)
    this.#tally = new Tally(model, this.#memory.fresh)
    this.#block = blockIn(blockSize(model, { states: 0, instances: 0, words: 0, edges: false }))
    this.#states = new BlockStates(this.#program.instances.length).after(0)
  }

  start(): void {
    this.#counted(() => this.#program.start())
  }

  advance(): void {
    const { stack } = this.#memory
    this.#sample.see(stack.entry(this.#count('top')))
    const from = this.expanded
    const to = from + (from < SINGLE ? 1 : this.#states)
    this.#counted(() => this.#program.expand(from, to, stack.chunk))
  }

  close(): void {}

  crossCheck(): void {
    this.#guarded(() => {
      const { zero, states } = this.#sample
      this.#program.twice.strict.calls.throwLate()
      this.#program.endure()
      this.#program.examine(-1, zero)
      for (const words of states) this.#program.examine(0, words)
    }, 'unknown')
  }

  /** States at the depth bound count as well: nothing more is done with them. */
  get expanded(): number {
    return this.distinct - this.#count('waiting')
  }
  get checkedTwice(): number {
    return this.#program.twice.checked
  }
  get generated(): number {
    return this.#tally.generated
  }
  get depth(): number {
    return this.distinct === 0 ? 0 : this.#count('deepest') + 1
  }
  /** It does not go by levels. */
  readonly levelSizes = []
  get bytes(): number {
    return this.#memory.bits.bytes + this.#memory.stack.bytes + this.#program.remembered()
  }
  get findings(): readonly Findings[] {
    return this.#tally.findings
  }
  get coverage() {
    return this.#tally.coverage
  }
  get beyond(): number {
    return this.#tally.beyond
  }
  get stuck(): number {
    return this.#tally.stuck
  }
  get deadlock(): number | undefined {
    return this.#tally.deadlock
  }
  get bitstate(): BitstateFill {
    const { bits, depth, seed } = this.#memory
    const { set, omitted, bound } = this.#fill
    return { bits: bits.bits, set, hashes: bits.hashes, omitted, depth, bound, seed }
  }

  cameBy(state: number): Finding {
    return this.#kept.cameBy(state)
  }

  #count(what: Exclude<keyof typeof COUNT, 'words'>): number {
    return this.#memory.counts[COUNT[what]]!
  }

  /** Runs a piece of the search and adds what it found, also when something was thrown. */
  #counted(piece: () => void): void {
    this.#program.aim(this.#block)
    try {
      this.#guarded(piece)
    } finally {
      this.#take()
    }
  }

  #take(): void {
    this.#program.note()
    this.#kept.turned(this.#count('lowest'))
    this.#keepPaths()
    this.#tally.add(this.#block)
    const stored = this.#count('stored')
    const { bits } = this.#memory
    const set = this.#fill.set + this.#count('filled')
    this.distinct += stored
    this.#fill = {
      set,
      omitted: this.#fill.omitted + omittedFor(stored, (this.#fill.set + set) / 2 / bits.bits, bits.hashes),
      bound: this.#fill.bound + this.#count('bound'),
    }
  }

  /** Replaces the state of each step that showed something by one that can be read back later. */
  #keepPaths(): void {
    const { head } = this.#block
    const at = headOf(this.model)
    this.model.properties.forEach((_, i) => {
      const w = at.property(i)
      if (((head[HEAD.shown]! >>> i) & 1) === 1 && head[w]! >= 0) head[w] = this.#keep(2 * i)
      if (((head[HEAD.arisen]! >>> i) & 1) === 1 && head[w + 2]! >= 0) head[w + 2] = this.#keep(2 * i + 1)
    })
    if (head[HEAD.deadlock]! >= 0) head[HEAD.deadlock] = this.#keep(2 * this.model.properties.length)
  }

  /** Keeps the path to the state that is being expanded. */
  #keep(k: number): number {
    return this.#kept.keep(k, this.#memory.stack.path, this.#count('depth'))
  }

  /** Runs a piece of the model's own code; what it throws becomes a fault that says where it happened, if that is known. */
  #guarded(piece: () => void, path: 'present' | 'unknown' = 'present'): void {
    try {
      piece()
    } catch (cause) {
      if (isOutOfMemory(cause)) throw new OutOfMemory()
      const { fault, from } = this.#program.located(cause)
      if (path === 'unknown') throw fault
      this.#program.note()
      const state =
        from < 0 || this.#count('depth') < 0 ? -1 : this.#keep(2 * this.model.properties.length + 1)
      throw fault.with({ path: namesTo(this, state, this.#program.initial, this.#program.instances) })
    }
  }
}

const memoryOf = (
  model: Model,
  { depth, seed, entries, ...array }: BitstateOptions,
  words: number,
): Bitstate => ({
  bits: new BitArray({ ...array, seed }),
  stack: new SearchStack(words, instancesOf(model.actions).length, entries),
  fresh: new Float64Array(model.actions.length + BEYOND.words),
  counts: new Int32Array(COUNT.words),
  depth,
  seed,
})

/**
 * How many new states are expected to have been taken for known while so many were stored, at a share of bits set: each
 * meets all its bits set with the same probability p, so 1 - p of those met were stored.
 */
const omittedFor = (stored: number, share: number, hashes: number): number => {
  const p = share ** hashes
  return stored === 0 ? 0 : (stored * p) / (1 - p)
}

/** What the engines over packed states have in common: program text made for one model, and the memory it fills. */
import type { ModelFault } from '../../modelling/fault.ts'
import type { Model } from '../../modelling/model.ts'
import type { Symmetry } from '../../symmetry/symmetry.ts'
import type { Graph } from '../engine/engine.ts'
import { type Engine, type Finding, type Findings, OutOfMemory } from '../engine/engine.ts'
import { Levels } from '../engine/levels.ts'
import type { Path } from '../engine/outcome.ts'
import { namesTo, pathTo } from '../engine/path.ts'
import type { Profile } from '../engine/profile.ts'
import { joinedParts, partsOf, type Saved } from '../engine/saved.ts'
import { bytesOf, type Memory, memoryOf, Tally } from './memory.ts'
import { type Located, type Program, type ProgramOptions, programOf } from './program.ts'
import { BlockStates } from './storage/block.ts'
import { CHUNK, chunkOf } from './storage/chunks.ts'
import { type Outside, SCARCE, SPARE } from './storage/outside.ts'

export interface PackedOptions extends ProgramOptions {
  /** How many action instances are tried for one block; for tests. */
  readonly tries?: number | undefined
  /** Where to put what is not needed soon when memory is scarce. */
  readonly outside?: Outside | undefined
}

/** A search over packed states; how it advances depends on the number of threads. */
export abstract class PackedSearch implements Engine {
  readonly model: Model
  readonly exact: boolean
  readonly symmetry: Symmetry | undefined
  readonly assumesSymmetry: boolean
  readonly concrete: ((path: Path) => Path) | undefined
  protected readonly program: Program
  protected readonly memory: Memory
  protected readonly tally: Tally
  protected readonly levels = new Levels()
  protected readonly blocks: BlockStates
  readonly #outside: Outside | undefined
  #isScarce = false

  /** `shared`: other threads look at the memory, and new states go to blocks first. The text is compiled here. */
  constructor(model: Model, { tries, outside, ...options }: PackedOptions, shared: boolean) {
    this.model = model
    this.#outside = outside
    let memory: Memory | undefined
    this.program = programOf(model, options, (words, keying) => {
      memory = memoryOf(model, words, keying, { shared, steps: options.steps === true })
      const { visited, pairs } = memory
      return { visited, pairs, stored: memory, shared, deferred: shared }
    })
    this.memory = memory!
    this.exact = this.program.exact
    this.symmetry = this.program.symmetry
    this.assumesSymmetry = this.program.reduction?.assumes ?? false
    this.concrete = this.program.reduction?.concrete
    this.tally = new Tally(model, this.memory.fresh)
    this.blocks = new BlockStates(this.program.instances.length, tries)
  }

  /** Where the block ends that begins with this state, if as many are known: in its level, and in its chunk of the frontier. */
  protected blockEnd(from: number): number {
    const { end } = this.levels
    const whole = Math.min(
      from + this.blocks.after(this.levels.sizeBefore(from)),
      (chunkOf(from) + 1) * CHUNK,
    )
    return from < end ? Math.min(whole, end) : whole
  }

  /** Threads that remember answers, each about as many. */
  protected get threads(): number {
    return 1
  }

  abstract start(): void
  abstract advance(): void
  abstract close(): void

  get distinct(): number {
    return this.program.count()
  }
  /** In this thread and in those whose blocks it has stored. */
  get checkedTwice(): number {
    return this.program.twice.checked + this.tally.checkedTwice
  }
  get generated(): number {
    return this.tally.generated
  }
  get expanded(): number {
    return this.levels.expanded
  }
  get depth(): number {
    return this.levels.depth
  }
  get levelSizes(): readonly number[] {
    return this.levels.sizes
  }
  get bytes(): number {
    const { profiler } = this.program
    return bytesOf(this.memory) + this.threads * this.program.remembered() + (profiler?.bytes ?? 0)
  }
  get isFull(): boolean {
    return this.#isScarce && this.memory.visited.isFull
  }
  get findings(): readonly Findings[] {
    return this.tally.findings
  }
  get coverage() {
    return this.tally.coverage
  }
  get profile(): Profile | undefined {
    return this.program.profiler?.result(this.tally.coverage)
  }
  get beyond(): number {
    return this.tally.beyond
  }
  get lastWithin(): number {
    return this.tally.lastWithin
  }
  get stuck(): number {
    return this.tally.stuck
  }
  get deadlock(): number | undefined {
    return this.tally.deadlock
  }

  cameBy(state: number): Finding {
    return this.memory.ancestry.cameBy(state)
  }

  get graph(): Graph | undefined {
    return this.memory.links
  }

  save(): Saved {
    const { visited, pairs, frontier, ancestry, links } = this.memory
    const { expanded, sizes, end } = this.levels
    const counts = { distinct: this.distinct, pairs: this.program.pairs(), expanded, sizes, end }
    return joinedParts({
      counts: { facts: counts, arrays: [] },
      tally: this.tally.save(),
      visited: visited.save(),
      frontier: frontier.save(),
      ancestry: ancestry.save(),
      ...(pairs && { pairs: pairs.save() }),
      ...(links && { links: links.save() }),
    })
  }

  load(saved: Saved): void {
    const parts = partsOf(saved)
    const { tally, visited, frontier, ancestry } = parts
    const { distinct, pairs, expanded, sizes, end } = parts.counts!.facts as Record<string, number> & {
      sizes: number[]
    }
    this.tally.load(tally!)
    this.memory.visited.load(visited!)
    this.memory.frontier.load(frontier!)
    this.memory.ancestry.load(ancestry!)
    this.memory.pairs?.load(parts.pairs!)
    this.memory.links?.load(parts.links!)
    this.program.resume(distinct!, pairs!)
    Object.assign(this.levels, { expanded, end })
    this.levels.sizes.push(...sizes)
  }

  crossCheck(): void {
    this.guarded(() => {
      const { zero, frontier } = this.memory
      this.program.twice.strict.calls.throwLate()
      this.program.endure()
      this.program.examine(-1, zero)
      for (const [state, words] of frontier.sample) this.program.examine(state, words)
    })
  }

  /** The states up to `to` are expanded and what they led to is stored. */
  protected passed(to: number): void {
    this.memory.frontier.pass(to, this.distinct)
    this.levels.done(to, this.distinct)
    if (this.#outside) this.#relieve(this.#outside)
  }

  /** States with smaller numbers are expanded, or about to be. */
  protected get neededSoon(): number {
    return this.expanded
  }

  /** When memory is scarce, only the table may take more of it. */
  #relieve(outside: Outside): void {
    const { bytes } = this
    this.#isScarce ||= bytes >= SCARCE * outside.bytes
    if (!this.#isScarce) return
    const { visited, frontier, ancestry } = this.memory
    frontier.putOut(outside, this.neededSoon, this.distinct)
    ancestry.putOut(outside)
    const others = this.bytes - visited.bytes + 3 * frontier.chunkBytes
    visited.most = outside.bytes * (1 - SPARE) - others
  }

  /** Runs a piece of the model's own code; what it throws becomes a fault that says where it happened. */
  protected guarded(piece: () => void): void {
    try {
      piece()
    } catch (cause) {
      if (isOutOfMemory(cause)) throw new OutOfMemory()
      throw this.locate(this.program.located(cause))
    }
  }

  /** A fault with the path to the state in which it happened. */
  protected locate({ fault, from, instance }: Located): ModelFault {
    const { reduction } = this.program
    if (reduction && from >= 0) return reduction.located(fault, pathTo(this, from), instance)
    return fault.with({ path: namesTo(this, from, this.program.initial, this.program.instances) })
  }
}

/** Whether this is what typed arrays throw that find no memory. */
export const isOutOfMemory = (cause: unknown): boolean =>
  cause instanceof OutOfMemory ||
  (cause instanceof RangeError && /allocation failed|Invalid array buffer length/i.test(cause.message))

/** The engine over packed states for one thread, which stores states as it meets them. */
import type { Model } from '../../modelling/model.ts'
import type { Engine } from '../engine/engine.ts'
import { type PackedOptions, PackedSearch } from './packed-search.ts'
import type { Place, ProgramOptions } from './program.ts'
import { blockIn, blockSize } from './storage/block.ts'
import { CHUNK, chunkOf, placeOf } from './storage/chunks.ts'

/** Builds the engine; the text is compiled here, not at the first state. */
export const packedEngine = (model: Model, options: PackedOptions): Engine =>
  new SingleSearch(model, options, false)

/** An engine of which a scalar can be read in each state that still waits to be expanded, as its place among the values. */
export interface ReadingEngine extends Engine {
  valueAt(state: number): number
}

/** Builds an engine that reads a scalar variable of the model. */
export const readingEngine = (model: Model, options: ProgramOptions, path: string): ReadingEngine =>
  new ReadingSearch(model, options, path)

class SingleSearch extends PackedSearch {
  readonly #block = blockIn(blockSize(this.model, { states: 0, instances: 0, words: 0, edges: false }))

  start(): void {
    this.#counted(() => this.program.start())
    this.levels.start(this.distinct)
  }

  advance(): void {
    const from = this.expanded
    const to = this.blockEnd(from)
    const chunk = this.memory.frontier.at(chunkOf(from))
    this.#counted(() => this.program.expand(from, to, chunk))
    this.passed(to)
  }

  close(): void {}

  /** Runs a piece of the search and adds what it found, also when something was thrown. */
  #counted(piece: () => void): void {
    this.program.aim(this.#block)
    try {
      this.guarded(piece)
    } finally {
      this.program.note()
      this.tally.add(this.#block)
    }
  }
}

class ReadingSearch extends SingleSearch implements ReadingEngine {
  readonly #place: Place

  constructor(model: Model, options: ProgramOptions, path: string) {
    super(model, options, false)
    this.#place = this.program.placeOf(path)
  }

  valueAt(state: number): number {
    const { word, shift, mask } = this.#place
    const chunk = this.memory.frontier.chunks[chunkOf(state)]!
    const words = chunk.length / CHUNK
    return (chunk[placeOf(state) * words + word]! >>> shift) & mask
  }
}

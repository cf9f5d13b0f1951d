/** The stack of a bitstate search: packed states that wait to be expanded, and the path to the one expanded last. */
import type { Finding } from '../../engine/engine.ts'
import type { Path } from '../../engine/outcome.ts'
import { CHUNK } from './chunks.ts'

/** Words of an entry behind the packed state: steps of the path to it, and the instance of the last one. */
export const ENTRY = { steps: 0, instance: 1, words: 2 } as const

/** Steps of a path at first. */
const STEPS = 1 << 10

/** Grows in chunks, which are kept to be used again. */
export class SearchStack {
  /** Entries of a chunk, and those that one state may add. */
  readonly entries: number
  readonly most: number
  /** The chunk with the top of the stack. */
  chunk: Int32Array
  /** By depth the instance that led there; beyond the state expanded last it means nothing. */
  path = new Int32Array(STEPS)
  readonly #chunks: Int32Array[] = []
  readonly #stride: number
  #at = 0

  /** For states of `words` words that have at most `most` successors. */
  constructor(words: number, most: number, entries = CHUNK) {
    this.entries = Math.max(entries, most)
    this.most = most
    this.#stride = words + ENTRY.words
    this.chunk = this.#open()
  }

  get bytes(): number {
    return this.#chunks.length * this.chunk.byteLength + this.path.byteLength
  }

  /** Makes sure that there is a chunk above. */
  prepare(): void {
    if (this.#at + 1 === this.#chunks.length) this.#open()
  }

  above(): Int32Array {
    this.prepare()
    this.#at += 1
    this.chunk = this.#chunks[this.#at]!
    return this.chunk
  }

  below(): Int32Array {
    this.#at -= 1
    this.chunk = this.#chunks[this.#at]!
    return this.chunk
  }

  /** The entry below the place `top` of the present chunk, or of the one below. */
  entry(top: number): Int32Array {
    const [chunk, index] = top > 0 ? [this.chunk, top - 1] : [this.#chunks[this.#at - 1]!, this.entries - 1]
    return chunk.subarray(index * this.#stride, (index + 1) * this.#stride)
  }

  /** Room for a path twice as long. */
  lengthen(): Int32Array {
    const longer = new Int32Array(this.path.length * 2)
    longer.set(this.path)
    this.path = longer
    return longer
  }

  #open(): Int32Array {
    const chunk = new Int32Array(this.entries * this.#stride)
    this.#chunks.push(chunk)
    return chunk
  }
}

/** States on one kept path: paths are told apart by what is above. A path has fewer steps. */
export const SPAN = 2 ** 24

/**
 * Paths worth keeping, as if their states were numbered: those of path k from k SPAN on. A path that is kept again
 * is copied only from where the search has turned off since, so a measure may rise with every step.
 */
export class KeptPaths {
  readonly #paths: ({ steps: number[]; same: number } | undefined)[] = []

  /** The search has been at a state of this depth. */
  turned(depth: number): void {
    for (const path of this.#paths) if (path && depth < path.same) path.same = depth
  }

  /** Keeps as path `k` the one to the state at `depth`, whose number is returned. */
  keep(k: number, path: Int32Array, depth: number): number {
    this.#paths[k] ??= { steps: [], same: 0 }
    const own = this.#paths[k]
    own.steps.length = Math.min(own.steps.length, depth + 1)
    for (let i = own.same; i <= depth; i++) own.steps[i] = path[i]!
    own.same = depth + 1
    return k * SPAN + depth
  }

  cameBy(state: number): Finding {
    const at = state % SPAN
    return { from: at === 0 ? -1 : state - 1, instance: this.#steps(state)[at]! }
  }

  #steps(state: number): Path {
    return this.#paths[Math.floor(state / SPAN)]!.steps
  }
}

/**
 * The packed states that are still to be expanded: chunks that are used again when all their states have been. Of
 * those gone by it keeps a sample, spread evenly over the search, for the plain interpreter's cross-check.
 */
import type { Saved } from '../../engine/saved.ts'
import { CHUNK, chunkOf, placeOf } from './chunks.ts'

/** States that are always in the sample, and how many more there are at most. */
const EXAMINED = 4
const MOST = 2 * EXAMINED

export class Frontier {
  /** By number of chunk; undefined once all its states have been expanded. */
  readonly chunks: (Int32Array | undefined)[] = []
  readonly sample = new Map<number, Int32Array>()
  readonly #words: number
  readonly #shared: boolean
  readonly #free: Int32Array[] = []
  #released = 0
  #sampled = 0
  #step = 1
  /** Told of each chunk that is begun. */
  onChunk: (chunk: number) => void = () => {}

  /** `words`: 32-bit words of a state. */
  constructor(words: number, shared: boolean) {
    this.#words = words
    this.#shared = shared
  }

  /** Of all chunks, also those that are free. */
  bytes = 0

  /** Begins the chunk of the state with this number. */
  open(state: number): Int32Array {
    const bytes = CHUNK * this.#words * Int32Array.BYTES_PER_ELEMENT
    let words = this.#free.pop()
    if (!words) {
      words = new Int32Array(this.#shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes))
      this.bytes += bytes
    }
    this.chunks[chunkOf(state)] = words
    this.onChunk(chunkOf(state))
    return words
  }

  /** Takes the sample of the states up to `count`, and frees what lies before `expanded`. */
  pass(expanded: number, count: number): void {
    for (; this.#sampled < count; this.#sampled = this.#nextSampled()) this.#take(this.#sampled)
    for (; this.#released < chunkOf(expanded); this.#released++) {
      this.#free.push(this.chunks[this.#released]!)
      this.chunks[this.#released] = undefined
    }
  }

  save(): Saved {
    const facts = {
      released: this.#released,
      sampled: this.#sampled,
      step: this.#step,
      sample: [...this.sample.keys()],
    }
    const chunks = this.chunks.slice(this.#released) as Int32Array[]
    return { facts, arrays: [...this.sample.values(), ...chunks] }
  }

  load({ facts, arrays }: Saved): void {
    const { released, sampled, step, sample } = facts as Record<string, number> & { sample: number[] }
    this.#released = released!
    this.#sampled = sampled!
    this.#step = step!
    for (const [i, state] of sample.entries()) this.sample.set(state, arrays[i] as Int32Array)
    for (const [i, words] of arrays.slice(sample.length).entries())
      this.open((released! + i) * CHUNK).set(words)
  }

  #nextSampled(): number {
    const next = this.#sampled + 1
    return next < EXAMINED ? next : Math.ceil(next / this.#step) * this.#step
  }

  #take(state: number): void {
    const at = placeOf(state) * this.#words
    this.sample.set(state, this.chunks[chunkOf(state)]!.slice(at, at + this.#words))
    if (this.sample.size <= EXAMINED + MOST) return
    this.#step *= 2
    for (const known of this.sample.keys())
      if (known >= EXAMINED && known % this.#step !== 0) this.sample.delete(known)
  }
}

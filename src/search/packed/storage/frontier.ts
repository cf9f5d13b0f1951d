/**
 * The packed states that are still to be expanded: chunks that are used again when all their states have been. Of
 * those gone by it keeps a sample, spread evenly over the search, for the plain interpreter's cross-check.
 */
import type { Saved } from '../../engine/saved.ts'
import { CHUNK, chunkOf, placeOf } from './chunks.ts'
import type { Outside } from './outside.ts'

/** States that are always in the sample, and how many more there are at most. */
const EXAMINED = 4
const MOST = 2 * EXAMINED

export class Frontier {
  /** By number of chunk; undefined once all its states have been expanded, and while it is outside. */
  readonly chunks: (Int32Array | undefined)[] = []
  readonly sample = new Map<number, Int32Array>()
  readonly #words: number
  readonly #shared: boolean
  readonly #free: Int32Array[] = []
  #released = 0
  #sampled = 0
  #step = 1
  /** Places of the chunks that are outside, and those that were given back. */
  readonly #outside = new Map<number, number>()
  readonly #places: number[] = []
  #from: Outside | undefined
  /** Told of each chunk that is begun, brought back, or no more in memory. */
  onChunk: (chunk: number) => void = () => {}

  /** `words`: 32-bit words of a state. */
  constructor(words: number, shared: boolean) {
    this.#words = words
    this.#shared = shared
  }

  /** Of all chunks, also those that are free. */
  bytes = 0

  /** Of one chunk. */
  get chunkBytes(): number {
    return CHUNK * this.#words * Int32Array.BYTES_PER_ELEMENT
  }

  /** Begins the chunk of the state with this number. */
  open(state: number): Int32Array {
    const words = this.#array()
    this.chunks[chunkOf(state)] = words
    this.onChunk(chunkOf(state))
    return words
  }

  /** A chunk of states that wait, which is brought back when it is outside. */
  at(chunk: number): Int32Array {
    const place = this.#outside.get(chunk)
    if (place === undefined) return this.chunks[chunk]!
    const words = this.#array()
    this.#from!.read(place, words)
    this.#outside.delete(chunk)
    this.#places.push(place)
    this.chunks[chunk] = words
    this.onChunk(chunk)
    return words
  }

  /** Puts the whole chunks of states from number `from` on outside, and gives back the memory of what is not used. */
  putOut(outside: Outside, from: number, count: number): void {
    this.#from = outside
    for (let chunk = chunkOf(from) + 1; chunk < chunkOf(count); chunk++) {
      const words = this.chunks[chunk]
      if (!words) continue
      this.#outside.set(chunk, outside.write(words, this.#places.pop()))
      this.#drop(chunk, words)
    }
    // One to write to, and one to bring back.
    while (this.#free.length > 2) {
      this.#free.pop()
      this.bytes -= this.chunkBytes
    }
  }

  #drop(chunk: number, words: Int32Array): void {
    this.#free.push(words)
    this.chunks[chunk] = undefined
    this.onChunk(chunk)
  }

  #array(): Int32Array {
    const free = this.#free.pop()
    if (free) return free
    const bytes = this.chunkBytes
    this.bytes += bytes
    return new Int32Array(this.#shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes))
  }

  /** Takes the sample of the states up to `count`, and frees what lies before `expanded`. */
  pass(expanded: number, count: number): void {
    for (; this.#sampled < count; this.#sampled = this.#nextSampled()) this.#take(this.#sampled)
    for (; this.#released < chunkOf(expanded); this.#released++)
      this.#drop(this.#released, this.chunks[this.#released]!)
  }

  save(): Saved {
    const facts = {
      released: this.#released,
      sampled: this.#sampled,
      step: this.#step,
      sample: [...this.sample.keys()],
    }
    // What is outside is read for this only, and stays there.
    const chunks = this.chunks.slice(this.#released).map((words, i) => {
      const place = this.#outside.get(this.#released + i)
      const all = words ?? new Int32Array(CHUNK * this.#words)
      if (place !== undefined) this.#from!.read(place, all)
      return all
    })
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

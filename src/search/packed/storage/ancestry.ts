/**
 * How each state was first reached, in two bits and an instance a state. States are numbered in the order of their
 * discovery, so parents never decrease: a one bit is a new state, a zero bit the end of the successors of the next
 * parent, and the parent of a state is the number of zeros before its one.
 */
import type { Finding } from '../../engine/engine.ts'
import type { Saved } from '../../engine/saved.ts'
import { CHUNK, chunkOf, placeOf } from './chunks.ts'

/** 32-bit words of a chunk of bits. */
const WORDS = 1 << 12

export class Ancestry {
  readonly #instances: (Uint8Array | Uint16Array)[] = []
  readonly #bits: Int32Array[] = []
  /** Ones before each chunk of bits. */
  readonly #before: number[] = []
  readonly #wide: boolean
  #states = 0
  #word = 0
  #bit = 0

  /** `instances`: how many the model has, initial ones or others. */
  constructor(instances: number) {
    this.#wide = instances > 256
  }

  get bytes(): number {
    return this.#instances.length * CHUNK * (this.#wide ? 2 : 1) + this.#bits.length * WORDS * 4
  }

  /** A new state, reached by `instance` from the parent that is not done. */
  born(instance: number): void {
    const place = this.#states % CHUNK
    if (place === 0) this.#instances.push(this.#wide ? new Uint16Array(CHUNK) : new Uint8Array(CHUNK))
    this.#instances[this.#instances.length - 1]![place] = instance
    this.#put(1)
    this.#states += 1
  }

  /** The parent has no more successors; the first parent is nothing, of which initial states come. */
  done(): void {
    this.#put(0)
  }

  #put(bit: number): void {
    if (this.#bit === 0 && this.#word === 0) {
      this.#bits.push(new Int32Array(WORDS))
      this.#before.push(this.#states)
    }
    this.#bits[this.#bits.length - 1]![this.#word]! |= bit << this.#bit
    this.#bit = (this.#bit + 1) & 31
    if (this.#bit === 0) this.#word = (this.#word + 1) % WORDS
  }

  save(): Saved {
    const facts = {
      states: this.#states,
      word: this.#word,
      bit: this.#bit,
      before: this.#before,
      instances: this.#instances.length,
    }
    return { facts, arrays: [...this.#instances, ...this.#bits] }
  }

  load({ facts, arrays }: Saved): void {
    const { states, word, bit, before, instances } = facts as Record<string, number> & { before: number[] }
    this.#states = states!
    this.#word = word!
    this.#bit = bit!
    this.#before.push(...before)
    this.#instances.push(...(arrays.slice(0, instances) as (Uint8Array | Uint16Array)[]))
    this.#bits.push(...(arrays.slice(instances) as Int32Array[]))
  }

  /** The step by which a state was first reached; from -1 when it is an initial state. */
  cameBy(state: number): Finding {
    let chunk = this.#before.length - 1
    while (this.#before[chunk]! > state) chunk -= 1
    const bits = this.#bits[chunk]!
    let left = state - this.#before[chunk]!
    let word = 0
    for (let ones = popcount(bits[0]!); ones <= left; ones = popcount(bits[word]!)) {
      left -= ones
      word += 1
    }
    let bit = 0
    for (; ; bit++) if (((bits[word]! >>> bit) & 1) === 1 && left-- === 0) break
    const zeros = (chunk * WORDS + word) * 32 + bit - state
    return { from: zeros - 1, instance: this.#instances[chunkOf(state)]![placeOf(state)]! }
  }
}

const popcount = (word: number): number => {
  let v = word - ((word >>> 1) & 0x55555555)
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333)
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

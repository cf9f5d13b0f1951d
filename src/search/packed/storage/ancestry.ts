/**
 * How each state was first reached, in two bits and an instance a state. States are numbered in the order of their
 * discovery, so parents never decrease: a one bit is a new state, a zero bit the end of the successors of the next
 * parent, and the parent of a state is the number of zeros before its one.
 */
import type { Finding } from '../../engine/engine.ts'
import type { Saved } from '../../engine/saved.ts'
import { CHUNK, chunkOf, placeOf } from './chunks.ts'
import type { Outside, OutsideWords } from './outside.ts'

/** 32-bit words of a chunk of bits. */
const WORDS = 1 << 12

/** Arrays of one length, of which all but the last may be outside. */
class Chunks<W extends OutsideWords> {
  readonly #make: () => W
  readonly #all: (W | undefined)[] = []
  readonly #places: number[] = []
  #outside: Outside | undefined
  /** The one that was read last. */
  #read: { readonly index: number; readonly words: W } | undefined

  constructor(make: () => W) {
    this.#make = make
  }

  /** In memory. */
  get count(): number {
    return this.#all.length - this.#places.length
  }

  open(): W {
    const words = this.#make()
    this.#all.push(words)
    return words
  }

  get last(): W {
    return this.#all[this.#all.length - 1]!
  }

  at(index: number): W {
    const known = this.#all[index]
    if (known) return known
    if (this.#read?.index !== index) {
      const words = this.#make()
      this.#outside!.read(this.#places[index]!, words)
      this.#read = { index, words }
    }
    return this.#read.words
  }

  putOut(outside: Outside): void {
    this.#outside = outside
    for (let i = this.#places.length; i < this.#all.length - 1; i++) {
      this.#places.push(outside.write(this.#all[i]!))
      this.#all[i] = undefined
    }
  }

  /** All of them; what is outside is read for this only. */
  save(): W[] {
    return this.#all.map((words, i) => words ?? (this.at(i).slice() as W))
  }

  load(all: readonly W[]): void {
    this.#all.push(...all)
  }
}

export class Ancestry {
  readonly #instances: Chunks<Uint8Array | Uint16Array>
  readonly #bits = new Chunks<Int32Array>(() => new Int32Array(WORDS))
  /** Ones before each chunk of bits. */
  readonly #before: number[] = []
  readonly #wide: boolean
  /** The chunks that are written to. */
  #born: Uint8Array | Uint16Array = new Uint8Array(0)
  #marks: Int32Array = new Int32Array(0)
  #states = 0
  #word = 0
  #bit = 0

  /** `instances`: how many the model has, initial ones or others. */
  constructor(instances: number) {
    this.#wide = instances > 256
    this.#instances = new Chunks(() => (this.#wide ? new Uint16Array(CHUNK) : new Uint8Array(CHUNK)))
  }

  get bytes(): number {
    return this.#instances.count * CHUNK * (this.#wide ? 2 : 1) + this.#bits.count * WORDS * 4
  }

  /** Puts what is complete outside. */
  putOut(outside: Outside): void {
    this.#instances.putOut(outside)
    this.#bits.putOut(outside)
  }

  /** A new state, reached by `instance` from the parent that is not done. */
  born(instance: number): void {
    const place = this.#states % CHUNK
    if (place === 0) this.#born = this.#instances.open()
    this.#born[place] = instance
    this.#put(1)
    this.#states += 1
  }

  /** The parent has no more successors; the first parent is nothing, of which initial states come. */
  done(): void {
    this.#put(0)
  }

  #put(bit: number): void {
    if (this.#bit === 0 && this.#word === 0) {
      this.#marks = this.#bits.open()
      this.#before.push(this.#states)
    }
    this.#marks[this.#word]! |= bit << this.#bit
    this.#bit = (this.#bit + 1) & 31
    if (this.#bit === 0) this.#word = (this.#word + 1) % WORDS
  }

  save(): Saved {
    const [instances, bits] = [this.#instances.save(), this.#bits.save()]
    const facts = {
      states: this.#states,
      word: this.#word,
      bit: this.#bit,
      before: this.#before,
      instances: instances.length,
    }
    return { facts, arrays: [...instances, ...bits] }
  }

  load({ facts, arrays }: Saved): void {
    const { states, word, bit, before, instances } = facts as Record<string, number> & { before: number[] }
    this.#states = states!
    this.#word = word!
    this.#bit = bit!
    this.#before.push(...before)
    this.#instances.load(arrays.slice(0, instances) as (Uint8Array | Uint16Array)[])
    this.#bits.load(arrays.slice(instances) as Int32Array[])
    if (arrays.length === 0) return
    this.#born = this.#instances.last
    this.#marks = this.#bits.last
  }

  /** The step by which a state was first reached; from -1 when it is an initial state. */
  cameBy(state: number): Finding {
    let chunk = this.#before.length - 1
    while (this.#before[chunk]! > state) chunk -= 1
    const bits = this.#bits.at(chunk)
    let left = state - this.#before[chunk]!
    let word = 0
    for (let ones = popcount(bits[0]!); ones <= left; ones = popcount(bits[word]!)) {
      left -= ones
      word += 1
    }
    let bit = 0
    for (; ; bit++) if (((bits[word]! >>> bit) & 1) === 1 && left-- === 0) break
    const zeros = (chunk * WORDS + word) * 32 + bit - state
    return { from: zeros - 1, instance: this.#instances.at(chunkOf(state))[placeOf(state)]! }
  }
}

const popcount = (word: number): number => {
  let v = word - ((word >>> 1) & 0x55555555)
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333)
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

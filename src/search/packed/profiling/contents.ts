/**
 * How often each content of some slots was met: a table with open addressing. Several slots are told apart by a
 * fingerprint of 53 bits, so among a million contents two are taken for one with a probability below 1e-4.
 */
import { mixOf } from '../storage/table.ts'

/** Entries at first. */
const FIRST = 64

export class Contents {
  readonly #at: number
  /** The content met last, and how often in a row: neighbouring states often have the same. */
  readonly #last: Int32Array
  #run = 0
  #keys = new Float64Array(FIRST)
  /** Zero where an entry is free. */
  #counts = new Float64Array(FIRST)
  #size = 0

  /** `slots` slots from slot `at` on. */
  constructor(at: number, slots: number) {
    this.#at = at
    this.#last = new Int32Array(slots)
  }

  get bytes(): number {
    return this.#keys.byteLength + this.#counts.byteLength
  }

  /** Counts what is in the slots of a state. */
  meet(state: Int32Array): void {
    const last = this.#last
    let i = 0
    while (i < last.length && last[i] === state[this.#at + i]) i++
    if (i < last.length) {
      this.#flush()
      for (; i < last.length; i++) last[i] = state[this.#at + i]!
    }
    this.#run += 1
  }

  /** The counts, and zeros between them. */
  counts(): Float64Array {
    this.#flush()
    return this.#counts
  }

  #flush(): void {
    if (this.#run === 0) return
    this.#add(keyOf(this.#last), this.#run)
    this.#run = 0
    if (this.#size * 2 < this.#keys.length) return
    const [keys, counts] = [this.#keys, this.#counts]
    this.#keys = new Float64Array(2 * keys.length)
    this.#counts = new Float64Array(2 * keys.length)
    this.#size = 0
    for (let p = 0; p < keys.length; p++) if (counts[p]! > 0) this.#add(keys[p]!, counts[p]!)
  }

  #add(key: number, count: number): void {
    const mask = this.#keys.length - 1
    let p = mixOf(key | 0, key / 2 ** 32) & mask
    while (this.#counts[p]! > 0 && this.#keys[p] !== key) p = (p + 1) & mask
    if (this.#counts[p] === 0) this.#size += 1
    this.#keys[p] = key
    this.#counts[p]! += count
  }
}

/** One slot is its own key. */
const keyOf = (slots: Int32Array): number => {
  if (slots.length === 1) return slots[0]!
  let a = 1
  let b = 2
  for (const slot of slots) {
    a = mixOf(a, slot)
    b = mixOf(b, slot)
  }
  return (a >>> 0) * 2 ** 21 + (b >>> 11)
}

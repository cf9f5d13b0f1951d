/** Sets of numbers without a domain, for memories that must stay small: exact, up to a bound that sets share. */
import type { SetDraft } from '../modelling/draft.ts'
import { Walked } from '../modelling/walking.ts'

/** What the sets of one memory may take together, and what had to be forgotten for it. */
export interface Budget {
  /** Units left: a lone number takes one, a stretch of `STRETCH` with more of them takes `DENSE`. */
  left: number
  /** Numbers forgotten, oldest first. */
  forgottenNumbers: number
  /** What this memory and others share. */
  readonly pool: Pool
}

/** What several memories may take together, and where their bits lie. */
export interface Pool {
  /** Units that are left. */
  left: number
  readonly bits: BitBlocks
}

/** A pool of so many units. */
export const poolOf = (units: number): Pool => ({ left: units, bits: new BitBlocks() })

/** Numbers that are remembered together. */
const STRETCH = 1024
const DENSE = 4
/** Words of 32 bits of a stretch; stretches that are allocated at once. */
const WORDS = STRETCH / 32
const BLOCK = 1024

/** Bits of many stretches in few arrays: one array for each stretch would take several times its bits. */
export class BitBlocks {
  readonly #blocks: Uint32Array[] = []
  readonly #free: number[] = []
  #used = 0

  /** A stretch with no bit set. */
  take(): number {
    const free = this.#free.pop()
    if (free !== undefined) return free
    if (this.#used === this.#blocks.length * BLOCK) this.#blocks.push(new Uint32Array(BLOCK * WORDS))
    return this.#used++
  }

  give(index: number): void {
    const at = (index % BLOCK) * WORDS
    this.#blocks[Math.floor(index / BLOCK)]!.fill(0, at, at + WORDS)
    this.#free.push(index)
  }

  has(index: number, bit: number): boolean {
    return (this.#blocks[Math.floor(index / BLOCK)]![this.#wordOf(index, bit)]! & (1 << (bit & 31))) !== 0
  }

  set(index: number, bit: number): void {
    this.#blocks[Math.floor(index / BLOCK)]![this.#wordOf(index, bit)]! |= 1 << (bit & 31)
  }

  unset(index: number, bit: number): void {
    this.#blocks[Math.floor(index / BLOCK)]![this.#wordOf(index, bit)]! &= ~(1 << (bit & 31))
  }

  /** How many bits are set. */
  count(index: number): number {
    const at = (index % BLOCK) * WORDS
    const words = this.#blocks[Math.floor(index / BLOCK)]!.subarray(at, at + WORDS)
    return words.reduce((sum, word) => sum + ones(word), 0)
  }

  #wordOf(index: number, bit: number): number {
    return (index % BLOCK) * WORDS + (bit >> 5)
  }
}

/** No stretch has this number. */
const NONE = -1

/** A set of whole numbers from 0 to 2^53 - 1. */
export class NumberSet extends Walked<number> implements SetDraft<number> {
  readonly #budget: Budget
  /**
   * The stretch that was needed last, and what is known of it: the only number in it, or -1 - i where its bits are the
   * stretch i of the pool. Most sets have no other.
   */
  #latest = NONE
  #known = 0
  /** The same of all, in the order in which they were first needed; undefined while there is one only. */
  #all: Map<number, number> | undefined
  #size = 0

  constructor(budget: Budget) {
    super()
    this.#budget = budget
  }

  /** Ascending. */
  *[Symbol.iterator](): Iterator<number, undefined, undefined> {
    const all = this.#all ?? new Map(this.#latest === NONE ? [] : [[this.#latest, this.#known]])
    for (const stretch of [...all.keys()].sort((a, b) => a - b)) {
      const known = all.get(stretch)!
      if (known >= 0) yield known
      else
        for (let bit = 0; bit < STRETCH; bit++)
          if (this.#bits.has(-1 - known, bit)) yield stretch * STRETCH + bit
    }
    return undefined
  }

  get size(): number {
    return this.#size
  }

  has(value: number): boolean {
    const stretch = Math.floor(value / STRETCH)
    const known = this.#find(stretch)
    if (known === undefined) return false
    return known >= 0 ? known === value : this.#bits.has(-1 - known, value - stretch * STRETCH)
  }

  add(value: number): void {
    const stretch = Math.floor(value / STRETCH)
    const known = this.#find(stretch)
    if (known === undefined) {
      this.#size += 1
      this.#spend(1)
      this.#begin(stretch, value)
    } else if (known >= 0) {
      if (known === value) return
      const index = this.#bits.take()
      this.#bits.set(index, known - stretch * STRETCH)
      this.#bits.set(index, value - stretch * STRETCH)
      this.#size += 1
      this.#spend(DENSE - 1)
      this.#known = -1 - index
      this.#all?.set(stretch, this.#known)
    } else {
      const bit = value - stretch * STRETCH
      if (this.#bits.has(-1 - known, bit)) return
      this.#bits.set(-1 - known, bit)
      this.#size += 1
    }
    while (this.#isOver && this.#all && this.#all.size > 1) this.#forget(this.#all.keys().next().value!)
  }

  delete(value: number): void {
    if (!this.has(value)) return
    const stretch = Math.floor(value / STRETCH)
    const known = this.#find(stretch)!
    this.#size -= 1
    if (known < 0) this.#bits.unset(-1 - known, value - stretch * STRETCH)
    else this.#remove(stretch, known)
  }

  clear(): void {
    const all = this.#all ?? (this.#latest === NONE ? [] : [[this.#latest, this.#known] as const])
    for (const [, known] of all) this.#giveBack(known)
    this.#latest = NONE
    this.#all = undefined
    this.#size = 0
  }

  get #bits(): BitBlocks {
    return this.#budget.pool.bits
  }

  get #isOver(): boolean {
    return this.#budget.left < 0 || this.#budget.pool.left < 0
  }

  #spend(units: number): void {
    this.#budget.left -= units
    this.#budget.pool.left -= units
  }

  /** What is known of a stretch, which is then the latest. */
  #find(stretch: number): number | undefined {
    if (stretch === this.#latest) return this.#known
    const known = this.#all?.get(stretch)
    if (known === undefined) return undefined
    this.#latest = stretch
    this.#known = known
    return known
  }

  #begin(stretch: number, value: number): void {
    if (this.#latest !== NONE) this.#all ??= new Map([[this.#latest, this.#known]])
    this.#all?.set(stretch, value)
    this.#latest = stretch
    this.#known = value
  }

  #giveBack(known: number): void {
    this.#spend(known >= 0 ? -1 : -DENSE)
    if (known < 0) this.#bits.give(-1 - known)
  }

  #remove(stretch: number, known: number): void {
    this.#giveBack(known)
    this.#all?.delete(stretch)
    if (stretch !== this.#latest) return
    const next = this.#all?.entries().next().value
    this.#latest = next?.[0] ?? NONE
    this.#known = next?.[1] ?? 0
  }

  #forget(stretch: number): void {
    const known = this.#all!.get(stretch)!
    const count = known >= 0 ? 1 : this.#bits.count(-1 - known)
    this.#size -= count
    this.#budget.forgottenNumbers += count
    this.#remove(stretch, known)
  }
}

/** How many bits are set. */
const ones = (word: number): number => {
  let count = 0
  for (let rest = word; rest !== 0; rest &= rest - 1) count += 1
  return count
}

/** Where the random numbers of a run come from: the seed of the hunt and the number of the run, and nothing else. */
import { Random } from 'fast-check'

/** The generator in the form of pure-rand: sfc32. */
class Numbers {
  #a: number
  #b: number
  #c: number
  #count: number

  constructor(a: number, b: number, c: number, count: number) {
    this.#a = a | 0
    this.#b = b | 0
    this.#c = c | 0
    this.#count = count | 0
  }

  clone(): Numbers {
    return new Numbers(this.#a, this.#b, this.#c, this.#count)
  }

  next(): number {
    const result = (((this.#a + this.#b) | 0) + this.#count) | 0
    this.#count = (this.#count + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + result) | 0
    return result
  }

  getState(): readonly number[] {
    return [this.#a, this.#b, this.#c, this.#count]
  }
}

/** The random numbers of run `index` of a hunt; `use` keeps several uses in one run apart. */
export const randomOf = (seed: number, index: number, use = 0): Random => {
  const numbers = new Numbers(seed, index, Math.floor(index / 2 ** 32) ^ (use << 16), 1)
  // The first results of sfc32 still show its seed.
  for (let i = 0; i < 15; i++) numbers.next()
  return new Random(numbers)
}

/** A sample of the states of a search, spread evenly over it, for the plain interpreter's cross-check. */

/** States that are always in it, and how many more there are at most. */
const FIRST = 4
const MOST = 8

export class Sample {
  /** The packed zero state. */
  readonly zero: Int32Array
  readonly #first: Int32Array[] = []
  #later: Int32Array[] = []
  #step = 1
  #seen = 0

  /** `words`: 32-bit words of a state. */
  constructor(words: number) {
    this.zero = new Int32Array(words)
  }

  get states(): readonly Int32Array[] {
    return [...this.#first, ...this.#later]
  }

  /** The packed state at the beginning of `words` may be taken into the sample. */
  see(words: Int32Array): void {
    const own = () => words.slice(0, this.zero.length)
    if (this.#first.length < FIRST) this.#first.push(own())
    else if (this.#seen++ % this.#step === 0) {
      this.#later.push(own())
      if (this.#later.length <= MOST) return
      this.#step *= 2
      this.#later = this.#later.filter((_, i) => i % 2 === 0)
    }
  }
}

/**
 * Arrays that a search has replaced by larger ones. Where threads share them, no garbage collector counts their
 * bytes, and since a search allocates next to nothing else it would hardly ever come: each thread asks for it.
 */

/** Bytes that may lie about, whatever the size of the memory, and as a share of it. */
const LEAST = 1 << 25
const SHARE = 0.08

/** Counts what is replaced in one thread. */
export class Garbage {
  readonly #collect: () => void
  #bytes = 0

  /** `collect` gives back the memory of arrays that nothing refers to any more. */
  constructor(collect: () => void) {
    this.#collect = collect
  }

  /** An array of `bytes` was replaced in a memory that has `all` bytes now. */
  dropped(bytes: number, all: number): void {
    this.#bytes += bytes
    if (this.#bytes < Math.max(LEAST, all * SHARE)) return
    this.#bytes = 0
    this.#collect()
  }
}

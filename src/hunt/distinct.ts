/**
 * How many distinct states there are, estimated from a sample in fixed room: only states whose hash ends in so many zero
 * bits are kept, a bit more whenever the room is full; how often each was met tells how many were not met.
 */

/** Hashes that are kept at most. */
const ROOM = 32_768

/** What a sample holds, as plain data. */
export interface SampleData {
  /** Hashes kept end in so many zero bits. */
  readonly bits: number
  readonly met: readonly (readonly [hash: number, times: number])[]
}

/** What is estimated of the states that were looked at. */
export interface Distinct {
  /** Different states looked at. */
  readonly met: number
  /** The same with those that were not met, by the estimator of Chao: a lower bound. */
  readonly all: number
}

/** A sample of hashes; hashes are whole numbers of 53 bits. */
export class DistinctSample {
  #bits = 0
  readonly #times = new Map<number, number>()

  add(hash: number, times = 1): void {
    if (hash % 2 ** this.#bits !== 0) return
    this.#times.set(hash, (this.#times.get(hash) ?? 0) + times)
    while (this.#times.size > ROOM) this.#thin(this.#bits + 1)
  }

  /** Takes in another sample. */
  merge({ bits, met }: SampleData): void {
    if (bits > this.#bits) this.#thin(bits)
    for (const [hash, times] of met) this.add(hash, times)
  }

  get data(): SampleData {
    return { bits: this.#bits, met: [...this.#times] }
  }

  get estimate(): Distinct {
    let once = 0
    let twice = 0
    for (const times of this.#times.values()) {
      if (times === 1) once += 1
      if (times === 2) twice += 1
    }
    const met = this.#times.size
    const unmet = (once * (once - 1)) / (2 * (twice + 1))
    const scale = 2 ** this.#bits
    return { met: met * scale, all: Math.round((met + unmet) * scale) }
  }

  #thin(bits: number): void {
    this.#bits = bits
    for (const hash of this.#times.keys()) if (hash % 2 ** bits !== 0) this.#times.delete(hash)
  }
}

/** A list of numbers that grows. */
export class Numbers {
  #values: Int32Array
  #length = 0
  readonly #fill: number

  /** `fill`: what stands where nothing was set. */
  constructor(fill = 0) {
    this.#fill = fill
    this.#values = new Int32Array(1 << 10).fill(fill)
  }

  get length(): number {
    return this.#length
  }
  get bytes(): number {
    return this.#values.byteLength
  }

  get(i: number): number {
    return i < this.#length ? this.#values[i]! : this.#fill
  }

  set(i: number, value: number): void {
    if (i >= this.#values.length) {
      const grown = new Int32Array(Math.max(i + 1, 2 * this.#values.length)).fill(this.#fill, this.#length)
      grown.set(this.#values.subarray(0, this.#length))
      this.#values = grown
    }
    this.#values[i] = value
    this.#length = Math.max(this.#length, i + 1)
  }

  push(value: number): void {
    this.set(this.#length, value)
  }
}

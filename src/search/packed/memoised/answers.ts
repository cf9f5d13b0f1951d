/** What is learnt of some closures, and when: learning takes several times as long as running, and must pay. */
import { ANSWER, type Reading, type ReadTrees } from './read-trees.ts'

/** It pays if the closure was asked so many times as often as something was learnt; if not, it is run so many trials long. */
const PAYS = 4
const PAUSE = 8

/** The answers of closures, by index. */
export class Answers {
  readonly roots: Int32Array
  /** Whether what was read last is no continuation of what was read before on states that agree in it. */
  contradicted = false
  readonly #trees: ReadTrees
  /** How often the answer of a closure was learnt, and how often it had been asked when that was last judged. */
  readonly #learnt: Int32Array
  readonly #judged: Int32Array
  /** Runs of a closure from which nothing is learnt, because that does not pay now; it may later, when states vary less. */
  readonly #pause: Float64Array

  constructor(trees: ReadTrees, closures: number) {
    this.#trees = trees
    this.roots = new Int32Array(closures)
    this.#learnt = new Int32Array(closures)
    this.#judged = new Int32Array(closures)
    this.#pause = new Float64Array(closures)
  }

  /** Whether something is to be learnt from running closure i, since its answer is not known. */
  learns(i: number): boolean {
    if (this.#pause[i] === 0) return true
    this.#pause[i]! -= 1
    return false
  }

  /** Closure i was run and has been asked so often; returns whether the answer is remembered. */
  learn(i: number, reading: Reading, answer: number, asked: number): boolean {
    const { trial } = this.#trees.limits
    this.#learnt[i]! += 1
    if (this.#learnt[i]! % trial === 0) {
      const since = asked - this.#judged[i]!
      this.#judged[i] = asked
      if (since < trial * PAYS) this.#pause[i] = trial * PAUSE
    }
    const added = this.#trees.add(this.roots, i, reading, answer)
    this.contradicted = added === 'contradiction'
    const remembered = added === 'remembered'
    if (!remembered) this.#pause[i] = Number.POSITIVE_INFINITY
    return remembered
  }

  /** Whether nothing is learnt of closure i for now. */
  pauses(i: number): boolean {
    return this.#pause[i] !== 0
  }

  /** Begins anew with a closure that has been asked so often. */
  restart(i: number, asked: number): void {
    this.roots[i] = ANSWER.unknown
    this.#learnt[i] = 0
    this.#judged[i] = asked
    this.#pause[i] = 0
  }
}

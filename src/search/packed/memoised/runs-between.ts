/** Runs of closures between the first and the second run of another: whatever they leave in variables, the second run meets. */
import type { InstanceNumbers } from './instance-numbers.ts'
import type { KeptStates } from './kept-states.ts'
import type { RunHooks } from './run-hooks.ts'

/** Closures that run in between at first, which is all of a small model, and after so many second runs. */
const MANY = 64
const FEW = 1
const EARLY = 32
/** Instances of one action that run at one time. */
export const BETWEEN = 2

export class RunsBetween {
  readonly #numbers: InstanceNumbers
  readonly #tests: number
  readonly #kept: KeptStates
  #hooks!: RunHooks
  #turn = 0

  constructor(numbers: InstanceNumbers, tests: number, kept: KeptStates) {
    this.#numbers = numbers
    this.#tests = tests
    this.#kept = kept
  }

  attach(hooks: RunHooks): void {
    this.#hooks = hooks
  }

  /** How often something has run in between. */
  get turn(): number {
    return this.#turn
  }

  /** Runs some instances of one action, on the state in the slots. */
  runOne(): void {
    this.#runSome(this.#turn++ % this.#numbers.first.length, this.#turn)
  }

  /** What may stand in variables of the model is now about another state. */
  disturb(a: number, words: Int32Array): void {
    const turn = this.#turn++
    const own = this.#kept.enabling[a]
    const from = own && own.length > 0 && turn % 2 === 0 ? own : this.#kept.all
    const state = from.length > 0 ? from[turn % from.length]! : words
    this.#hooks.show(state)
    const most = turn < EARLY ? MANY : FEW
    const { length } = this.#numbers.first
    if (a >= 0) this.#runSome(a, turn)
    for (let n = 0; n < Math.min(most, length); n++) this.#runSome((turn * FEW + n) % length, turn)
    const tests = this.#tests
    for (let n = 0; n < Math.min(most, tests); n++) this.#quietly(() => this.#hooks.test((turn + n) % tests))
  }

  #runSome(a: number, turn: number): void {
    const first = this.#numbers.first[a]!
    const size = this.#numbers.sizes[a]!
    for (let n = 0; n < Math.min(size, BETWEEN); n++) {
      const i = first + ((turn + n) % size)
      this.#quietly(() => {
        if (this.#hooks.guardOf(i) !== true) return
        this.#hooks.setWriting(true)
        this.#hooks.effectOf(i)
      })
    }
  }

  /** What is thrown here is thrown again when it is the turn of that state. */
  #quietly(piece: () => void): void {
    try {
      piece()
    } catch {
      // See above.
    }
    this.#hooks.setWriting(false)
    this.#hooks.undo()
    this.#hooks.quiet()
  }
}

/**
 * Times of the actions in a sample of the states, spread evenly over the search. A state in which the thread was held
 * up, by the compiler, a collection of garbage or another process, says nothing of its actions and is left out.
 */
import type { ActionProfile } from '../../engine/profile.ts'

/** States from one timed state to the next at first. No power of two: states with those numbers are audited first. */
const EVERY = 61
/** With fewer states nothing is said of time; with more than these every second one is dropped. */
const FEWEST = 100
const MOST = 8192
/** A state that takes so many times as long as the one in the middle was held up. */
const HELD_UP = 8

/** Shares of the time, 0 to 1. */
export interface Shares {
  readonly actions: readonly NonNullable<ActionProfile['time']>[]
  /** Looking up, judging and storing. */
  readonly storing: number
}

export class Stopwatch {
  /** Milliseconds: of each action, of looking up and storing, and of reading the clock as often as for one of them. */
  readonly laps: Float64Array
  #rows: Float64Array[] = []
  #every = EVERY

  constructor(actions: number) {
    this.laps = new Float64Array(actions + 2)
  }

  /** The laps are those of another state; returns how many states later the next one is to be timed. */
  stop(): number {
    this.#rows.push(this.laps.slice())
    if (this.#rows.length === MOST) {
      this.#rows = this.#rows.filter((_, i) => i % 2 === 0)
      this.#every *= 2
    }
    return this.#every
  }

  /** Undefined when too few states were timed. */
  get shares(): Shares | undefined {
    if (this.#rows.length < FEWEST) return undefined
    const timed = this.#rows.map((row) => ({ row, all: sumOf(row) })).sort((a, b) => a.all - b.all)
    const middle = timed[timed.length >> 1]!.all
    const rows = timed.filter(({ all }) => all <= HELD_UP * middle).map(({ row }) => row)
    const sums = Array.from(this.laps, (_, i) => sumOf(rows.map((row) => row[i]!)))
    const clock = sums.pop()!
    const times = sums.map((sum) => Math.max(0, sum - clock))
    const all = sumOf(times)
    const shares = times.map((time) => (all > 0 ? Number((time / all).toFixed(4)) : 0))
    return { actions: shares.slice(0, -1), storing: shares.at(-1)! }
  }
}

const sumOf = (numbers: ArrayLike<number>): number => {
  let sum = 0
  for (let i = 0; i < numbers.length; i++) sum += numbers[i]!
  return sum
}

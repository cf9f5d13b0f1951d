/**
 * Whether a state is doomed: no continuation leads to a state in which an `alwaysPossible` property holds. A random run
 * can only suspect that; it is said after a complete search from the state, and a search that was cut says nothing.
 */
import type { Model } from '../modelling/model.ts'
import type { AlwaysPossible, Sometimes } from '../modelling/property.ts'
import type { Path } from '../search/engine/outcome.ts'
import { packedEngine } from '../search/packed/packed-engine.ts'
import { writeInto } from '../state/in-place.ts'
import { randomOf } from './numbers.ts'
import type { Runs } from './runs.ts'
import type { Walker } from './walker.ts'

/** What was found out about a state. */
export type Fate = 'hopeful' | 'doomed' | 'undecided'

/** Quick continuations, in turns without faults and with some: how many and of how many steps. */
const TRIES: readonly (readonly [count: number, steps: number])[] = [
  [8, 40],
  [56, 120],
]
/** States of a complete search at most. */
const MOST_STATES = 1_000_000
/** Answers that are remembered. */
const REMEMBERED = 10_000

/** Answers for one `alwaysPossible` property of a model. */
export class Dooms {
  readonly #walker: Walker
  readonly #runs: Runs
  readonly #property: AlwaysPossible
  readonly #known = new Map<number, Fate>()
  /** Complete searches that were made. */
  searches = 0

  constructor(walker: Walker, runs: Runs, property: AlwaysPossible) {
    this.#walker = walker
    this.#runs = runs
    this.#property = property
  }

  /** Whether the property judges the present state of the walker. */
  isJudged(): boolean {
    const { whenever } = this.#property
    return !whenever || this.#walker.ask(whenever)
  }

  /** The fate of the state at the end of a path; the answer depends on the path alone. Leaves the walker somewhere. */
  fateOf(path: Path): Fate {
    this.#runs.retrace(path)
    const hash = this.#walker.hash()
    const known = this.#known.get(hash)
    if (known) return known
    const fate = this.#isQuicklyReached(path, hash) ? 'hopeful' : this.#searched(path)
    if (this.#known.size >= REMEMBERED) this.#known.clear()
    this.#known.set(hash, fate)
    return fate
  }

  #isQuicklyReached(path: Path, seed: number): boolean {
    const { holds } = this.#property
    const goal = () => this.#walker.ask(holds)
    let use = 0
    for (const [count, steps] of TRIES)
      for (let i = 0; i < count; i++) {
        if (use > 0) this.#runs.retrace(path)
        use += 1
        if (this.#runs.proceed(randomOf(seed % 2 ** 32, use), steps, use % 2 === 0, goal)) return true
      }
    return false
  }

  #searched(path: Path): Fate {
    this.searches += 1
    this.#runs.retrace(path)
    const { state } = this.#walker
    const engine = packedEngine(resumed(this.#walker.model, this.#property, state), { exact: 'free' })
    const isFound = () => engine.findings[0]!.shown !== undefined
    engine.start()
    while (engine.expanded < engine.distinct && !isFound() && engine.distinct < MOST_STATES) engine.advance()
    engine.close()
    if (isFound()) return 'hopeful'
    return engine.expanded === engine.distinct ? 'doomed' : 'undecided'
  }
}

/** The model that begins at a state and looks for one in which the property holds. */
const resumed = (model: Model, { name, holds }: AlwaysPossible, state: object): Model => {
  const goal: Sometimes = { kind: 'sometimes', name, holds }
  return {
    ...model,
    initial: [{ name: 'Resumes', choose: {}, effect: (d) => writeInto(model.state, d, state) }],
    properties: [goal],
  }
}

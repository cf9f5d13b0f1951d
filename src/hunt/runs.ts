/**
 * Random runs as a fast-check arbitrary: a run is drawn while it is made, each step among the instances that are then
 * enabled, and shrinks by leaving out steps.
 */
import { Arbitrary, type Random, Stream, Value } from 'fast-check'
import type { Path } from '../search/engine/outcome.ts'
import type { Walker } from './walker.ts'
import { swarm } from './weights.ts'

/** What a run showed of a property: the number of steps to where it first did, the initial one included. */
export interface Shown {
  /** Index of the property in the model. */
  readonly property: number
  readonly steps: number
}

/** A run that was made. */
export interface Run {
  /** The initial instance, then an action instance for each step. */
  readonly path: Path
  /** Violations, and what `sometimes` properties reached: each property once. */
  readonly shown: readonly Shown[]
  /** Steps after which the judged state of an `alwaysPossible` property was last seen without hope; absent: never. */
  readonly hopeless: readonly Shown[]
  /** The model did what it must not: it fails with the last step of the path, or its state is outside its schema. */
  readonly stumbled: boolean
}

/** How runs are drawn. */
export interface RunOptions {
  /** Steps at most, without the initial one. */
  readonly length: number
  /** By action. */
  readonly weights: readonly number[]
}

/** Hears of the states and steps of runs. */
export interface RunListener {
  /** The walker stands at a state from which a step is about to be drawn, or at the last state of a run. */
  state(): void
  /** The instance of this number was taken. */
  taken(instance: number): void
}

const SILENT: RunListener = { state() {}, taken() {} }

/** A run is as long as allowed, a half, a quarter or an eighth of it: short ones show things in fewer steps. */
const HALVINGS = 3

/** Runs of one model. */
export class Runs extends Arbitrary<Run> {
  readonly #walker: Walker
  readonly #options: RunOptions
  readonly #listener: RunListener
  /** By action: the weight in the present run, and in what is left of the present draw. */
  readonly #varied: Int32Array
  readonly #left: Int32Array
  /** By property: the steps after which it was first shown, or last seen hopeless; 0: not. */
  readonly #first: Int32Array
  readonly #hopeless: Int32Array
  readonly #possible: readonly {
    readonly index: number
    holds(state: object): boolean
    whenever?(state: object): boolean
  }[]

  constructor(walker: Walker, options: RunOptions, listener: RunListener = SILENT) {
    super()
    this.#walker = walker
    this.#options = options
    this.#listener = listener
    const { actions, properties } = walker.model
    this.#varied = new Int32Array(actions.length)
    this.#left = new Int32Array(actions.length)
    this.#first = new Int32Array(properties.length)
    this.#hopeless = new Int32Array(properties.length)
    this.#possible = properties.flatMap((p, index) =>
      p.kind === 'alwaysPossible'
        ? [{ index, holds: p.holds, ...(p.whenever && { whenever: p.whenever }) }]
        : [],
    )
  }

  override generate(random: Random): Value<Run> {
    const { length, weights } = this.#options
    const walker = this.#walker
    swarm(random, walker.model, weights, this.#varied)
    const most = Math.max(1, length >> random.nextInt(0, HALVINGS))
    const path: number[] = []
    let stumbled = false
    this.#begin()
    try {
      const first = this.#drawInitial(random)
      if (first >= 0) {
        path.push(first)
        walker.take(walker.initial[first]!)
        this.#look(path.length)
        this.#listener.state()
        while (path.length <= most) {
          const next = this.#draw(random)
          if (next < 0) break
          path.push(next)
          walker.take(walker.instances[next]!)
          this.#listener.taken(next)
          this.#look(path.length)
          this.#listener.state()
        }
      }
      stumbled = !walker.isSound()
    } catch {
      stumbled = true
    }
    return new Value(this.#made(path, stumbled), undefined)
  }

  override canShrinkWithoutContext(value: unknown): value is Run {
    return typeof value === 'object' && value !== null && 'path' in value
  }

  /** Leaves out ever smaller pieces of the run, from its end on. */
  override shrink(run: Run): Stream<Value<Run>> {
    return new Stream(this.#smaller(run))
  }

  *#smaller({ path }: Run): IterableIterator<Value<Run>> {
    for (let size = (path.length - 1) >> 1; size >= 1; size >>= 1)
      for (let to = path.length; to > 1; to -= size) {
        const from = Math.max(1, to - size)
        const made = this.retrace([...path.slice(0, from), ...path.slice(to)])
        if (made.path.length < path.length) yield new Value(made, undefined)
      }
  }

  /** The run that takes these steps one after the other, leaving out those that are not enabled when their turn comes. */
  retrace(steps: Path): Run {
    const walker = this.#walker
    const path: number[] = []
    let stumbled = false
    this.#begin()
    try {
      steps.forEach((number, i) => {
        const instance = (i === 0 ? walker.initial : walker.instances)[number]!
        if (!walker.isEnabled(instance)) return
        path.push(number)
        walker.take(instance)
        this.#look(path.length)
      })
      stumbled = !walker.isSound()
    } catch {
      stumbled = true
    }
    return this.#made(path, stumbled)
  }

  /** Goes on from where the walker stands until the goal is reached: whether it was. Without faults, or with some. */
  proceed(random: Random, most: number, faults: boolean, isGoal: () => boolean): boolean {
    const { model } = this.#walker
    const { weights } = this.#options
    if (faults) swarm(random, model, weights, this.#varied, { withAll: 0 })
    else for (let i = 0; i < weights.length; i++) this.#varied[i] = model.actions[i]!.fault ? 0 : weights[i]!
    for (let i = 0; i < most; i++) {
      if (isGoal()) return true
      const next = this.#draw(random)
      if (next < 0) return false
      this.#walker.take(this.#walker.instances[next]!)
    }
    return isGoal()
  }

  #begin(): void {
    this.#walker.reset()
    this.#first.fill(0)
    this.#hopeless.fill(0)
  }

  /** Notes what the last step showed. */
  #look(steps: number): void {
    const { shown } = this.#walker
    for (let i = 0; i < shown.length; i++) if (shown[i] === 1 && this.#first[i] === 0) this.#first[i] = steps
    // Whatever came before a state from which the property holds was hopeful as well.
    for (const { index, holds, whenever } of this.#possible)
      if (this.#walker.ask(holds)) this.#hopeless[index] = 0
      else if (!whenever || this.#walker.ask(whenever)) this.#hopeless[index] = steps
  }

  #made(path: Path, stumbled: boolean): Run {
    return { path, shown: listed(this.#first), hopeless: listed(this.#hopeless), stumbled }
  }

  #drawInitial(random: Random): number {
    const { initial } = this.#walker
    const from = initial.length === 1 ? 0 : random.nextInt(0, initial.length - 1)
    for (let i = 0; i < initial.length; i++) {
      const number = (from + i) % initial.length
      if (this.#walker.isEnabled(initial[number]!)) return number
    }
    return -1
  }

  /**
   * Draws an action by weight and takes its first enabled instance from a random one on, coming round; an action
   * without any is left out and another drawn. Guards are asked no further than that. -1: nothing is enabled.
   */
  #draw(random: Random): number {
    const walker = this.#walker
    const left = this.#left
    let total = 0
    for (let i = 0; i < left.length; i++) {
      left[i] = this.#varied[i]!
      total += left[i]!
    }
    while (total > 0) {
      let at = total === 1 ? 0 : random.nextInt(0, total - 1)
      let action = 0
      while (at >= left[action]!) {
        at -= left[action]!
        action += 1
      }
      const { first, count } = walker.actions[action]!
      const from = count === 1 ? 0 : random.nextInt(0, count - 1)
      for (let i = 0; i < count; i++) {
        const number = first + ((from + i) % count)
        if (walker.isEnabled(walker.instances[number]!)) return number
      }
      total -= left[action]!
      left[action] = 0
    }
    return -1
  }
}

const listed = (steps: Int32Array): readonly Shown[] => {
  const list: Shown[] = []
  for (let property = 0; property < steps.length; property++)
    if (steps[property]! > 0) list.push({ property, steps: steps[property]! })
  return list
}

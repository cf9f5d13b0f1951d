/** What a hunt has covered, so that one that finds nothing can be judged. */
import type { Model } from '../modelling/model.ts'
import { DistinctSample, type SampleData } from './distinct.ts'
import type { RunListener } from './runs.ts'
import type { Walker } from './walker.ts'

/** What one action did in a hunt. */
export interface ActionCoverage {
  readonly action: string
  readonly fault: boolean
  /** Of the states in which every guard was asked: those in which some instance was enabled. */
  readonly enabled: number
  /** Steps. */
  readonly taken: number
}

/** Counts of a hunt, as plain data. */
export interface CoverageData {
  readonly states: number
  /** States in which every guard was asked. */
  readonly asked: number
  readonly actions: readonly ActionCoverage[]
  /** By property: runs in which its situation arose, for `always` and monitors. */
  readonly arose: readonly number[]
  /** By property: the largest reading of a measure, if there was one. */
  readonly readings: readonly (number | undefined)[]
  readonly sample: SampleData
}

/** Of so many states one is hashed, and of so many one has all its guards asked. Both by run and step alone. */
const HASHED = 16
const ASKED = 64

/** Counts what the runs of one worker do. */
export class Covering implements RunListener {
  readonly #walker: Walker
  readonly #taken: Float64Array
  readonly #enabled: Float64Array
  readonly #arose: Float64Array
  readonly #aroseNow: Uint8Array
  readonly #readings: Float64Array
  readonly #sample = new DistinctSample()
  #states = 0
  #asked = 0
  #turn = 0

  constructor(walker: Walker) {
    this.#walker = walker
    const { actions, properties } = walker.model
    this.#taken = new Float64Array(actions.length)
    this.#enabled = new Float64Array(actions.length)
    this.#arose = new Float64Array(properties.length)
    this.#aroseNow = new Uint8Array(properties.length)
    this.#readings = new Float64Array(properties.length).fill(Number.NEGATIVE_INFINITY)
  }

  get states(): number {
    return this.#states
  }

  /** Run `index` begins. */
  begin(index: number): void {
    this.#turn = index
    this.#aroseNow.fill(0)
  }

  state(): void {
    const walker = this.#walker
    this.#states += 1
    this.#turn += 1
    for (let i = 0; i < this.#aroseNow.length; i++) this.#aroseNow[i]! |= walker.arose[i]!
    if (this.#turn % HASHED === 0) this.#sample.add(walker.hash())
    if (this.#turn % ASKED !== 0) return
    this.#asked += 1
    walker.actions.forEach(({ first, count }, action) => {
      for (let i = first; i < first + count; i++)
        if (walker.isEnabled(walker.instances[i]!)) {
          this.#enabled[action]! += 1
          return
        }
    })
  }

  taken(instance: number): void {
    this.#taken[this.#walker.actionOf[instance]!]! += 1
  }

  /** The present run is over. */
  end(): void {
    const { readings } = this.#walker
    for (let i = 0; i < readings.length; i++) {
      this.#arose[i]! += this.#aroseNow[i]!
      if (readings[i]! > this.#readings[i]!) this.#readings[i] = readings[i]!
    }
  }

  get data(): CoverageData {
    return {
      states: this.#states,
      asked: this.#asked,
      actions: this.#walker.model.actions.map(({ name, fault = false }, i) => ({
        action: name,
        fault,
        enabled: this.#enabled[i]!,
        taken: this.#taken[i]!,
      })),
      arose: [...this.#arose],
      readings: [...this.#readings].map((value) => (Number.isFinite(value) ? value : undefined)),
      sample: this.#sample.data,
    }
  }
}

/** The coverage of several workers together. */
export const mergedCoverage = (model: Model, parts: readonly CoverageData[]): CoverageData => {
  const sum = (of: (part: CoverageData) => number) => parts.reduce((total, part) => total + of(part), 0)
  const sample = new DistinctSample()
  for (const part of parts) sample.merge(part.sample)
  return {
    states: sum((part) => part.states),
    asked: sum((part) => part.asked),
    actions: model.actions.map(({ name, fault = false }, i) => ({
      action: name,
      fault,
      enabled: sum((part) => part.actions[i]!.enabled),
      taken: sum((part) => part.actions[i]!.taken),
    })),
    arose: model.properties.map((_, i) => sum((part) => part.arose[i]!)),
    readings: model.properties.map((_, i) => {
      const known = parts.flatMap((part) => part.readings[i] ?? [])
      return known.length > 0 ? Math.max(...known) : undefined
    }),
    sample: sample.data,
  }
}

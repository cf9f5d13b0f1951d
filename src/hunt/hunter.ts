/**
 * One worker of a hunt: makes every n-th run, gathers what they show, and afterwards makes the paths small. What it
 * finds in a run depends on the seed and the number of the run alone.
 */
import type { Model } from '../modelling/model.ts'
import type { Path } from '../search/engine/outcome.ts'
import { confirmed, confirmRun } from './confirm.ts'
import { type CoverageData, Covering } from './coverage.ts'
import { Dooms } from './doom.ts'
import { shortest, shortestDoom, takenBy } from './exact.ts'
import { randomOf } from './numbers.ts'
import { Runs } from './runs.ts'
import { shrink } from './shrink.ts'
import { Walker } from './walker.ts'
import { type Weights, weightsOf } from './weights.ts'

/** What a hunt is asked for. */
export interface HuntOptions {
  /** A whole number of 32 bits. */
  readonly seed: number
  /** Steps of a run at most. */
  readonly length: number
  /** By name of action, instead of what the model declares. */
  readonly weights: Weights
  /** Runs at most, over all workers. */
  readonly runs: number
  readonly seconds: number
}

/** A run that showed something of a property. */
export interface Sighting {
  /** Index of the property in the model. */
  readonly property: number
  readonly run: number
  /** Up to the step that showed it. */
  readonly path: Path
}

/**
 * Why a worker made no more runs: there were as many as were asked for, `enough` was seen of every property that can be
 * violated, time was up, or it was interrupted; `failed`: every try on a queue failed, and its runs were not made.
 */
export type Ended = 'runs' | 'enough' | 'seconds' | 'interrupt' | 'failed'

/** What one worker has to report of its runs. */
export interface HuntPart {
  readonly runs: number
  readonly ended: Ended
  /** Steps, the initial ones included. */
  readonly steps: number
  /** The first of this worker for each property, by number of run. */
  readonly sightings: readonly Sighting[]
  readonly coverage: CoverageData
  /** Suspected dooms on which a complete search was cut, by property. */
  readonly undecided: readonly number[]
  /** States on which a complete search was made. */
  readonly searched: number
  readonly seconds: number
}

/** How far a worker has come. */
export interface HuntSoFar {
  readonly runs: number
  readonly states: number
  readonly sightings: number
}

/** Sightings of one property that a trace is made of: the shortest over the instances of all of them. */
export const SIGHTINGS = 6
/** Runs that are also made by the plain interpreter: one of so many. */
const CONFIRMED = 4_096
/** Runs between two looks at the clock. */
const LOOK = 16

/** Sightings that are gathered of each property: of a `sometimes` one is enough, and a measure has none. */
export const wanted = (model: Model): readonly number[] =>
  model.properties.map(({ kind }) => (kind === 'measure' ? 0 : kind === 'sometimes' ? 1 : SIGHTINGS))

/** A worker with its model. */
export class Hunter {
  readonly #model: Model
  readonly #options: HuntOptions
  readonly #walker: Walker
  readonly #runs: Runs
  readonly #covering: Covering
  readonly #dooms: readonly (Dooms | undefined)[]

  constructor(model: Model, options: HuntOptions) {
    this.#model = model
    this.#options = options
    this.#walker = new Walker(model)
    this.#covering = new Covering(this.#walker)
    const drawn = { length: options.length, weights: weightsOf(model, options.weights) }
    this.#runs = new Runs(this.#walker, drawn, this.#covering)
    const silent = new Runs(this.#walker, drawn)
    this.#dooms = model.properties.map((p) =>
      p.kind === 'alwaysPossible' ? new Dooms(this.#walker, silent, p) : undefined,
    )
  }

  /**
   * Makes the runs `first`, `first + every` and so on until a limit is met, everything was seen, or `interrupted`.
   * Throws `ModelFault`.
   */
  hunt(first: number, every: number, interrupted: (so: HuntSoFar) => boolean): HuntPart {
    const { seed, runs, seconds } = this.#options
    const { properties } = this.#model
    const started = performance.now()
    const elapsed = () => (performance.now() - started) / 1000
    const missing = [...wanted(this.#model)]
    const ends = properties.some(({ kind }) => kind !== 'sometimes' && kind !== 'measure')
    const isOver = () =>
      ends &&
      properties.every(({ kind }, i) => kind === 'sometimes' || kind === 'measure' || missing[i] === 0)
    const sightings: Sighting[] = []
    const undecided = properties.map(() => 0)
    let made = 0
    let steps = 0
    let ended: Ended = 'runs'
    for (let index = first; index < runs; index += every) {
      if (isOver()) {
        ended = 'enough'
        break
      }
      if (made % LOOK === 0) {
        const so = { runs: made, states: this.#covering.states, sightings: sightings.length }
        const isInterrupted = interrupted(so)
        if (isInterrupted || elapsed() >= seconds) {
          ended = isInterrupted ? 'interrupt' : 'seconds'
          break
        }
      }
      this.#covering.begin(index)
      const { value: run } = this.#runs.generate(randomOf(seed, index))
      this.#covering.end()
      made += 1
      steps += run.path.length
      if (run.stumbled || index % CONFIRMED === 0) confirmRun(this.#walker, this.#runs, run)
      const note = (property: number, path: Path): void => {
        missing[property]! -= 1
        sightings.push({ property, run: index, path })
      }
      for (const { property, steps } of run.shown)
        if (missing[property]! > 0) note(property, run.path.slice(0, steps))
      for (const { property, steps } of run.hopeless) {
        if (missing[property]! === 0) continue
        const path = run.path.slice(0, steps)
        const fate = this.#dooms[property]!.fateOf(path)
        if (fate === 'undecided') undecided[property]! += 1
        if (fate === 'doomed') note(property, path)
      }
    }
    return {
      runs: made,
      ended,
      steps,
      sightings,
      coverage: this.#covering.data,
      undecided,
      searched: this.#dooms.reduce((sum, dooms) => sum + (dooms?.searches ?? 0), 0),
      seconds: elapsed(),
    }
  }

  /** A small trace out of the sightings of one property, confirmed by the plain interpreter. */
  trace(sightings: readonly Sighting[]): Small {
    const index = sightings[0]!.property
    const { name } = this.#model.properties[index]!
    const shows = this.#showing(index)
    const small = sightings.map(({ path, run }) => ({ run, path: shrink(path, shows).path }))
    const best = small.reduce((a, b) => (b.path.length < a.path.length ? b : a))
    const instances = takenBy(small.map(({ path }) => path))
    const dooms = this.#dooms[index]
    const path = dooms
      ? shortestDoom(this.#walker, this.#runs, dooms, best.path, instances)
      : shortest(this.#model, name, best.path, instances)
    confirmed(this.#model, index, path)
    return { run: sightings[0]!.run, path, minimal: small[0]!.path.length - 1 }
  }

  /** What a path of steps shows of a property. */
  #showing(property: number): (steps: Path) => Path | undefined {
    const dooms = this.#dooms[property]
    return (steps) => {
      const { path, shown, hopeless } = this.#runs.retrace(steps)
      const seen = (dooms ? hopeless : shown).find((one) => one.property === property)
      const upTo = seen && path.slice(0, seen.steps)
      return upTo && (!dooms || dooms.fateOf(upTo) === 'doomed') ? upTo : undefined
    }
  }
}

/** A trace that was made small. */
export interface Small {
  /** The first run that showed it. */
  readonly run: number
  readonly path: Path
  /** Steps of the trace of that run from which no step can be left out, before shorter ones were looked for. */
  readonly minimal: number
}

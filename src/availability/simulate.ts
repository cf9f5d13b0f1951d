/**
 * Runs of a cluster with a clock, on the plain interpreter. They check what was computed, and with fixed durations they
 * say what exponential ones hide: each run works normally for a while, then the member that acts crashes, and the run
 * goes on until an IKE SA has settled again, without another crash.
 */

import type { Timing } from '../../model/timing/timing.ts'
import { randomOf } from '../hunt/numbers.ts'
import type { Dooms } from './measures.ts'
import type { PlainEdge, PlainNode, PlainStates } from './plain-states.ts'
import type { Structure } from './structure.ts'
import type { Label, StepKind } from './timed/steps.ts'

export interface SimulationOptions {
  readonly runs: number
  readonly seed: number
  /** Detection and the waits for an answer take just as long as they are set; otherwise they are exponential. */
  readonly fixed: boolean
  /** Seconds of normal operation before the crash. */
  readonly before: number
  /** Crashes of a member before that, after each of which it returns. */
  readonly earlier: number
}

/** Of one quantity over all runs. */
export interface Sampled {
  readonly mean: number
  /** With a chance of 99 % the mean of all possible runs is this near. */
  readonly margin: number
  readonly median: number
  /** 99 % of the runs are not above this. */
  readonly high: number
  /** Between these two of the runs the true 99 % value lies, with a chance of 99 %. */
  readonly highBetween: readonly [number, number]
}

export interface Simulated {
  readonly runs: number
  readonly seed: number
  /** States that the runs came to, each compared with the explored one. */
  readonly states: number
  readonly traffic: Sampled
  readonly ike: Sampled
  /** Share of the runs in which the IKE SA was doomed. */
  readonly dooms: { readonly share: number; readonly between: readonly [number, number] }
}

/** For 99 % on both sides. */
const Z = 2.5758

/** Between which shares the true one lies with a chance of 99 % (Wilson, 1927). */
export const shareBetween = (hits: number, runs: number): readonly [number, number] => {
  const p = hits / runs
  const z2 = Z * Z
  const middle = (p + z2 / (2 * runs)) / (1 + z2 / runs)
  const half = (Z * Math.sqrt((p * (1 - p)) / runs + z2 / (4 * runs * runs))) / (1 + z2 / runs)
  // Where all or none hit, rounding must not keep the end from being 1 or 0.
  return [hits === 0 ? 0 : middle - half, hits === runs ? 1 : middle + half]
}

/** Mean, median and the 99 % value of a sample. */
export const sampledOf = (values: readonly number[]): Sampled => {
  const sorted = [...values].sort((a, b) => a - b)
  const n = sorted.length
  const mean = sorted.reduce((sum, value) => sum + value, 0) / n
  const variance = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, n - 1)
  const at = (rank: number): number => sorted[Math.min(n - 1, Math.max(0, Math.ceil(rank) - 1))]!
  const spread = Z * Math.sqrt(n * 0.99 * 0.01)
  return {
    mean,
    margin: Z * Math.sqrt(variance / n),
    median: at(n / 2),
    high: at(0.99 * n),
    highBetween: [at(0.99 * n - spread), at(0.99 * n + spread + 1)],
  }
}

/** Runs a cluster whose detection and waits have one stage each. */
export const simulate = (
  structure: Structure,
  states: PlainStates,
  timing: Timing,
  dooms: Dooms,
  { runs, seed, fixed, before, earlier }: SimulationOptions,
): Simulated => {
  const { stages } = structure.plan
  if (stages.detection !== 1 || stages.waits !== 1)
    throw new RangeError('A simulation has no stages: durations are fixed or exponential.')
  const traffic: number[] = []
  const ike: number[] = []
  let doomed = 0
  for (let run = 0; run < runs; run++) {
    const random = randomOf(seed, run, fixed ? 1 : 0)
    const walk = new Walk(states, timing, fixed, () => random.nextDouble())
    for (let i = 0; i < earlier; i++) walk.crashesAndReturns(random.nextInt(0, 1) === 0)
    walk.work(before)
    walk.crash(true)
    let [downTraffic, downIke, isDoomed] = [0, 0, false]
    while (!(states.has(walk.at, 'acting') && states.has(walk.at, 'settled'))) {
      const { at } = walk
      // A doomed IKE SA is given up before it has settled: what was computed is not asked here.
      if (states.has(at, 'lost')) isDoomed = true
      const seconds = walk.step(Infinity)
      if (!states.has(at, 'traffic')) downTraffic += seconds
      if (!states.has(at, 'sas') || dooms.doomed[at.number] === 1) downIke += seconds
    }
    traffic.push(downTraffic)
    ike.push(downIke)
    if (isDoomed) doomed += 1
  }
  return {
    runs,
    seed,
    states: states.size,
    traffic: sampledOf(traffic),
    ike: sampledOf(ike),
    dooms: { share: doomed / runs, between: shareBetween(doomed, runs) },
  }
}

/** The clocks that a fixed duration needs: when it began is remembered while it goes on. */
const CLOCKS = ['detection', 'cluster', 'peer'] as const

interface Clock {
  /** What it runs for. */
  kind: string | undefined
  remaining: number
  /** The step that ends it, in the present state. */
  edge: number
}

class Walk {
  at: PlainNode
  readonly #states: PlainStates
  readonly #timing: Timing
  readonly #fixed: boolean
  readonly #random: () => number
  readonly #clocks = CLOCKS.map((): Clock => ({ kind: undefined, remaining: 0, edge: -1 }))

  constructor(states: PlainStates, timing: Timing, fixed: boolean, random: () => number) {
    this.#states = states
    this.#timing = timing
    this.#fixed = fixed
    this.#random = random
    this.at = states.start
  }

  /** Goes on for some seconds. */
  work(seconds: number): void {
    for (let left = seconds; left > 0; ) left -= this.step(left)
  }

  /** The acting member crashes now, or another. */
  crash(isActing: boolean): void {
    for (const [i, { step }] of this.at.edges.entries()) {
      if (step.kind !== 'crash') continue
      const target = this.#states.target(this.at, i)
      if (this.#states.has(target, 'acting') === isActing) continue
      this.at = target
      return
    }
    // Nobody acts or nobody is left: as it is.
  }

  /** A crash that is long past when the next comes. */
  crashesAndReturns(isActing: boolean): void {
    this.crash(isActing)
    const isOver = (label: Label) => this.#states.has(this.at, label)
    while (!(isOver('whole') && isOver('acting') && isOver('settled'))) this.step(Infinity)
  }

  /** One step, or none within `most` seconds; says how long it took. */
  step(most: number): number {
    if (this.#fixed) this.#setClocks()
    let total = 0
    for (const edge of this.at.edges) if (this.#isDrawn(edge)) total += edge.rate
    let seconds = total > 0 ? -Math.log(1 - this.#random()) / total : Infinity
    let due: Clock | undefined
    for (const clock of this.#clocks)
      if (clock.kind !== undefined && clock.remaining < seconds) {
        seconds = clock.remaining
        due = clock
      }
    const passed = Math.min(seconds, most)
    for (const clock of this.#clocks) clock.remaining -= passed
    if (seconds >= most) return most
    const chosen = due ? due.edge : this.#drawn(total)
    if (due) due.kind = undefined
    this.at = this.#states.target(this.at, chosen)
    return seconds
  }

  /** Nothing crashes by itself, and what has a fixed duration is not drawn. */
  #isDrawn({ step }: PlainEdge): boolean {
    return step.kind !== 'crash' && !(this.#fixed && clockOf(step) !== undefined)
  }

  /** A clock goes on while what it runs for is possible, and begins anew for something else. */
  #setClocks(): void {
    for (const clock of this.#clocks) clock.edge = -1
    for (const [i, { step }] of this.at.edges.entries()) {
      const at = clockOf(step)
      if (at !== undefined) this.#clocks[at]!.edge = i
    }
    for (const clock of this.#clocks) {
      const edge = this.at.edges[clock.edge]
      if (clock.kind === edge?.kind) continue
      clock.kind = edge?.kind
      if (edge) clock.remaining = this.#durationOf(edge.step)
    }
  }

  #drawn(total: number): number {
    let left = this.#random() * total
    let last = -1
    for (const [i, edge] of this.at.edges.entries()) {
      if (edge.rate === 0 || !this.#isDrawn(edge)) continue
      last = i
      left -= edge.rate
      if (left < 0) break
    }
    return last
  }

  #durationOf(step: StepKind): number {
    return step.kind === 'wait'
      ? this.#timing.retransmission[step.wait]!
      : this.#timing.detection + this.#timing.takeover
  }
}

/** The clock that a step ends where durations are fixed. */
const clockOf = (step: StepKind): number | undefined => {
  if (step.kind === 'detection') return CLOCKS.indexOf('detection')
  return step.kind === 'wait' ? CLOCKS.indexOf(step.side) : undefined
}

/**
 * Runs of a chain with a clock. They check what the solver says, and with fixed durations they say what exponential ones
 * hide: each run works normally for a while, then the member that acts crashes, and the run goes on until an IKE SA has
 * settled again. No second crash.
 */

import type { Timing } from '../../model/timing/timing.ts'
import type { Dooms } from './measures.ts'
import { upOf } from './measures.ts'
import { chainOf } from './rates.ts'
import type { Chain } from './solve.ts'
import { bitOf, has, type Structure } from './structure.ts'

export interface SimulationOptions {
  readonly runs: number
  readonly seed: number
  /** Detection and the waits for an answer take just as long as they are set; otherwise they are exponential. */
  readonly fixed: boolean
  /** Seconds of normal operation before the crash. */
  readonly before: number
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
  readonly traffic: Sampled
  readonly ike: Sampled
  /** Share of the runs in which the IKE SA was doomed. */
  readonly dooms: { readonly share: number; readonly between: readonly [number, number] }
}

/** For 99 % on both sides. */
const Z = 2.5758

/** Numbers from 0 to below 1, the same for the same seed (a 32-bit mixer by Steele and others). */
export const randomOf = (seed: number): (() => number) => {
  let state = seed | 0
  return () => {
    state = (state + 0x9e3779b9) | 0
    let z = state
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32
  }
}

/** Between which shares the true one lies with a chance of 99 % (Wilson, 1927). */
export const shareBetween = (hits: number, runs: number): readonly [number, number] => {
  const p = hits / runs
  const z2 = Z * Z
  const middle = (p + z2 / (2 * runs)) / (1 + z2 / runs)
  const half = (Z * Math.sqrt((p * (1 - p)) / runs + z2 / (4 * runs * runs))) / (1 + z2 / runs)
  return [Math.max(0, middle - half), Math.min(1, middle + half)]
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

/** Runs a structure whose detection and waits have one stage each. */
export const simulate = (
  structure: Structure,
  timing: Timing,
  dooms: Dooms,
  { runs, seed, fixed, before }: SimulationOptions,
): Simulated => {
  const { stages } = structure.plan
  if (stages.detection !== 1 || stages.waits !== 1)
    throw new RangeError('A simulation has no stages: durations are fixed or exponential.')
  const chain = chainOf(structure, timing)
  const walk = new Walk(structure, chain, timing, fixed, randomOf(seed))
  const up = upOf(structure, dooms)
  const traffic: number[] = []
  const ike: number[] = []
  let doomed = 0
  for (let run = 0; run < runs; run++) {
    walk.begin()
    walk.work(before)
    walk.crash()
    let [downTraffic, downIke, isDoomed] = [0, 0, false]
    while (!(has(structure, walk.at, 'acting') && has(structure, walk.at, 'settled'))) {
      const s = walk.at
      if (has(structure, s, 'lost') || (has(structure, s, 'acting') && dooms.doomed[s] === 1)) isDoomed = true
      const seconds = walk.step(Infinity)
      if (!up.traffic(s)) downTraffic += seconds
      if (!up.ike(s)) downIke += seconds
    }
    traffic.push(downTraffic)
    ike.push(downIke)
    if (isDoomed) doomed += 1
  }
  return {
    runs,
    seed,
    traffic: sampledOf(traffic),
    ike: sampledOf(ike),
    dooms: { share: doomed / runs, between: shareBetween(doomed, runs) },
  }
}

/** The clocks that a fixed duration needs: when it began is remembered while it goes on. */
const CLOCKS = ['detection', 'cluster', 'peer'] as const

class Walk {
  at = 0
  readonly #structure: Structure
  readonly #chain: Chain
  readonly #timing: Timing
  readonly #fixed: boolean
  readonly #random: () => number
  /** Of each kind of step: its clock, -1 where it has none, and -2 where it does not happen. */
  readonly #clockOf: Int8Array
  readonly #start: number
  readonly #remaining = new Float64Array(3)
  /** Which kind each clock runs for, or -1. */
  readonly #runs = new Int32Array(3).fill(-1)

  constructor(structure: Structure, chain: Chain, timing: Timing, fixed: boolean, random: () => number) {
    this.#structure = structure
    this.#chain = chain
    this.#timing = timing
    this.#fixed = fixed
    this.#random = random
    this.#clockOf = Int8Array.from(structure.kinds, (step) => {
      if (step.kind === 'crash') return -2
      if (!fixed) return -1
      if (step.kind === 'detection') return 0
      return step.kind === 'wait' ? CLOCKS.indexOf(step.side) : -1
    })
    this.#start = 0
  }

  begin(): void {
    this.at = this.#start
    this.#runs.fill(-1)
  }

  /** Goes on for some seconds. */
  work(seconds: number): void {
    for (let left = seconds; left > 0; ) left -= this.step(left)
  }

  /** The acting member crashes now. */
  crash(): void {
    const { first, target, kind, kinds, labels } = this.#structure
    const acting = bitOf('acting')
    for (let e = first[this.at]!; e < first[this.at + 1]!; e++)
      if (kinds[kind[e]!]!.kind === 'crash' && (labels[target[e]!]! & acting) === 0) {
        this.at = target[e]!
        return
      }
    // Nobody acts or nobody is left: as it is.
  }

  /** One step, or none within `most` seconds; says how long it took. */
  step(most: number): number {
    const { first, target, kind } = this.#structure
    const { rate } = this.#chain
    const [from, to] = [first[this.at]!, first[this.at + 1]!]
    let total = 0
    const seen = [-1, -1, -1]
    const edges = [-1, -1, -1]
    for (let e = from; e < to; e++) {
      const clock = this.#clockOf[kind[e]!]!
      if (clock === -1) total += rate[e]!
      else if (clock >= 0) {
        seen[clock] = kind[e]!
        edges[clock] = e
      }
    }
    if (this.#fixed)
      for (let c = 0; c < 3; c++) {
        if (this.#runs[c] === seen[c]) continue
        this.#runs[c] = seen[c]!
        if (seen[c] !== -1) this.#remaining[c] = this.#durationOf(seen[c]!)
      }
    let seconds = total > 0 ? -Math.log(1 - this.#random()) / total : Infinity
    let chosen = -1
    let clock = -1
    if (this.#fixed)
      for (let c = 0; c < 3; c++)
        if (this.#runs[c] !== -1 && this.#remaining[c]! < seconds) {
          seconds = this.#remaining[c]!
          chosen = edges[c]!
          clock = c
        }
    if (seconds >= most) {
      for (let c = 0; c < 3; c++) this.#remaining[c]! -= most
      return most
    }
    for (let c = 0; c < 3; c++) this.#remaining[c]! -= seconds
    if (clock >= 0) this.#runs[clock] = -1
    else {
      let left = this.#random() * total
      for (let e = from; e < to; e++) {
        if (this.#clockOf[kind[e]!] !== -1 || rate[e] === 0) continue
        chosen = e
        left -= rate[e]!
        if (left < 0) break
      }
    }
    this.at = target[chosen]!
    return seconds
  }

  #durationOf(kind: number): number {
    const step = this.#structure.kinds[kind]!
    return step.kind === 'wait'
      ? this.#timing.retransmission[step.wait]!
      : this.#timing.detection + this.#timing.takeover
  }
}

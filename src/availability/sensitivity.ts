/** By how much an unavailability follows each number of a timing, and what would win the next nine. */

import type { Timing } from '../../model/timing/timing.ts'
import { type Dooms, measuresOf, ninesOf } from './measures.ts'
import type { Structure } from './structure.ts'

/** The numbers that can be changed on their own. */
const NUMBERS = [
  'failuresPerYear',
  'detection',
  'takeover',
  'return',
  'restart',
  'latency',
  'loss',
  'synchLatency',
  'synchLoss',
  'clusterInterval',
  'peerInterval',
  'retransmission',
  'setUp',
] as const

export interface Sensitivity {
  readonly name: (typeof NUMBERS)[number]
  /** Per cent by which the unavailability grows when the number grows by 1 %. */
  readonly traffic: number
  readonly ike: number
  /** Of the chance that a failover dooms an IKE SA. */
  readonly dooms: number
}

const STEP = 1.02
/** Of the solutions that are compared: by the step the error of a slope is fifty times this. */
const TOLERANCE = 1e-7

/** A timing in which one number is so much larger. */
export const scaled = (timing: Timing, name: Sensitivity['name'], by: number): Timing =>
  name === 'retransmission'
    ? { ...timing, retransmission: timing.retransmission.map((wait) => wait * by) }
    : { ...timing, [name]: timing[name] * by }

/** The numbers that matter most first. `shares`: the solution at the timing itself, from which others are near. */
export const sensitivitiesOf = (
  structure: Structure,
  timing: Timing,
  dooms: Dooms,
  shares: Float64Array,
): readonly Sensitivity[] => {
  const at = (name: Sensitivity['name'], by: number) =>
    measuresOf(structure, scaled(timing, name, by), { dooms, from: shares, tolerance: TOLERANCE })
  const low = measuresOf(structure, timing, { dooms, from: shares, tolerance: TOLERANCE })
  const slope = (low: number, high: number): number =>
    low === 0 || high === 0 ? 0 : Math.log(high / low) / Math.log(STEP)
  return NUMBERS.filter((name) => timing[name] !== 0)
    .map((name): Sensitivity => {
      const high = at(name, STEP)
      return {
        name,
        traffic: slope(low.unavailability.traffic, high.unavailability.traffic),
        ike: slope(low.unavailability.ike, high.unavailability.ike),
        dooms: slope(low.dooms, high.dooms),
      }
    })
    .sort((a, b) => weight(b) - weight(a))
}

const weight = ({ traffic, ike, dooms }: Sensitivity): number =>
  Math.max(Math.abs(traffic), Math.abs(ike), Math.abs(dooms) / 1e3)

/** A change of one number that wins a nine. */
export interface NextNine {
  readonly name: Sensitivity['name']
  /** By how much the number is to be smaller (below 1) or larger (above 1). */
  readonly factor: number
  readonly nines: number
}

/** Factors that are tried: a number is made smaller, or larger where that helps. */
const FACTORS = [0.5, 0.2, 0.1, 0.01]

/** Of each number the smallest change that wins a nine for IKE, the numbers that matter least left out. */
export const nextNine = (
  structure: Structure,
  timing: Timing,
  dooms: Dooms,
  shares: Float64Array,
  now: number,
  among: readonly Sensitivity[],
): readonly NextNine[] => {
  const wanted = Math.floor(ninesOf(now)) + 1
  const found: NextNine[] = []
  for (const { name, ike } of among) {
    if (Math.abs(ike) < 0.05) continue
    for (const smaller of FACTORS) {
      const factor = ike > 0 ? smaller : 1 / smaller
      const there = measuresOf(structure, scaled(timing, name, factor), {
        dooms,
        from: shares,
        tolerance: 1e-6,
      })
      const nines = ninesOf(there.unavailability.ike)
      if (nines < wanted) continue
      found.push({ name, factor, nines })
      break
    }
  }
  return found
}

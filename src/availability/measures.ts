/** What a chain says of a scheme: how long it is down, and what a failover does to an IKE SA. */

import { failureRate, type Timing, YEAR } from '../../model/timing/timing.ts'
import { chainOf } from './rates.ts'
import { type Chain, expected, residual, stationary } from './solve.ts'
import { bitOf, has, type Structure } from './structure.ts'

/** Of traffic, and of IKE. */
export interface Both {
  /** The acting member and the peer hold the IKE SA and the child SA. */
  readonly traffic: number
  /** Somebody acts, both ends hold the IKE SA, and it is not doomed. */
  readonly ike: number
}

export interface Measures {
  readonly states: number
  readonly steps: number
  readonly sweeps: number
  /** What is left of the equations, relative to all flow. */
  readonly residual: number
  /** The share of time that an SA is down. */
  readonly unavailability: Both
  /** The same for each crash of a member that acts, second failures included. */
  readonly outageSeconds: Both
  /** Failovers in a second. */
  readonly failovers: number
  /** The chance that a failover dooms an IKE SA. */
  readonly dooms: number
  /** How often in a second an IKE SA is set up anew. */
  readonly setUps: number
  /** The share of time without any member that acts: what no scheme can repair. */
  readonly nobodyActs: number
  /** The share of time without any member that is up. */
  readonly dark: number
  /** Exchanges completed in a second. */
  readonly exchanges: number
  /** Synch messages in a second. */
  readonly synch: number
  /** Seconds that one failover costs when nothing else fails meanwhile; only where asked for. */
  readonly alone?: Both
}

/** What the structure says whatever the rates are: which states are doomed. */
export interface Dooms {
  /** 1: no continuation completes an exchange of one of the sides that ask. */
  readonly doomed: Uint8Array
}

/** Steps that a doom is not repaired by: they set up anew, or belong to another failure. */
const OUTSIDE = new Set(['crash', 'return', 'powerUp', 'setUp'])

/** Hope goes against the steps from those that complete an exchange, for each side. */
export const doomsOf = (structure: Structure): Dooms => {
  const { states, first, target, kind, kinds, completes } = structure
  const passes = kinds.map(
    (step) => !OUTSIDE.has(step.kind) && !(step.kind === 'wait' && step.ends === 'givesUp'),
  )
  const doomed = new Uint8Array(states)
  const into = new Uint32Array(states + 1)
  for (let e = 0; e < target.length; e++) if (passes[kind[e]!]) into[target[e]! + 1]! += 1
  for (let s = 0; s < states; s++) into[s + 1]! += into[s]!
  const next = into.slice()
  const source = new Int32Array(into[states]!)
  for (let s = 0; s < states; s++)
    for (let e = first[s]!; e < first[s + 1]!; e++) if (passes[kind[e]!]) source[next[target[e]!]!++] = s
  for (const side of [1, 2]) {
    const hopes = new Uint8Array(states)
    const queue: number[] = []
    for (let s = 0; s < states; s++)
      for (let e = first[s]!; e < first[s + 1]!; e++)
        if (completes[e] === side && !hopes[s]) {
          hopes[s] = 1
          queue.push(s)
        }
    for (let s = queue.pop(); s !== undefined; s = queue.pop())
      for (let e = into[s]!; e < into[s + 1]!; e++) {
        const before = source[e]!
        if (hopes[before]) continue
        hopes[before] = 1
        queue.push(before)
      }
    for (let s = 0; s < states; s++) if (!hopes[s]) doomed[s] = 1
  }
  return { doomed }
}

/** Whether traffic or IKE is up in a state. */
export const upOf = (structure: Structure, { doomed }: Dooms) => ({
  traffic: (s: number): boolean => has(structure, s, 'traffic'),
  ike: (s: number): boolean => has(structure, s, 'sas') && doomed[s] === 0,
})

/** Crashes of the member that acts: step by step, the state that each leads to with its share. */
export const failoversOf = (
  structure: Structure,
  chain: Chain,
  shares: Float64Array,
): { readonly into: Float64Array; readonly rate: number } => {
  const { states, first, target, kind, kinds } = structure
  const into = new Float64Array(states)
  let rate = 0
  const acting = bitOf('acting')
  const crash = kinds.findIndex((step) => step.kind === 'crash')
  for (let s = 0; s < states; s++) {
    if ((structure.labels[s]! & acting) === 0) continue
    for (let e = first[s]!; e < first[s + 1]!; e++) {
      if (kind[e] !== crash || (structure.labels[target[e]!]! & acting) !== 0) continue
      if (has(structure, target[e]!, 'dark')) continue
      const f = shares[s]! * chain.rate[e]!
      into[target[e]!]! += f
      rate += f
    }
  }
  for (let s = 0; s < states; s++) into[s]! /= rate || 1
  return { into, rate }
}

/** The chance, from each state, that the IKE SA is doomed or lost before it has settled. */
export const doomChances = (
  structure: Structure,
  chain: Chain,
  { doomed }: Dooms,
  tolerance?: number,
): Float64Array => {
  const { states } = structure
  const fixed = new Uint8Array(states)
  const end = new Float64Array(states)
  for (let s = 0; s < states; s++) {
    const isActing = has(structure, s, 'acting')
    if (has(structure, s, 'lost') || has(structure, s, 'dark') || (isActing && doomed[s] === 1)) {
      fixed[s] = 1
      end[s] = 1
    } else if (isActing && has(structure, s, 'settled')) fixed[s] = 1
  }
  return expected(chain, fixed, { end }, tolerance === undefined ? {} : { tolerance }).values
}

/** What one failover costs when nothing else fails meanwhile: from the crash until an IKE SA has settled again. */
const aloneOf = (
  structure: Structure,
  timing: Timing,
  into: Float64Array,
  up: ReturnType<typeof upOf>,
): Both => {
  const chain = chainOf(structure, timing)
  for (let e = 0; e < chain.rate.length; e++)
    if (structure.kinds[structure.kind[e]!]!.kind === 'crash') chain.rate[e] = 0
  const fixed = new Uint8Array(structure.states)
  for (let s = 0; s < structure.states; s++)
    if (has(structure, s, 'acting') && has(structure, s, 'settled')) fixed[s] = 1
  const until = (isUp: (s: number) => boolean): number => {
    const gain = Float64Array.from({ length: structure.states }, (_, s) => (isUp(s) ? 0 : 1))
    const { values } = expected(chain, fixed, { gain })
    return into.reduce((sum, share, s) => sum + share * values[s]!, 0)
  }
  return { traffic: until(up.traffic), ike: until(up.ike) }
}

/** Everything about one SA, with the share of time in each state. */
export const measuresOf = (
  structure: Structure,
  timing: Timing,
  {
    dooms = doomsOf(structure),
    from,
    tolerance,
    alone = false,
  }: {
    readonly dooms?: Dooms
    readonly from?: Float64Array
    readonly tolerance?: number
    readonly alone?: boolean
  } = {},
): Measures & { readonly shares: Float64Array } => {
  const chain = chainOf(structure, timing)
  const solved = stationary(chain, {
    ...(from && { from }),
    ...(tolerance !== undefined && { tolerance }),
  })
  const shares = solved.values
  const up = upOf(structure, dooms)
  let [traffic, ike, nobodyActs, dark, setUps, exchanges, synch] = [0, 0, 0, 0, 0, 0, 0]
  const { first, kind, kinds, completes } = structure
  const isSetUp = kinds.map((step) => step.kind === 'setUp')
  const isSynch = kinds.map((step) => step.kind === 'synch' || step.kind === 'synchLost')
  // Down states are summed, not up states subtracted: what is rare would be lost in the difference.
  for (let s = 0; s < structure.states; s++) {
    const share = shares[s]!
    if (!up.traffic(s)) traffic += share
    if (!up.ike(s)) ike += share
    if (!has(structure, s, 'acting')) nobodyActs += share
    if (has(structure, s, 'dark')) dark += share
    for (let e = first[s]!; e < first[s + 1]!; e++) {
      const f = share * chain.rate[e]!
      if (isSetUp[kind[e]!]) setUps += f
      if (isSynch[kind[e]!]) synch += f
      if (completes[e]! > 0) exchanges += f
    }
  }
  const failovers = failoversOf(structure, chain, shares)
  const chances = doomChances(structure, chain, dooms, tolerance)
  let doom = 0
  for (let s = 0; s < structure.states; s++) doom += failovers.into[s]! * chances[s]!
  // A sum of shares may be over one by its last digits.
  doom = Math.min(1, doom)
  return {
    states: structure.states,
    steps: structure.target.length,
    sweeps: solved.sweeps,
    residual: residual(chain, shares),
    unavailability: { traffic, ike },
    outageSeconds: {
      traffic: traffic / failureRate(timing),
      ike: ike / failureRate(timing),
    },
    failovers: failovers.rate,
    dooms: doom,
    setUps,
    nobodyActs,
    dark,
    exchanges,
    synch,
    shares,
    ...(alone && { alone: aloneOf(structure, timing, failovers.into, up) }),
  }
}

/** How many nines an unavailability leaves: 3 for 0.001, 4.5 for 0.00003. */
export const ninesOf = (unavailability: number): number => -Math.log10(unavailability)

/** Minutes of a year. */
export const minutesOf = (unavailability: number): number => (unavailability * YEAR) / 60

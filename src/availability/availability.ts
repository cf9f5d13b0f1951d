/** All that is said of one scheme under one timing. */
import type { Scheme } from '../../model/constants/constants.ts'
import type { Timing } from '../../model/timing/timing.ts'
import { type Gateway, gatewayOf, type Load, loadOf } from './gateway.ts'
import { doomsOf, type Measures, measuresOf, minutesOf, ninesOf } from './measures.ts'
import { type PacketOutage, packetOutage } from './packets.ts'
import { PlainStates } from './plain-states.ts'
import { type NextNine, nextNine, type Sensitivity, sensitivitiesOf } from './sensitivity.ts'
import { type Sampled, type Simulated, simulate } from './simulate.ts'
import { structureOf } from './structure.ts'
import { type ChainPlan, planOf } from './timed/plan.ts'

/** What is asked for. */
export interface Wanted {
  readonly members: 2 | 3
  readonly runs: number
  readonly seed: number
  readonly sensitivities: boolean
  /** Bytes a second of the synch channel. */
  readonly capacity: number
  /** Stages that stand for a fixed duration. */
  readonly stages: ChainPlan['stages']
}

export const WANTED: Wanted = {
  members: 2,
  runs: 20_000,
  seed: 1,
  sensitivities: false,
  capacity: 125_000_000,
  stages: { detection: 3, waits: 1 },
}

/** Of traffic or IKE. */
export interface Side {
  readonly unavailability: number
  readonly nines: number
  readonly minutes: number
  /** Seconds for each crash of the acting member, second failures included. */
  readonly outage: number
  /** Seconds of one failover when nothing else fails meanwhile; computed, and of runs with fixed durations. */
  readonly alone: number
  readonly fixed: Sampled
}

export interface Availability {
  readonly name: string
  readonly timing: Timing
  readonly chain: Pick<Measures, 'states' | 'steps' | 'sweeps' | 'residual'>
  readonly traffic: Side
  readonly ike: Side
  /** Nobody acts: the floor of every scheme; and of it, nobody is up. */
  readonly floor: { readonly nobodyActs: number; readonly dark: number }
  readonly dooms: number
  /** Of runs with exponential durations, whose means the computed values must be near; and with fixed ones. */
  readonly checks: { readonly exponential: Simulated; readonly fixed: Simulated }
  readonly packets: PacketOutage & { readonly minutes: number; readonly nines: number }
  readonly gateway: Gateway
  readonly load: Load
  readonly sensitivities?: readonly Sensitivity[]
  readonly nextNine?: readonly NextNine[]
}

/** Crashes after which it no longer matters that a run began with all members up to date. */
const EARLIER = 10

/** Explores, solves and simulates. Throws `ChainTooLarge` or `NotSolved`. `period`, `jump`: real ones, where the scheme is scaled. */
export const availabilityOf = (
  name: string,
  scheme: Scheme,
  timing: Timing,
  wanted: Wanted = WANTED,
): Availability => {
  const base = {
    members: wanted.members,
    waits: timing.retransmission.length,
    clusterStarts: timing.clusterStarts,
  }
  const structure = structureOf(name, planOf(scheme, { ...base, stages: wanted.stages }))
  const dooms = doomsOf(structure)
  const { shares, ...measures } = measuresOf(structure, timing, { dooms, alone: true })
  const plain = structureOf(name, planOf(scheme, { ...base, stages: { detection: 1, waits: 1 } }))
  const plainDooms = doomsOf(plain)
  const states = new PlainStates(plain, timing)
  const run = (fixed: boolean) =>
    simulate(plain, states, timing, plainDooms, {
      runs: wanted.runs,
      seed: wanted.seed,
      fixed,
      before: 10 * Math.max(timing.clusterInterval, timing.peerInterval),
      // What a failover finds depends on those before only where a member that returned stays empty.
      earlier: scheme.synchSas && !scheme.resynchOnReturn ? EARLIER : 0,
    })
  const checks = { exponential: run(false), fixed: run(true) }
  const sideOf = (side: 'traffic' | 'ike'): Side => {
    const unavailability = measures.unavailability[side]
    return {
      unavailability,
      nines: ninesOf(unavailability),
      minutes: minutesOf(unavailability),
      outage: measures.outageSeconds[side],
      alone: measures.alone![side],
      fixed: checks.fixed[side],
    }
  }
  const packets = packetOutage(scheme, timing, measures)
  const withPackets = measures.unavailability.traffic + measures.failovers * packets.seconds
  const sensitivities = wanted.sensitivities ? sensitivitiesOf(structure, timing, dooms, shares) : undefined
  return {
    name,
    timing,
    chain: {
      states: measures.states,
      steps: measures.steps,
      sweeps: measures.sweeps,
      residual: measures.residual,
    },
    traffic: sideOf('traffic'),
    ike: sideOf('ike'),
    floor: { nobodyActs: measures.nobodyActs, dark: measures.dark },
    dooms: measures.dooms,
    checks,
    packets: { ...packets, minutes: minutesOf(withPackets), nines: ninesOf(withPackets) },
    gateway: gatewayOf(measures, timing),
    load: loadOf(measures, timing, scheme, scheme.esp.period, wanted.capacity),
    ...(sensitivities && {
      sensitivities,
      nextNine: nextNine(structure, timing, dooms, shares, measures.unavailability.ike, sensitivities),
    }),
  }
}

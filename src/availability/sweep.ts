/** Unavailability at several values of one number of the timing. */
import type { Scheme } from '../../model/constants/constants.ts'
import type { Timing } from '../../model/timing/timing.ts'
import { type Both, doomsOf, measuresOf } from './measures.ts'
import { packetOutage } from './packets.ts'
import { structureOf } from './structure.ts'
import { type ChainPlan, planOf } from './timed/plan.ts'

export interface SweepPoint {
  readonly value: number
  readonly unavailability: Both
  /** Of traffic, with packets that the peer drops for their numbers. */
  readonly withPackets: number
  readonly dooms: number
}

/** Numbers that can be swept: those that leave the chain as it is, but for its rates. */
export type SweptName = {
  [name in keyof Timing]: Timing[name] extends number ? name : never
}[keyof Timing]

/** `count` values from `from` to `to`, each the same multiple of the one before. */
export const spread = (from: number, to: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => from * (to / from) ** (i / Math.max(1, count - 1)))

/** One chain, solved at each value. */
export const sweepOf = (
  name: string,
  scheme: Scheme,
  timing: Timing,
  swept: SweptName,
  values: readonly number[],
  plan: Pick<ChainPlan, 'members' | 'stages'>,
): readonly SweepPoint[] => {
  const { retransmission, clusterStarts } = timing
  const structure = structureOf(
    name,
    planOf(scheme, { ...plan, waits: retransmission.length, clusterStarts }),
  )
  const dooms = doomsOf(structure)
  let from: Float64Array | undefined
  return values.map((value) => {
    const at = { ...timing, [swept]: value }
    const { shares, ...measures } = measuresOf(structure, at, {
      dooms,
      tolerance: 1e-8,
      ...(from && { from }),
    })
    from = shares
    const packets = packetOutage(scheme, at, { ...measures, alone: measures.outageSeconds })
    return {
      value,
      unavailability: measures.unavailability,
      withPackets: measures.unavailability.traffic + measures.failovers * packets.seconds,
      dooms: measures.dooms,
    }
  })
}

/** Packets of which nothing is sure: one of two with a number may be a copy, damaged, or have been forgotten. */
import type { Scene } from '../evidence/context.ts'
import type { EspPacket } from '../packets/packets.ts'
import type { ChildState } from './child-sa.ts'
import { toldOf } from './monitoring.ts'
import { agreesInHalf, type Print, SAME_PACKET, sameIv } from './recent-packets.ts'

/** Adds that it is undecided whether a number is used again; `known`: the other packet, absent where it was forgotten. */
export const undecided = (
  scene: Scene,
  state: ChildState,
  packet: EspPacket,
  number: number,
  known: Print | undefined,
): void => {
  state.undecided += 1
  const { member, highest } = state
  const why = known ? 'unclear' : 'forgotten'
  for (const label of state.protocol === 'ESP' ? ['SEQ-1', 'IV-1'] : ['SEQ-1'])
    scene.findings.add(
      label,
      state.name,
      packet,
      () => ({
        ...toldOf(scene, state, { packet, number, known, member, highest }, why),
        certainty: 'undecided',
      }),
      'undecided',
    )
}

/**
 * Whether one of two packets with a number may be damaged: they are the same in one half; or they come within
 * milliseconds, from one station or where others are captured twice (`copies`); or number and IV of one do not belong together.
 */
export const isDoubtful = (
  state: ChildState,
  { sourceMac, protocol }: EspPacket,
  number: number,
  known: Print,
  print: Print,
  found: 'other' | 'unclear' | 'same',
  copies: number,
): boolean =>
  found === 'unclear' ||
  agreesInHalf(print, known) ||
  (copies > 0 && sameIv(print, known) && Math.abs(print.ms - known.ms) < SAME_PACKET) ||
  (sourceMac === state.mac && Math.abs(print.ms - known.ms) < SAME_PACKET) ||
  (protocol === 'ESP' &&
    sourceMac === state.mac &&
    (state.ivs.isTorn(number, print.ivHigh, print.ivLow) ||
      state.ivs.isTorn(number, known.ivHigh, known.ivLow)))

/** The sequence numbers of one child SA in their order: whole numbers, gaps, jumps, late packets and wraps. */
import type { Moment } from '../evidence/findings.ts'
import { u32 } from '../formats/bytes.ts'
import type { EspPacket } from '../packets/packets.ts'
import { type ChildState, HALF, MOST_LISTED, wholeNumber } from './child-sa.ts'

/** A gap of more numbers is a jump. */
const JUMP = 256
/** A number that is further behind was not merely late. */
export const LATE = 1024

/** The whole number of a packet. */
export interface Numbered {
  readonly number: number
  /** Whether the IV shows the half that is not sent. */
  readonly shown: boolean
}

/** The whole number; where the IV is the number under a mask that is known, it shows the half that is not sent. */
export const numberOf = (state: ChildState, { low, protocol, bytes }: EspPacket): Numbered => {
  if (state.packets === 0) return { number: low, shown: false }
  const number = wholeNumber(state.highest, low)
  if (protocol !== 'ESP' || bytes.length < 16) return { number, shown: false }
  const current = Math.floor(state.highest / HALF)
  if (number > state.highest && number - state.highest < LATE && Math.floor(number / HALF) === current)
    return { number, shown: false }
  const half = state.ivs.half(low, u32(bytes, 8), u32(bytes, 12))
  return half === current + 1 ? { number: half * HALF + low, shown: true } : { number, shown: false }
}

/** Counts a packet in; `known`: another had its number; `changed`: another member sends than before. */
export const count = (
  state: ChildState,
  at: Moment,
  number: number,
  known: boolean,
  changed: boolean,
): void => {
  if (state.packets === 0) return
  const gap = number - state.highest - 1
  if (gap > JUMP || (changed && gap > 0)) {
    if (state.jumps.length < MOST_LISTED) state.jumps.push({ frame: at.frame, time: at.time, skipped: gap })
  } else if (gap >= 0) state.lost += gap
  else if (!known) {
    state.reordered += 1
    state.lost = Math.max(0, state.lost - 1)
  }
  if (Math.floor(number / HALF) > Math.floor(state.highest / HALF)) state.wraps += 1
  if (number > state.highest) {
    state.highest = number
    // After a gap the number may be damaged: the next one tells.
    if (gap === 0) state.highestAt = at.frame
  }
  state.lowest = Math.min(state.lowest, number)
}

/** Which member of the cluster sends the packets of one child SA, and when that changes. */
import type { Scene } from '../evidence/context.ts'
import type { Moment } from '../evidence/findings.ts'
import { u32 } from '../formats/bytes.ts'
import type { EspPacket } from '../packets/packets.ts'
import { type ChildState, MOST_LISTED } from './child-sa.ts'

/** A sender that was silent for so long may have started again. Seconds. */
const SILENT = 1

/** The first packet of a member where it is earlier than the one at hand, and the last one before. */
interface MemberSince {
  readonly first: Moment
  readonly before: Moment
}

/** Notes who sends, and when a receiver takes packets again. */
export const follow = (
  state: ChildState,
  at: Moment,
  number: number,
  member: string,
  since?: MemberSince,
): void => {
  if (member !== state.member) {
    state.changeCount += 1
    const { frame, time } = since?.first ?? at
    const past = state.relations.find(({ earlier, later }) => later === state && earlier.isPast)?.earlier
    const last = since?.before ?? (state.packets > 0 ? state.last : past?.last)
    if (!last) state.changeCount -= 1
    else if (state.changes.length < MOST_LISTED)
      state.changes.push({ frame, time, from: state.member, to: member, last })
    state.member = member
  }
  const change = state.changes.at(-1)
  if (change && !change.accepted && number > state.highest)
    change.accepted = { frame: at.frame, time: at.time }
}

/** The member by the IV where the station does not tell; a new instance of an IV generator is a sign. */
export const memberOf = (
  { members }: Scene,
  state: ChildState,
  packet: EspPacket,
  number: number,
  member: string,
): { readonly member: string; readonly since?: MemberSince } => {
  const { bytes, protocol, source, length, sourceMac } = packet
  if (protocol !== 'ESP' || bytes.length < 16) return { member }
  const iv = state.ivs.take(number, u32(bytes, 8), u32(bytes, 12), length, packet, state.last)
  if (iv?.index === undefined || iv.index <= state.instances) return { member }
  // Where few IVs take turns, what is constant of them changes though nobody else sends: a start shows otherwise too.
  const isGoingOn =
    number === state.highest + 1 &&
    state.jumps.at(-1)?.frame !== iv.first.frame &&
    iv.first.time - iv.before.time < SILENT
  if (isGoingOn && (state.ivsRepeated > 0 || iv.packets < 3)) return { member }
  state.instances = iv.index
  const isRestart = state.changes.at(-1) === undefined || state.changes.at(-1)!.frame < iv.first.frame
  members.iv(source, sourceMac, isRestart, iv.first, `IV XOR sequence number of ${state.name} changes`)
  return { member: members.current(source), since: iv }
}

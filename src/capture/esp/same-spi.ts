/**
 * Streams under one SPI while their packets come: one that goes on where another was, which is a move, and two senders at
 * one address, which is a collision. How sure that is, is said at the end.
 */
import type { Scene } from '../evidence/context.ts'
import { type Listening, listening } from '../evidence/monitor-runs.ts'
import type { EspPacket } from '../packets/packets.ts'
import { type ChildState, type Relation, wholeNumber } from './child-sa.ts'
import { toldOf } from './monitoring.ts'
import type { Print } from './recent-packets.ts'
import { crossChecked, isCollision, speaks } from './relations.ts'

/** A packet of another SA, of which the one at hand is a copy. */
export interface Original {
  readonly other: ChildState
  readonly known: Print
  readonly number: number
}

/** A new stream under an SPI that others have, which goes on with the numbers of one that has moved. */
export const noteMove = (
  { members, note }: Scene,
  packet: EspPacket,
  state: ChildState,
  member: string,
): void => {
  const before = state.relations.at(-1)?.earlier
  if (!before || before.network !== state.network || before.isPast) return
  const number = wholeNumber(before.highest, packet.low)
  const { frame, time, source, target } = packet
  const moves = source !== before.sources[0]
  state.changes.push({
    frame,
    time,
    from: before.member,
    to: member,
    last: before.last,
    ...(number > before.highest && { accepted: { frame, time } }),
  })
  state.changeCount += 1
  if (number <= before.highest) return
  note(
    packet,
    moves
      ? `${before.name} goes on from another address, ${source}`
      : target !== before.target
        ? `${before.name} goes on to another address, ${target}`
        : `${before.name} goes on with other UDP ports, ${packet.ports?.join(' to ')}`,
  )
  if (moves) members.moves(before.sources[0]!, source, packet, `${before.name} goes on from ${source}`)
}

/** A stream that had moved to another address goes on where it was before. */
const noteReturn = (
  { members }: Scene,
  { source, frame, time }: EspPacket,
  other: ChildState,
  state: ChildState,
): void => {
  if (other.sources[0] === source || other.target !== state.target || other.network !== state.network) return
  members.moves(other.sources[0]!, source, { frame, time }, `${state.name} goes on from ${source}`)
}

/**
 * Compares a packet with the others that its SA may be one with. The one that it is a copy of. What runs for the SPI of
 * each SA is kept from packet to packet.
 */
export const relatedStreams = (
  scene: Scene,
): ((state: ChildState, packet: EspPacket, print: Print) => Original | undefined) => {
  const { monitors, limits, attention, findings } = scene
  const allocations = new Map<ChildState, Listening>()

  /** An SPI that two senders use at one address. */
  const noteCollision = (relation: Relation, packet: EspPacket): void => {
    const { earlier, later } = relation
    const spis = allocations.get(earlier) ?? listening(monitors, ['SPI-1'], limits, attention)
    const assign = (member: string) =>
      spis.tell('spiAssigned', { member, peer: 'peer1', kind: 'esp', value: 0, user: 'nobody' })
    if (!allocations.has(earlier)) assign('A')
    allocations.set(earlier, spis)
    for (const label of assign('B'))
      findings.add(label, later.name, packet, () => ({
        text: `${later.sources[0]} sends since frame ${later.first.frame} under the SPI that ${earlier.sources[0]} uses at ${later.target} since frame ${earlier.first.frame}, and both go on`,
        certainty: 'sign',
        story: [],
      }))
  }

  return (state, packet, print) => {
    for (const relation of state.relations) {
      const other = relation.earlier === state ? relation.later : relation.earlier
      const number = wholeNumber(other.highest, packet.low)
      const told = (label: string, known: Print) =>
        toldOf(scene, state, { packet, number, known, member: state.member, highest: other.highest }, label)
      const at = findings.isCounted(packet) ? packet : undefined
      if (crossChecked(relation, other, state, number, print, told, at) === 'same') {
        relation.copies += 1
        return { other, known: other.recent.get(number)!, number }
      }
      const goesOn = number > other.highest
      if (goesOn && relation.last === other && relation.switches === 0 && state.packets > 0)
        noteReturn(scene, packet, other, state)
      if (speaks(relation, state, goesOn) && isCollision(relation)) noteCollision(relation, packet)
    }
    return undefined
  }
}

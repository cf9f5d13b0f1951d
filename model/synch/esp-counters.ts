/** When a member tells the others about the counters of a child SA. */
import { type Constants, type Member, othersOf } from '../constants/constants.ts'
import type { ClusterView } from '../state/cluster-state.ts'
import { hasSynchRoom, listens, queueTo, someoneListens } from './channels.ts'

/**
 * Whether counting from one number to another ends a period.
 *
 * INTERPRETATION: a message is due when a packet brings the counter to or past a multiple of the period. The numbers that a takeover skips are no packets, so nobody is told of the jump itself unless the scheme says so; a sender that counts from its last message would tell sooner after one.
 */
export const endsPeriod = ({ scheme }: Constants, from: number, to: number): boolean =>
  scheme.esp.period > 0 &&
  scheme.esp.toldBy === 'count' &&
  Math.floor(to / scheme.esp.period) > Math.floor(from / scheme.esp.period)

/** Whether the packets from one number to another can be sent in one step: only the last may be due to be told. */
export const isOneBurst = (constants: Constants, from: number, to: number): boolean =>
  to - from <= 1 || !endsPeriod(constants, from, to - 1)

/** The listeners that have as many messages about packets unread as is assumed, or more. */
export const behind = (s: ClusterView, constants: Constants, from: Member): readonly Member[] =>
  othersOf(constants, from).filter(
    (to) => listens(s, to) && unreadPackets(s, from, to) >= constants.scheme.esp.unread,
  )

/**
 * Whether a member may tell now: every listener keeps up, so no message about packets is sent over more unread ones
 * than are assumed, or the scope lets one that is too many be lost. Where nobody listens, nothing is told.
 */
export const mayTell = (s: ClusterView, constants: Constants, from: Member): boolean => {
  if (!someoneListens(s, constants, from)) return true
  const late = behind(s, constants, from).length
  const overflows = constants.scheme.esp.whenUnread === 'overflows'
  const left = overflows ? constants.scope.synchLosses - s.spent.synchLosses : 0
  return late <= left && hasSynchRoom(s, constants, from)
}

const unreadPackets = (s: ClusterView, from: Member, to: Member): number => {
  const queue = queueTo(s, from, to)
  let unread = 0
  for (let i = 0; i < queue.length; i++) if (queue.at(i)!.about === 'packets') unread += 1
  return unread
}

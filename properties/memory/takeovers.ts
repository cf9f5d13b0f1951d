/** What monitors of ESP share: the situation that a member takes part after another has, and what counts as dropped. */
import { type Constants, type Member, membersOf } from '../../model/constants/constants.ts'
import type { Outcome } from '../../model/esp/receiving.ts'
import { carriesFromStart } from '../../model/esp/sharing.ts'
import { oneOf } from '../../src/modelling/schema.ts'

/** What a monitor remembers for it: fields of its memory. */
export const firstMember = (constants: Constants) => ({ first: oneOf('none', ...membersOf(constants)) })

/**
 * Whether a member takes part and is not the first to do so; without a cluster, any but the first time. The first is
 * remembered.
 */
export const anotherTakesPart = (
  { scheme }: Constants,
  memory: { first: string },
  member: Member,
): boolean => {
  if (memory.first !== 'none') return !scheme.cluster || memory.first !== member
  memory.first = member
  return false
}

/**
 * The same where even the first packet of all counts: also a member that carries the traffic in the place of the one
 * that did from the start.
 */
export const anotherCarries = (constants: Constants, memory: { first: string }, member: Member): boolean => {
  const starts = membersOf(constants).filter((m) => carriesFromStart(constants, m))
  const another = anotherTakesPart(constants, memory, member)
  return another || (constants.scheme.cluster && starts.length === 1 && member !== starts[0])
}

/** Whether a packet was dropped before its number was looked at: there is no such SA, or an extension refuses it. */
export const isUnread = (outcome: Outcome): boolean => outcome === 'unknown' || outcome === 'refused'

/** Whether a packet of a live sender is dropped because of its number; of an SA that is gone, that is another matter. */
export const isDropped = (outcome: Outcome): boolean =>
  outcome === 'stale' || outcome === 'replayed' || outcome === 'unauthentic'

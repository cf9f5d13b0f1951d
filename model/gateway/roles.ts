/** Who acts: members that are up, and what of the load each of them carries. */
import { ownAddress } from '../constants/addressing.ts'
import { type Constants, membersOf } from '../constants/constants.ts'
import type { Address, Member, Party } from '../constants/parties.ts'
import { isAsking } from '../ike/message-ids.ts'
import type { ClusterDraft, ClusterView } from '../state/cluster-state.ts'

/** Whether a member acts on the IKE SA, if it holds it. */
export const actsOnIke = (s: ClusterView, at: Member): boolean => s.member[at].up && s.member[at].onIke

/** Whether a member carries ESP traffic. */
export const actsOnEsp = (s: ClusterView, at: Member): boolean => s.member[at].up && s.member[at].onEsp

/** The member that gets what the peer sends to an address, for the picture; if nobody acts, the first. */
export const addressee = (s: ClusterView, constants: Constants, address: Address = 'V'): Party => {
  const members = membersOf(constants)
  if (address !== 'V' && constants.scheme.addressing !== 'loose')
    return members.find((m) => ownAddress(m) === address) ?? members[0]!
  return members.find((m) => actsOnIke(s, m)) ?? members[0]!
}

/** The names of the two roles of a member. */
const ROLE = ['onIke', 'onEsp'] as const

/** Whether some role has no member that could carry it. */
const isOrphaned = (s: ClusterView, constants: Constants, role: (typeof ROLE)[number]): boolean =>
  !membersOf(constants).some((m) => s.member[m].up && s.member[m].suspected === 0 && s.member[m][role])

/**
 * Whether a member that is up takes itself for the only one: the channel is cut and each goes on. Where a witness lets
 * one go on, it also keeps a member that comes back from acting beside that one.
 */
const standsAlone = (s: ClusterView, { scheme }: Constants): boolean =>
  s.cut === 1 && scheme.whenCut === 'allGoOn'

/** Whether a member that is up would have something to take over from one that is down. */
export const canTakeOver = (s: ClusterView, constants: Constants, to: Member): boolean => {
  if (!s.member[to].up || s.member[to].hung === 1) return false
  if (standsAlone(s, constants)) return !s.member[to].onIke || !s.member[to].onEsp
  return (
    membersOf(constants).some((m) => m !== to && (!s.member[m].up || s.member[m].suspected === 1)) &&
    ROLE.some((role) => !s.member[to][role] && isOrphaned(s, constants, role))
  )
}

/** Gives a member the roles that nobody carries, or all of them when it takes itself for the only member. */
export const takeRoles = (d: ClusterDraft, constants: Constants, to: Member): void => {
  const alone = standsAlone(d, constants)
  for (const role of ROLE) if (alone || isOrphaned(d, constants, role)) d.member[to][role] = true
}

/** Whether the outstanding request of a member is its probe. */
export const isProbing = (s: ClusterView, of: Member): boolean => {
  const me = s.member[of]
  return isAsking(me, me.current, 'liveness')
}

/** A member begins to act for another: what is promised, it now promises. */
export const beginsToAct = (d: ClusterDraft, to: Member): void => {
  // A probe that was answered says nothing about the new member.
  if (d.probe.peer === 'answered') d.probe.peer = 'unused'
  if (d.probe.cluster !== 'unused') d.probe.cluster = isProbing(d, to) ? 'sent' : 'unused'
}

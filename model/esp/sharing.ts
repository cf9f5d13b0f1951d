/** Who sends and who receives on which child SA: RFC 6027 section 3.7. */
import { type Constants, type Member, membersOf, othersOf } from '../constants/constants.ts'
import { actsOnEsp } from '../gateway/roles.ts'
import {
  type ClusterView,
  type EndView,
  FIRST_CHILD,
  ownChildOf,
  trafficSasOf,
} from '../state/cluster-state.ts'

/** Whether a member carries ESP traffic from the start. */
export const carriesFromStart = (constants: Constants, at: Member): boolean => {
  const members = membersOf(constants)
  switch (constants.scheme.esp.sharing) {
    case 'one':
      return at === members[0]
    case 'other':
      return at === members[members.length > 1 ? 1 : 0]
    default:
      return true
  }
}

/**
 * The child SA that an end sends on: the newest it holds, for a rekeyed one is about to be deleted.
 *
 * INTERPRETATION: an end sends on a new child SA as soon as it holds it. RFC 7296 section 2.8 lets the responder of a rekeying wait for a first packet.
 */
const newestOf = (constants: Constants, end: EndView): string =>
  trafficSasOf(constants).findLast((sa) => end.children.has(sa)) ?? 'none'

/** The child SA that a member sends on, or none. */
export const sendingSa = (s: ClusterView, constants: Constants, at: Member): string => {
  const me = s.member[at]
  if (constants.scheme.esp.sharing !== 'ownSa') return newestOf(constants, me)
  return me.children.has(ownChildOf(at)) ? ownChildOf(at) : 'none'
}

/** Whether the peer sends on a child SA: on any of parallel ones, otherwise on the newest. */
export const peerSendsOn = (s: ClusterView, constants: Constants, sa: string): boolean =>
  constants.scheme.esp.sharing === 'ownSa' ? s.peer.children.has(sa) : newestOf(constants, s.peer) === sa

/**
 * Whether a packet on a child SA is for a member: its owner if that acts, or the first that does.
 *
 * INTERPRETATION: where all members share a child SA and the balancer is sticky, the first member that acts receives; a balancer that spreads packets is `any`.
 */
const isRight = (s: ClusterView, constants: Constants, sa: string, at: Member): boolean => {
  const acting = membersOf(constants).filter((m) => actsOnEsp(s, m))
  switch (constants.scheme.esp.sharing) {
    case 'ownSa': {
      const owner = membersOf(constants).find((m) => ownChildOf(m) === sa) ?? at
      return at === owner || !acting.includes(owner)
    }
    case 'all':
      return at === acting[0]
    default:
      return true
  }
}

/** Whether a packet on a child SA may be brought to a member. */
export const mayReach = (s: ClusterView, constants: Constants, sa: string, at: Member): boolean =>
  actsOnEsp(s, at) && (constants.scheme.esp.delivery === 'any' || isRight(s, constants, sa, at))

/** The members that a packet brought to `to` reaches, `to` first. */
export const reachedWith = (s: ClusterView, constants: Constants, to: Member): readonly Member[] => {
  const { delivery } = constants.scheme.esp
  const others = othersOf(constants, to)
  if (delivery === 'allNote') return [to, ...others.filter((m) => s.member[m].up)]
  return delivery === 'allTake' ? [to, ...others.filter((m) => actsOnEsp(s, m))] : [to]
}

/** Child SAs that exist from the start beside the first. */
export const parallelSas = (constants: Constants): readonly string[] =>
  constants.scheme.esp.sharing === 'ownSa' ? trafficSasOf(constants).filter((sa) => sa !== FIRST_CHILD) : []

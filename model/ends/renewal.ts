/**
 * What a peer does when its gateway is no longer where it was: packets that go astray, a new IKE SA after it gave up
 * the old one, and a redirect to another member (RFC 5685) while the first is still up.
 *
 * Each of these exchanges is one step: a new IKE SA has counters of its own, so nothing in it depends on the old one.
 */
import { type Action, actionsOn } from '../../src/modelling/action.ts'
import { type Constants, type Member, membersOf, othersOf } from '../constants/constants.ts'
import { addressFor, ownAddress, packetAddress, takesIke, takesPackets } from '../gateway/addresses.ts'
import { actsOnIke } from '../gateway/roles.ts'
import { type Change, forget, NO_CHANGE } from '../ike/exchanges.ts'
import { forgetIke, holdsSa, type Wire } from '../ike/message-ids.ts'
import {
  type ClusterDraft,
  type ClusterSchema,
  type ClusterView,
  FIRST_CHILD,
  FIRST_IKE,
  ikesOf,
  RENEWED_CHILD,
  RENEWED_IKE,
} from '../state/cluster-state.ts'
import { hasSynchRoom } from '../synch/channels.ts'
import { tellOfExchange } from '../synch/telling.ts'
import type { WireEvents } from '../wire/pictures.ts'

/** A new IKE SA with its first child, at the peer and at one member; this one becomes the one in use. */
const renew = (
  d: ClusterDraft,
  emit: Wire,
  constants: Constants,
  at: Member,
  gone: Partial<Change> = {},
): void => {
  d.spent.renewals += 1
  for (const end of [d.member[at], d.peer]) {
    end.ike[RENEWED_IKE]!.sa = true
    end.current = RENEWED_IKE
    end.children.add(RENEWED_CHILD)
  }
  emit.renewed({ member: at, ike: RENEWED_IKE, address: d.gateway.address })
  tellOfExchange(d, emit, constants, at, RENEWED_IKE, {
    ...NO_CHANGE,
    ...gone,
    child: RENEWED_CHILD,
    madeIke: RENEWED_IKE,
  })
}

/**
 * Whether a peer that holds no IKE SA can set one up with a member.
 *
 * INTERPRETATION: a peer that gave up tries again at the address it knows; only `loose-resolves` asks the name service for another, which by then names a member that acts.
 */
export const canComeTo = (s: ClusterView, constants: Constants, at: Member): boolean =>
  !holdsSa(s.peer) &&
  s.spent.renewals < constants.scope.addresses.renewals &&
  actsOnIke(s, at) &&
  takesIke(constants, at, addressFor(constants, at)) &&
  hasSynchRoom(s, constants, at)

/**
 * A peer that holds no IKE SA sets one up with a member, which tells the others.
 *
 * INTERPRETATION: it says INITIAL_CONTACT, so that the member deletes what it still has of the old one. One that does not leaves the old IKE SA at the member until that gives it up.
 */
export const comesTo = (d: ClusterDraft, emit: Wire, constants: Constants, at: Member): void => {
  d.gateway.address = addressFor(constants, at)
  forget(d.member[at], ikesOf(constants))
  renew(d, emit, constants, at, { goneIke: FIRST_IKE, goneChild: FIRST_CHILD })
}

/** The actions of a peer that looks for its gateway. */
export const renewalActions = (constants: Constants): readonly Action[] => {
  const { scheme, scope } = constants
  const action = actionsOn<ClusterSchema, WireEvents>()
  const at = membersOf(constants)
  const pairs = at.flatMap((from) => othersOf(constants, from).map((to) => ({ from, to })))

  const sendsPacket = action('PeerSendsPacket', {
    by: 'peer',
    guard: (s) => s.peer.children.size > 0 && s.spent.peerPackets < scope.addresses.packets,
    effect: (d, _, emit) => {
      const address = packetAddress(d, constants)
      d.spent.peerPackets += 1
      emit.peerPacket({ address, taken: takesPackets(d, constants, address) })
    },
  })

  /** A peer that gave up its IKE SA sets up another. */
  const comesAgain = action('PeerComesAgain', {
    by: 'peer',
    choose: { at },
    guard: (s, { at }) => canComeTo(s, constants, at),
    effect: (d, { at }, emit) => comesTo(d, emit, constants, at),
  })

  /** Planned failover: the member that acts sends the peer to another, which from then on acts beside it. */
  const redirects = action('Redirects', {
    by: ({ pair }) => pair.from,
    choose: { pair: pairs },
    guard: (s, { pair: { from, to } }) =>
      s.spent.handovers < scope.handovers &&
      s.gateway.redirectedTo === 'V' &&
      actsOnIke(s, from) &&
      s.member[to].up &&
      s.peer.ike[s.peer.current]!.sa &&
      s.member[from].ike[s.peer.current]!.sa &&
      takesIke(constants, from, s.gateway.address),
    effect: (d, { pair: { from, to } }, emit) => {
      d.spent.handovers += 1
      d.gateway.redirectedTo = ownAddress(to)
      d.member[to].onIke = true
      d.member[to].onEsp = true
      emit.redirected({ member: from, address: ownAddress(to) })
    },
  })

  /** Make before break: the peer sets up an IKE SA where it was sent to, and only then leaves the old one. */
  const follows = action('PeerGoesWhereSent', {
    by: 'peer',
    choose: { at },
    guard: (s, { at }) =>
      s.gateway.redirectedTo === ownAddress(at) &&
      actsOnIke(s, at) &&
      s.peer.current !== RENEWED_IKE &&
      s.spent.renewals < scope.addresses.renewals &&
      hasSynchRoom(s, constants, at),
    effect: (d, { at }, emit) => {
      d.gateway.address = ownAddress(at)
      d.gateway.redirectedTo = 'V'
      renew(d, emit, constants, at)
    },
  })

  /** The peer deletes the IKE SA that it has left; the member that held it is out of service then. */
  const leaves = action('PeerLeaves', {
    by: 'peer',
    choose: { at },
    guard: (s, { at }) =>
      s.peer.current === RENEWED_IKE &&
      s.peer.ike[FIRST_IKE]!.sa &&
      s.member[at].up &&
      s.member[at].ike[FIRST_IKE]!.sa &&
      s.member[at].current === FIRST_IKE,
    effect: (d, { at }, emit) => {
      for (const end of [d.member[at], d.peer]) {
        forgetIke(end.ike[FIRST_IKE]!)
        end.children.delete(FIRST_CHILD)
      }
      d.member[at].onIke = false
      d.member[at].onEsp = false
      emit.left({ member: at, ike: FIRST_IKE })
    },
  })

  return [
    ...(scope.addresses.packets > 0 ? [sendsPacket] : []),
    ...(scope.addresses.renewals > 0 ? [comesAgain] : []),
    ...(scope.addresses.renewals > 0 && scheme.redirects && scope.handovers > 0
      ? [redirects, follows, leaves]
      : []),
  ]
}

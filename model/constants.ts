/**
 * What a run of the model is given: a scheme (policies, what a vendor configures) and a scope (bounds, what cuts
 * the state space). A bound of zero removes an aspect of the model together with its bits.
 */

import type { EspPolicies, EspScope } from './esp/policies.ts'
import type { Extensions } from './extending/used.ts'

/** Members of the cluster; A acts first. */
export const MEMBER = ['A', 'B', 'C'] as const
export type Member = (typeof MEMBER)[number]

/** The ends of an IKE SA: the cluster as one endpoint, and the peer. */
export const SIDE = ['cluster', 'peer'] as const
export type Side = (typeof SIDE)[number]

/** Exchanges after IKE_AUTH that a side may start of its own accord. */
export const STARTED = ['createChild', 'rekeyChild', 'deleteChild', 'rekeyIke'] as const
/** All exchanges: deleting what a rekey replaced follows from the rekey, and the probe is an empty INFORMATIONAL. */
export const EXCHANGE = [...STARTED, 'deleteIke', 'liveness'] as const
export type Exchange = (typeof EXCHANGE)[number]

/** What a cluster is configured to do, and what its peer is like. */
export interface Scheme {
  /** A cluster; otherwise a single gateway. */
  readonly cluster: boolean
  /**
   * Policy. Who acts on the IKE SA: one member (hot standby, or load sharing where a peer sticks to a member); every
   * member, as if it were alone; or the member that holds a lock which is passed on over the synch channel.
   */
  readonly ikeBy: 'one' | 'all' | 'lock'
  /** Policy. Whether a member hands over only when the other has read all that it was told. */
  readonly drains: boolean
  /** Policy. What happens when the synch channel is cut: every member goes on, or one does and the others stop. */
  readonly whenCut: 'allGoOn' | 'oneGoesOn'
  /** Policy. IKE and child SAs are told to the other members when they come into being and when they go. */
  readonly synchSas: boolean
  /**
   * Policy. When the other members learn of the IKE counters: never; after the exchange, without waiting; when a
   * request is sent or taken, before it is processed, without waiting, and nothing but the counter; or before the event
   * can be seen outside, which waits until they have acknowledged.
   */
  readonly synchIke: 'never' | 'afterwards' | 'before' | 'acknowledged'
  /**
   * Policy. A message about IKE counters carries both of them, or only the one that has moved.
   *
   * INTERPRETATION: RFC 6027 does not say. With both, an exchange of the peer that is over also tells of an own request that is outstanding.
   */
  readonly synchCounters: 'together' | 'apart'
  /** Policy. Whether a message about IKE counters carries the cached answers, and the outstanding requests. */
  readonly carriesAnswer: boolean
  readonly carriesRequest: boolean
  /** The synch channel keeps the order of messages, or may let a later one overtake. */
  readonly channel: 'fifo' | 'reorders'
  /** Policy. What a message with counters does: it only moves them forward, or it sets them whatever they were. */
  readonly merge: 'maximum' | 'latest'
  /** Policy. Whether a member that takes over first tells the others again what it knows, and waits until they acknowledge. */
  readonly retells: boolean
  /** Policy. Whether a member that returns empty is brought up to date before it counts as standby. */
  readonly resynchOnReturn: boolean
  /** Policy. It gets the child SAs as they are; or it hears of those alone that replace them, when they are rekeyed. */
  readonly childrenOnReturn: 'copied' | 'rekeyed'
  /** Policy. Whether a member that stops acting when a cut channel has healed is brought up to date as one that returns. */
  readonly resynchOnHeal: boolean
  /** Policy. Whether a member that the others take for down is made sure to be down. */
  readonly fences: boolean
  readonly esp: EspPolicies
  /**
   * Policy. How a member comes to an SPI that no other member uses: it takes any that it does not know to be used; it
   * has a part of the values for itself, a new part after each return or the same part again; or a member that keeps
   * a table grants it.
   */
  readonly spi: 'independent' | 'partitioned' | 'tag-reused' | 'granted'
  /** Policy. Which address of the cluster IKE and tunnel packets come from. */
  readonly addressing: Addressing
  /** Policy. Whether a planned failover sends the peer to the other member: RFC 5685. */
  readonly redirects: boolean
  /** Whether the gateway looks at the message ID of a request. Some in the field do not. */
  readonly requestIds: 'checked' | 'unchecked'
  /** The peer. */
  readonly peer: PeerProfile
}

/** An address of the cluster: the one that all members share, or a member's own. */
export const ADDRESS = ['V', 'a', 'b', 'c'] as const
export type Address = (typeof ADDRESS)[number]

/**
 * Tight clusters: everything from the shared address; IKE from the member's own; that translated to the shared one;
 * the shared one agreed upon as the address of tunnel packets; and all members' own addresses agreed upon as well.
 * Loose clusters, with an address for each member: it moves at a failover; it stays, and a peer that gave up resolves
 * the name again; it stays, and the peer knows no other unless it is redirected.
 */
export type Addressing =
  | 'cluster'
  | 'member'
  | 'translated'
  | 'alternate'
  | 'announced'
  | 'loose'
  | 'loose-resolves'
  | 'loose-stays'

/** How a peer reads what RFC 7296 leaves open, or bends it. */
export interface PeerProfile {
  /** A request beyond the window: dropped, or executed with the counter jumping forward. */
  readonly futureIds: 'dropped' | 'executed'
  /** A repeated request is known by its message ID alone, or by its content as well. */
  readonly repeats: 'byId' | 'byContent'
  /** An unprotected INVALID_IKE_SPI or INVALID_SPI: a hint, or believed. */
  readonly hints: 'ignored' | 'believed'
  /**
   * An IKE message from another address than the one it sends to: taken, dropped, or taken and from then on the
   * address to which it sends.
   */
  readonly addresses: 'any' | 'strict' | 'follows'
}

/** How many exchanges of each kind a side may start. */
export type Requests = { readonly [exchange in (typeof STARTED)[number]]?: number }

/** The bounds of a search. */
export interface Scope {
  /** Members of a cluster. */
  readonly members: 2 | 3
  /** Exchanges that each side may start. */
  readonly requests: { readonly [side in Side]: Requests }
  /** Whether each side may probe with a liveness check at the end of its run. */
  readonly probes: { readonly [side in Side]: boolean }
  /** Requests that each side may have outstanding. */
  readonly window: 1 | 2
  readonly esp: EspScope
  /** Members that crash, and crashed members that come back empty. */
  readonly crashes: number
  readonly returns: number
  /** Times that the load moves to another member without a fault: by command, by rebalancing, or with the lock. */
  readonly handovers: number
  /** Whether the synch channel may be cut, each side then taking the other for down. */
  readonly splits: boolean
  /** Times that a cut channel heals; after that it is not cut again. */
  readonly heals: number
  /** Standbys that hang: up for the others, but they take nothing in and acknowledge nothing. */
  readonly hangs: number
  /** Members that are taken for down and are not, while the synch channel works. */
  readonly suspicions: number
  /** Synch messages that the channel loses. */
  readonly synchLosses: number
  /** Retransmissions before a side may give up an exchange and with it the IKE SA. */
  readonly retransmissions: number
  /** Different IKE messages in the network at one time. */
  readonly network: number
  /** Synch messages in flight from one member to another. */
  readonly synch: number
  /** SPI values of each kind, SAs that are set up, and peers that they are set up with; 0 SAs: none is followed. */
  readonly spi: { readonly values: number; readonly allocations: number; readonly peers: 1 | 2 }
  /** Tunnel packets of the peer whose way is followed, and IKE SAs that it sets up anew. */
  readonly addresses: { readonly packets: number; readonly renewals: 0 | 1 }
  /** Unprotected hints that members give and an attacker forges. */
  readonly hints: number
  /** What an attacker can do: A0 listen; A1 also replay and forge what is not protected; A2 also delay and drop. */
  readonly attacker: 'A0' | 'A1' | 'A2'
}

/** Scheme and scope together. */
export interface Constants {
  readonly scheme: Scheme
  readonly scope: Scope
  /** What is added to the base model; absent: nothing. */
  readonly extensions?: Extensions
}

/** Finds what follows from constants alone once for each: guards ask for it at every state. */
export const perConstants = <T>(find: (constants: Constants) => T): ((constants: Constants) => T) => {
  const found = new WeakMap<Constants, T>()
  return (constants) => {
    let known = found.get(constants)
    if (known === undefined) {
      known = find(constants)
      found.set(constants, known)
    }
    return known
  }
}

/** The members that take part. */
export const membersOf = perConstants(({ scheme, scope }) =>
  MEMBER.slice(0, scheme.cluster ? scope.members : 1),
)

/** The members but each one of them. */
const others = perConstants((constants): { readonly [from in Member]?: readonly Member[] } =>
  Object.fromEntries(
    membersOf(constants).map((from) => [from, membersOf(constants).filter((m) => m !== from)]),
  ),
)

/** The other members. */
export const othersOf = (constants: Constants, from: Member): readonly Member[] => others(constants)[from]!

/** Exchanges of a kind that a side may start of its own accord. */
export const allowed = ({ scope }: Constants, side: Side, exchange: (typeof STARTED)[number]): number =>
  scope.requests[side][exchange] ?? 0

/** Times that another member can come to act. */
const takeoversOf = (constants: Constants): number => {
  const { scheme, scope } = constants
  const splits = scope.splits ? 1 : 0
  return scheme.cluster ? scope.crashes + scope.handovers + splits + scope.heals + scope.suspicions : 0
}

/**
 * What follows from a rekey, the deletion of what it replaced, may have to be done again after each takeover. So may
 * a probe, also when its IKE SA is rekeyed; and a takeover can make the cluster take an old answer for that to its
 * probe, once for each ID used before: then it must be able to probe again, or a bound would look like a doom.
 */
const countStarts = (constants: Constants, side: Side, exchange: Exchange): number => {
  const again = 1 + takeoversOf(constants)
  switch (exchange) {
    case 'deleteChild':
      return (
        allowed(constants, side, 'deleteChild') + (allowed(constants, side, 'rekeyChild') > 0 ? again : 0)
      )
    case 'deleteIke':
      return allowed(constants, side, 'rekeyIke') > 0 ? again : 0
    case 'liveness': {
      if (!constants.scope.probes[side]) return 0
      const rekeyed = SIDE.some((other) => allowed(constants, other, 'rekeyIke') > 0) ? again : 0
      const used = STARTED.reduce((sum, kind) => sum + countStarts(constants, side, kind), 0)
      const lost = constants.extensions?.bounds.probes ?? 0
      return 1 + rekeyed + takeoversOf(constants) * (side === 'cluster' ? used + 2 : 1) + lost
    }
    default:
      return allowed(constants, side, exchange)
  }
}

const starts = perConstants((constants) => {
  const ofSide = (side: Side) =>
    Object.fromEntries(EXCHANGE.map((exchange) => [exchange, countStarts(constants, side, exchange)]))
  return { cluster: ofSide('cluster'), peer: ofSide('peer') }
})

/** Exchanges of a kind that a side may start in all, of its own accord or because of others. */
export const startsOf = (constants: Constants, side: Side, exchange: Exchange): number =>
  starts(constants)[side][exchange]!

/** Requests of any kind that a side may start. */
export const requestsOf = (constants: Constants, side: Side): number =>
  EXCHANGE.reduce((sum, exchange) => sum + startsOf(constants, side, exchange), 0)

/** The number of message IDs that a side needs: one for each request, and those that extensions skip. */
export const requestLimit = (constants: Constants, side: Side): number =>
  requestsOf(constants, side) + (constants.extensions?.bounds.messageIds ?? 0)

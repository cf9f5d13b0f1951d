/**
 * What a run of the model is given: a scheme (policies, what a vendor configures) and a scope (bounds, what cuts
 * the state space). A bound of zero removes an aspect of the model together with its bits.
 */

/** Members of the cluster; A is active first. */
export const MEMBER = ['A', 'B'] as const
export type Member = (typeof MEMBER)[number]

/** The other member of a cluster of two. */
export const OTHER = { A: 'B', B: 'A' } as const

/** The ends of an IKE SA: the cluster as one endpoint, and the peer. */
export const SIDE = ['cluster', 'peer'] as const
export type Side = (typeof SIDE)[number]

/** Exchanges after IKE_AUTH: CREATE_CHILD_SA for a new child, and an empty INFORMATIONAL. */
export const EXCHANGE = ['createChild', 'liveness'] as const
export type Exchange = (typeof EXCHANGE)[number]

/** What a cluster is configured to do. */
export interface Scheme {
  /** Members of the hot-standby cluster; 1 is a single gateway. */
  readonly members: 1 | 2
  /** Policy. IKE and child SAs are told to the standby when they come into being and when they go. */
  readonly synchSas: boolean
  /**
   * Policy. When the standby learns of the IKE counters: never; after the exchange, without waiting; or before
   * the event can be seen outside, which waits until the standby has acknowledged.
   */
  readonly synchIke: 'never' | 'afterwards' | 'acknowledged'
  /** Policy. Whether a message about IKE counters carries the cached answer, and the outstanding request. */
  readonly carriesAnswer: boolean
  readonly carriesRequest: boolean
  /** Policy. Packets between two messages about ESP counters; 0: none are sent. */
  readonly espPeriod: number
  /**
   * Assumption. Messages about ESP counters that may be unread at one time: how far the standby lags at the most.
   * No jump is sound without one, for a channel that delays without limit makes every counter too old.
   */
  readonly espUnread: number
  /** Policy. Sequence numbers that a member skips when it takes over. */
  readonly jump: number
  /**
   * Policy. How the IV of a packet is made: from its sequence number, or from a counter of the member's own
   * that no synch message carries.
   */
  readonly iv: 'sequence' | 'counter'
  /** Policy. Whether a member that returns empty is brought up to date before it counts as standby. */
  readonly resynchOnReturn: boolean
}

/** The bounds of a search. */
export interface Scope {
  /** CREATE_CHILD_SA requests that each side may start. */
  readonly requests: { readonly [side in Side]: number }
  /** Whether each side may probe with a liveness check at the end of its run. */
  readonly probes: { readonly [side in Side]: boolean }
  /** ESP packets sent by the cluster, over all members. */
  readonly packets: number
  /** Members that crash, and crashed members that come back empty. */
  readonly crashes: number
  readonly returns: number
  /** Synch messages that the channel loses. */
  readonly synchLosses: number
  /** Retransmissions before a side may give up an exchange and with it the IKE SA. */
  readonly retransmissions: number
  /** Different IKE messages in the network at one time. */
  readonly network: number
  /** Synch messages in flight. */
  readonly synch: number
}

/** Scheme and scope together. */
export interface Constants {
  readonly scheme: Scheme
  readonly scope: Scope
}

/**
 * Probes that each side may start: one, and after each takeover one more. A takeover can also make the cluster
 * take an old answer for that to its probe, once for each ID used before; then it must be able to probe again,
 * or a bound would look like a doom.
 */
export const probeLimit = ({ scope, scheme }: Constants, side: Side): number => {
  if (!scope.probes[side]) return 0
  const takeovers = (scheme.members - 1) * scope.crashes
  return 1 + takeovers * (side === 'cluster' ? scope.requests.cluster + 2 : 1)
}

/** Requests of any kind that a side may start, which is the number of message IDs it needs. */
export const requestLimit = (constants: Constants, side: Side): number =>
  constants.scope.requests[side] + probeLimit(constants, side)

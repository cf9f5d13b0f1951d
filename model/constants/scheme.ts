/** A scheme: what a cluster is configured to do, and what its peer is like. */
import type { EspPolicies } from './esp-policies.ts'

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

/** Whether several members act at one time; otherwise it is a hot standby. */
export const sharesLoad = ({ ikeBy, esp }: Scheme): boolean => ikeBy !== 'one' || esp.sharing !== 'one'

/** What the members, and the peer, do about ESP: RFC 6027 sections 3.4, 3.5, 3.7 and 3.7.1; and how far a search goes. */

/** What a cluster is configured to do about the counters of its child SAs. */
export interface EspPolicies {
  /**
   * Policy. Who sends and receives: one member, that on IKE; one member, but another than that on IKE; every member on
   * the one child SA, each with its own idea of the counter; or every member on a child SA of its own, with equal
   * selectors, which after its owner's crash another member still receives on.
   */
  readonly sharing: 'one' | 'other' | 'all' | 'ownSa'
  /**
   * Policy. Where a packet of the peer goes: to the member whose it is; to any member that acts, as the balancer likes;
   * to every member that is up, of which the others only note it in their windows; or to every member that acts, and
   * each takes it.
   */
  readonly delivery: 'right' | 'any' | 'allNote' | 'allTake'
  /** Extended sequence numbers: the wire carries the low half of the number only. */
  readonly esn: boolean
  /** Policy. Packets between two messages about the counters; 0: none are sent. */
  readonly period: number
  /**
   * Policy. What makes a message about the counters due: the packet that ends a period; or a clock of the member, between
   * two ticks of which at most a period of packets pass: their rate times the longest interval.
   */
  readonly toldBy: 'count' | 'clock'
  /**
   * Assumption. Messages about the counters that may be unread at one time: how far a standby lags at the most.
   * No jump is sound without one, for a channel that delays without limit makes every counter too old.
   */
  readonly unread: number
  /**
   * Assumption. What keeps a standby from lagging further: a packet whose message would be one unread message too many
   * waits; or it goes out, and the message finds the channel full, which is begun anew: what is unread is lost with it.
   */
  readonly whenUnread: 'waits' | 'overflows'
  /** Policy. Numbers that a member skips when it begins to act, or to the maximum, so that it must rekey. */
  readonly jump: number | 'maximum'
  /**
   * Policy. A member that has skipped numbers tells the others so, and sends nothing before they have acknowledged it:
   * otherwise a second takeover skips from where the first did.
   */
  readonly tellsJump: boolean
  /** A sender at the last number of the sequence space stops, as RFC 4303 wants; or its counter wraps. */
  readonly atMaximum: 'stops' | 'wraps'
  /**
   * Policy. How the IV of a packet is made:
   * - `sequence`: it is the sequence number: implicit IV (RFC 8750), network cards that write the number into the
   *   IV field, and every generator whose state is told and jumps together with it: a counter, or an LFSR;
   * - `counter`: a counter of the member's own, which nobody is told;
   * - `lfsr`: a register of the member's own, seeded anew by a member that has none;
   * - `random`: any value;
   * - `salted`: the sequence number, salted at random by each incarnation of a member;
   * - `memberId`: a counter of the member's own behind the ID of the member (RFC 6054);
   * - `incarnationId`: the same behind an ID that is new whenever the member has lost its memory.
   */
  readonly iv: 'sequence' | 'counter' | 'lfsr' | 'random' | 'salted' | 'memberId' | 'incarnationId'
  /** Policy. A member that begins to act takes the first packet whatever its number, and counts on from it. */
  readonly learns: boolean
  /** Policy. Numbers by which a member that begins to act raises its window; it rejects all below. */
  readonly raise: number | 'maximum'
  /** Policy. The counters go along with a handover, as they are, and nothing is skipped. */
  readonly handsOverCounters: boolean
  /** A receiver advances its window when a packet is authentic; or, a fault, before it has looked. */
  readonly advances: 'authentic' | 'anything'
  /** Policy. A packet outside the window makes a member tell the others of its window. */
  readonly alarms: boolean
  /** Whether the peer checks for replays. */
  readonly peerAntiReplay: boolean
}

/** The bounds of a search. A direction without packets has no bits. */
export interface EspScope {
  /** Packets that the cluster sends, over all members, and packets that the peer sends. */
  readonly outbound: number
  readonly inbound: number
  /** Width of a receive window. */
  readonly window: number
  /** Bits of a sequence number on the wire. */
  readonly wireBits: number
  /**
   * Packets with consecutive numbers that are sent, and arrive, in one step: one of these counts. Absent: one packet a
   * step. A step never goes past the end of a period, so that what is told is what would be told packet by packet.
   */
  readonly bursts?: readonly number[]
  /** Where every counter stands at the start, all that is told having been read. Absent: at 0. */
  readonly from?: number
  /** The packets of the peer that an attacker has copied, if they were sent. Absent: all. */
  readonly copied?: readonly number[]
}

export const hasEsp = ({ outbound, inbound }: EspScope): boolean => outbound + inbound > 0

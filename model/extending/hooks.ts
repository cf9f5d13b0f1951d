/**
 * The named points of the base model at which an extension is asked (`may...`, `is...`, `has...`) or told. A hook that
 * asks reads a state and returns a boolean; one that is told changes the draft. Where several extensions hook one
 * point, all of them must allow, and they are told in their order.
 */
import type { Emit } from '../../src/modelling/events.ts'
import type { Exchange, Member } from '../constants/parties.ts'
import type { About, IkeMessage, SynchMessage } from '../state/cluster-state.ts'
import type { Outcome } from '../wire/esp-events.ts'
import type { WireEvents } from '../wire/events.ts'

/** A request that is about to be made. */
export interface Asking {
  readonly ike: string
  readonly exchange: Exchange
}

/** A request that was made and is about to be sent. */
export interface Asked extends Asking {
  readonly messageId: number
}

/** An ESP packet. */
export interface Packet {
  readonly sa: string
  readonly sequenceNumber: number
}

/** An ESP packet that came, and what became of it. */
export interface Arrival extends Packet {
  readonly origin: 'sent' | 'copied' | 'forged'
  readonly outcome: Outcome
}

/** Points of both ends; `at` is the member, or `P` for the peer. */
export interface EndHooks<V, D, At, E extends object> {
  /** The IKE SA and its first child are established. */
  established?(d: D, at: At): void
  /** Whether a new request may be sent now. */
  mayAsk?(s: V, at: At, asking: Asking): boolean
  /** A request is about to be sent. */
  asks?(d: D, at: At, asked: Asked, emit: Emit<WireEvents & E>): void
  /** Whether outstanding requests on an IKE SA may be sent again. */
  mayRetransmit?(s: V, at: At, ike: string): boolean
  /** Whether a request or a response that is in order is taken; otherwise it is dropped. */
  mayReceive?(s: V, at: At, message: IkeMessage): boolean
  /** A request or a response is received, before anything is done about it. */
  receives?(d: D, at: At, message: IkeMessage, emit: Emit<WireEvents & E>): void
  /** A request was executed; its answer is not yet sent. */
  executes?(d: D, at: At, message: IkeMessage, emit: Emit<WireEvents & E>): void
  /** An answer is about to be sent for the first time. */
  answers?(d: D, at: At, answer: IkeMessage, emit: Emit<WireEvents & E>): void
  /** Whether a timer may give an IKE SA up now. */
  mayGiveUp?(s: V, at: At, ike: string): boolean
  /** A timer gives an IKE SA up, which is about to be deleted. */
  givesUp?(d: D, at: At, ike: string, emit: Emit<WireEvents & E>): void
  /** Whether ESP packets may be sent on a child SA now. */
  maySendPacket?(s: V, at: At, sa: string): boolean
  /** An ESP packet is sent. */
  sendsPacket?(d: D, at: At, packet: Packet, emit: Emit<WireEvents & E>): void
  /** Whether an ESP packet on a child SA that the end holds is looked at; otherwise it is dropped. */
  mayReceivePacket?(s: V, at: At, packet: Packet): boolean
  /** An ESP packet was received. */
  receivesPacket?(d: D, at: At, arrival: Arrival, emit: Emit<WireEvents & E>): void
  /** Whether something of the extension is under way by which counters and SAs may still change. */
  isBusy?(s: V, at: At): boolean
}

/** Why a member begins to act for another. */
export type Cause = 'fault' | 'handover'

/** Points of the members. */
export interface MemberHooks<V, D, E extends object, T extends object> extends EndHooks<V, D, Member, E> {
  /** A member begins to act for another; it has its roles already. */
  takesOver?(d: D, at: Member, cause: Cause, emit: Emit<WireEvents & E>): void
  /** A member crashes; what the extension keeps of it is reset afterwards. */
  crashes?(d: D, at: Member, emit: Emit<WireEvents & E>): void
  /** A member returns; `from` brings it up to date, where the scheme has that. */
  returns?(d: D, at: Member, from: Member | undefined, emit: Emit<WireEvents & E>): void
  /** A synch message is sent: what it carries for the extension. */
  tells?(s: V, from: Member, about: { readonly about: About; readonly ike: string }): Partial<T>
  /** A synch message was received, and what the base model does with it is done. */
  hears?(d: D, at: Member, message: SynchMessage & T, emit: Emit<WireEvents & E>): void
}

/** Points of the peer. */
export interface PeerHooks<V, D, E extends object> extends EndHooks<V, D, 'P', E> {
  /** Whether an ESP packet with this number, which is not above the counter, was ever sent. */
  hasSent?(s: V, packet: Packet): boolean
}

/** The names of the hooks. */
const END = [
  'established',
  'mayAsk',
  'asks',
  'mayRetransmit',
  'mayReceive',
  'receives',
  'executes',
  'answers',
  'mayGiveUp',
  'givesUp',
  'maySendPacket',
  'sendsPacket',
  'mayReceivePacket',
  'receivesPacket',
  'isBusy',
] as const
export const MEMBER_HOOK = [...END, 'takesOver', 'crashes', 'returns', 'tells', 'hears'] as const
export const PEER_HOOK = [...END, 'hasSent'] as const

/** Whether a hook is asked, and answers true or false; the others are told. */
export const isAsked = (name: string): boolean => /^(may|has|is)[A-Z]/.test(name)

/** How the answers of several extensions go together: all must say so, or one is enough. */
export const ONE_IS_ENOUGH: readonly string[] = ['isBusy']

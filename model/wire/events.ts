/** The events an observer could see. Monitors know nothing of the model but these. */
import type { Emit } from '../../src/modelling/events.ts'
import type { Address, Exchange, Member, Party, Side } from '../constants/parties.ts'
import type { About, Counters, Result } from '../state/cluster-state.ts'
import type { Kind, Peer } from '../state/spis.ts'
import type { EspEvents } from './esp-events.ts'

/** Unprotected hints, and who may give one. */
export const HINT = ['INVALID_IKE_SPI', 'INVALID_SPI'] as const
export type Hint = (typeof HINT)[number]
export type Hinter = Member | 'attacker'

/** An IKE message as seen on the wire; `task` stands for its content, `by` for who executed, in a response. */
export interface IkeFields {
  readonly type: 'request' | 'response'
  readonly ike: string
  readonly initiator: Side
  readonly messageId: number
  /** The address of the cluster that it comes from or goes to. */
  readonly address: Address
  readonly exchange: Exchange
  readonly task: number
  /** The child SA that a request is about, or none. */
  readonly child: string
  readonly by: string
  readonly result: Result
}

/** The fields of a message. What a channel hands out is a view, which cannot be spread and does not outlive the effect. */
export const ikeFields = <By extends string>({
  type,
  ike,
  initiator,
  messageId,
  address,
  exchange,
  task,
  child,
  by,
  result,
}: IkeFields & { readonly by: By }): IkeFields & { readonly by: By } => ({
  type,
  ike,
  initiator,
  messageId,
  address,
  exchange,
  task,
  child,
  by,
  result,
})

/** A request: what is the same in all its copies. */
export interface RequestFields {
  readonly ike: string
  readonly initiator: Side
  readonly messageId: number
  readonly exchange: Exchange
  readonly task: number
}

/** A synch message: what it is about, and of its contents what a reader needs. */
export interface SynchFields {
  readonly about: About
  readonly ike: string
  readonly nextSend: number
  readonly expects: number
  readonly counters: Counters
  readonly child: string
  readonly goneChild: string
  readonly madeIke: string
  readonly goneIke: string
  readonly sent: number
  readonly top: number
  readonly spi: string
}

export type WireEvents = EspEvents & {
  /** An extension lets an end know that message IDs of a side below `to` are skipped, as the other end does. */
  readonly idsSkipped: {
    readonly party: Party
    readonly ike: string
    readonly initiator: Side
    readonly to: number
  }
  /** At the end of a step in which a copy or a forgery comes: the messages that it made the ends send. */
  readonly attackerCaused: { readonly messages: number }
  /** A party sends a message, for the first time or again. */
  readonly ikeSent: IkeFields & { readonly sender: Party; readonly receiver: Party }
  /** A party receives a message that it acts upon; `again`: a request that it executed before. */
  readonly ikeReceived: IkeFields & { readonly receiver: Party; readonly again: boolean }
  /** A message comes to a party and changes nothing; emitted only where all that arrives is followed. */
  readonly ikeArrived: IkeFields & { readonly receiver: Party }
  readonly ikeLost: IkeFields
  /** A request is executed and its effect can be seen outside. */
  readonly ikeExecuted: RequestFields & {
    readonly result: Result
    readonly executor: Party
    /** Who sends the answer by which it is seen; another member than the executor after a takeover. */
    readonly sender: Party
  }
  /** A party takes a response for the answer to its request. */
  readonly ikeMatched: {
    readonly party: Party
    readonly ike: string
    readonly messageId: number
    readonly asked: Exchange
    readonly askedTask: number
    readonly answered: Exchange
    readonly answeredTask: number
  }
  /** `afterDrop`: because of a packet that was dropped. */
  readonly synchSent: SynchFields & {
    readonly sender: Member
    readonly receiver: Member
    readonly afterDrop: boolean
  }
  readonly synchReceived: SynchFields & { readonly sender: Member; readonly receiver: Member }
  readonly synchLost: SynchFields & { readonly sender: Member; readonly receiver: Member }
  readonly crashed: { readonly member: Member }
  readonly tookOver: { readonly member: Member }
  readonly returned: { readonly member: Member; readonly empty: boolean }
  readonly handedOver: { readonly member: Member; readonly to: Member }
  readonly split: { readonly goesOn: string }
  /** The cut channel works again; the others stop acting, `updated`: and are brought up to date. */
  readonly healed: { readonly goesOn: Member; readonly updated: boolean }
  /** A standby takes nothing in any more. */
  readonly hung: { readonly member: Member }
  /** A member that is up is taken for down; `fenced`: and is brought down for that. */
  readonly suspected: { readonly member: Member; readonly fenced: boolean }
  readonly gaveUp: { readonly party: Party; readonly ike: string }
  /** An SA is set up by which the cluster receives under an SPI; `user`: a peer that uses this SPI already. */
  readonly spiAssigned: SpiFields & { readonly user: Peer | 'nobody' }
  /** Such an SA ends, by way of a member. */
  readonly spiFreed: SpiFields
  /** A tunnel packet of the peer; `taken`: some member receives what is sent to this address, or will after a takeover. */
  readonly peerPacket: { readonly address: Address; readonly taken: boolean }
  /** The peer takes the source of an IKE message for the new address of its gateway. */
  readonly gatewayMoved: { readonly address: Address; readonly packets: Address }
  /** The peer sets up an IKE SA anew. */
  readonly renewed: { readonly member: Member; readonly ike: string; readonly address: Address }
  /** A member sends the peer to another address, under protection. */
  readonly redirected: { readonly member: Member; readonly address: Address }
  /** The peer deletes an IKE SA that it has left. */
  readonly left: { readonly member: Member; readonly ike: string }
  /** The peer receives an unprotected hint about an IKE SA: whether it has that one, and whether it deletes it. */
  readonly hinted: {
    readonly sender: Hinter
    readonly hint: Hint
    readonly ike: string
    readonly alive: boolean
    readonly believed: boolean
  }
}

interface SpiFields {
  readonly member: Member
  readonly peer: Peer
  readonly kind: Kind
  readonly value: number
}

export type Wire = Emit<WireEvents>

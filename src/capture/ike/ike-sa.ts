/** What is known of one IKE SA, and its messages in few words. */
import type { Finding, Moment } from '../evidence/findings.ts'
import type { Listening } from '../evidence/monitor-runs.ts'
import { cipherName } from '../packets/ciphers.ts'
import { asker, type IkeHeader } from '../packets/ike-header.ts'

/** What is known of one IKE SA. */
export interface IkeSa {
  readonly name: string
  /** SPIs in hexadecimal digits. */
  readonly initiatorSpi: string
  readonly responderSpi: string
  readonly initiator: string
  readonly responder: string
  readonly messages: number
  readonly retransmissions: number
  /** Copies that were captured, rather than sent, twice. */
  readonly copies: number
  /** Highest message ID of a request of either side; -1 where there is none. */
  readonly highestIds: { readonly initiator: number; readonly responder: number }
  /** Requests that were sent with another outstanding: the window is above 1, or a response was lost. */
  readonly overlapping: number
  /** Requests without an answer in the capture. */
  readonly unanswered: number
  /** The encryption algorithm, where the capture has the exchange that negotiates it. */
  readonly encryption: string
  readonly first: Moment
  readonly last: Moment
}

/** Whose exchange a message belongs to, as findings name it: an address, and which end of the IKE SA it is. */
export const askerText = (
  ends: { readonly initiator: string; readonly responder: string },
  side: 'initiator' | 'responder',
): string => `${ends[side]}, the original ${side},`

/** One content under a message ID. */
export interface Content extends Moment {
  readonly digest: number
  readonly exchange: string
  /** Bytes that were captured; fewer than it has where `isCut`. */
  readonly captured: number
  readonly isCut: boolean
  /** A digest of header and IV, by which messages that were cut at different lengths are compared. */
  readonly beginning: number
  /** Digests of what follows the header, in parts: where one is the same, the message was damaged. */
  readonly parts: readonly number[]
  /** The IV, and the station that sent it: one station has one IV for one message only. */
  readonly drawn: string | undefined
  /** Whether it is a synch of RFC 6311. */
  readonly sync: Sync
  readonly source: string
  readonly member: string
  copies: number
  /** How often each of several captures has it. */
  readonly seenIn: number[]
  last: Moment
  /** Of a response: which content of the request it was made for. */
  readonly answers?: Content
  /** Of a request that may be a synch, or follow one: what is said of it until its answer tells. */
  doubt?: Finding
}

/** Whether a message is a synch of RFC 6311, to which no rule for message IDs applies. */
export type Sync = 'yes' | 'perhaps' | 'no'

export interface Exchange {
  readonly requests: Content[]
  readonly responses: Content[]
}

/** The forms in which the messages of one side under one ID were sent: by the number of fragments, 0 where whole. */
export interface Forms {
  readonly byTotal: Map<number, Form>
  finding?: { readonly finding: Finding; readonly forms: readonly [Form, Form] }
}

export interface Form {
  readonly exchange: string
  readonly member: string
  readonly first: Moment
  /** Messages and fragments. */
  count: number
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

export interface IkeState extends Writable<Omit<IkeSa, 'highestIds' | 'unanswered' | 'encryption'>> {
  readonly highestIds: { initiator: number; responder: number }
  /** By the side that asks, the message ID and the fragment. */
  readonly exchanges: Map<string, Exchange>
  readonly listening: Listening
  readonly ivs: Listening
  /** Of the message that came last. */
  lastIv: { readonly iv: string; readonly time: number; readonly source: string } | undefined
  readonly ivFindings: Finding[]
  encryption: IkeHeader['encryption']
  /** The IKE SA that it has replaced, as far as can be seen. */
  readonly parent: IkeState | undefined
  /** Whether IKE_SA_INIT or IKE_AUTH was seen: its message ID 0 is used up. */
  isSetUp: boolean
  /** A message that may be a synch was seen. */
  synched: boolean
  /** Who speaks now for each end. */
  readonly at: { initiator: string; responder: string }
  /** The member that first spoke for each address. */
  readonly firstMembers: Map<string, string>
  /** Forms of the messages under an ID that are not all whole, and what is found about them. */
  readonly forms: Map<string, Forms>
  /** The latest request that used an ID again, until its answer or another tells that the ID is right. */
  reuse: { readonly finding: Finding; readonly side: string } | undefined
  /** Messages whose flag says that they come from the other end than their address does. */
  contrary: number
  /** Messages of members that were not the first to speak for their address. */
  others: number
  /** Message IDs that were passed over, by side and ID. */
  readonly skips: Map<string, Finding>
  /** The highest message ID of either side whose exchange was forgotten; -1 where none was. */
  readonly forgotten: { initiator: number; responder: number }
}

/** Monitors know two sides; which of them is the cluster plays no part. */
export const sideOf = (header: IkeHeader): 'cluster' | 'peer' =>
  asker(header) === 'initiator' ? 'cluster' : 'peer'

/** Fragments of a message have IDs of their own, as it were; a message may be sent again in other fragments. */
export const fragmentText = ({ fragment }: IkeHeader): string =>
  fragment ? `fragment${fragment.number}of${fragment.total}` : ''

/** A message in few words. */
export const ikeText = (header: IkeHeader): string => {
  const { response, messageId, exchange, fragment } = header
  const part = fragment ? `, fragment ${fragment.number} of ${fragment.total}` : ''
  return `${response ? 'response' : 'request'} ${messageId}: ${exchange}${part}`
}

/** What is told of an IKE SA at the end. */
export const summaryOf = (state: IkeState): IkeSa => {
  const unanswered = [...state.exchanges.values()].filter(
    ({ requests, responses }) => requests.length > 0 && responses.length === 0,
  ).length
  const { encryption } = state
  const cipher = encryption && cipherName(encryption.id)
  return {
    name: state.name,
    initiatorSpi: state.initiatorSpi,
    responderSpi: state.responderSpi,
    initiator: state.initiator,
    responder: state.responder,
    messages: state.messages,
    retransmissions: state.retransmissions,
    copies: state.copies,
    highestIds: state.highestIds,
    overlapping: state.overlapping,
    unanswered,
    encryption: cipher ? `${cipher}${encryption.keyBits ? ` (${encryption.keyBits} bits)` : ''}` : 'unknown',
    first: state.first,
    last: state.last,
  }
}

/** What is known of one IKE SA, and its messages in few words. */
import { cipherName } from './ciphers.ts'
import type { Moment } from './findings.ts'
import type { IkeHeader } from './ike-header.ts'
import type { Listening } from './listening.ts'

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

/** One content under a message ID. */
export interface Content extends Moment {
  readonly digest: number
  readonly exchange: string
  copies: number
  last: Moment
  /** Of a response: which content of the request it was made for. */
  readonly answers?: Content
}

export interface Exchange {
  readonly requests: Content[]
  readonly responses: Content[]
}

type Writable<T> = { -readonly [K in keyof T]: T[K] }

export interface IkeState extends Writable<Omit<IkeSa, 'highestIds' | 'unanswered' | 'encryption'>> {
  readonly highestIds: { initiator: number; responder: number }
  /** By the side that asks, the message ID and the fragment. */
  readonly exchanges: Map<string, Exchange>
  readonly listening: Listening
  readonly ivs: Listening
  encryption: IkeHeader['encryption']
}

/** The original initiator or responder: who sends the request, of this message or that it answers. */
export const asker = ({ fromInitiator, response }: IkeHeader): 'initiator' | 'responder' =>
  fromInitiator !== response ? 'initiator' : 'responder'

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
  const { exchanges, listening: _l, ivs: _i, encryption, ...rest } = state
  const unanswered = [...exchanges.values()].filter(
    ({ requests, responses }) => requests.length > 0 && responses.length === 0,
  ).length
  const cipher = encryption && cipherName(encryption.id)
  return {
    ...rest,
    unanswered,
    encryption: cipher ? `${cipher}${encryption.keyBits ? ` (${encryption.keyBits} bits)` : ''}` : 'unknown',
  }
}

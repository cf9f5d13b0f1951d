/** What a drill does with real gateways, one operation after the other, and how each is told in a line. */
import type { Exchange, Member, Party, Side } from '../../model/constants/parties.ts'

/** What is the same in all copies of an IKE message, in the names of the model. */
export interface MessageName {
  readonly type: 'request' | 'response'
  /** Who asked. */
  readonly initiator: Side
  readonly messageId: number
  readonly exchange: Exchange
  /** Which request for this exchange of that side. */
  readonly task: number
  /** Who executed the request, in a response. */
  readonly by: string
}

/** What a synch message of a gateway can be about, in words that a driver uses for its own channel. */
export const SYNCH_KINDS = ['sas', 'next-request', 'expected-request', 'packets'] as const
export type SynchKind = (typeof SYNCH_KINDS)[number]

export type Operation =
  | { readonly do: 'start' }
  | { readonly do: 'ask'; readonly at: Party; readonly exchange: Exchange }
  /** A message is on the wire, and is held there. */
  | { readonly do: 'await'; readonly message: MessageName; readonly from: Party }
  | { readonly do: 'pass'; readonly message: MessageName; readonly to: Party }
  | { readonly do: 'drop'; readonly message: MessageName }
  | {
      readonly do: 'synch'
      readonly fate: 'pass' | 'drop'
      readonly from: Member
      readonly to: Member
      readonly kinds: readonly SynchKind[]
      /** Of one kind: which it is of all that were told, from 0. */
      readonly place: number
      /** Of several kinds: nothing else is under way, so all that is held is meant. */
      readonly all: boolean
    }
  | { readonly do: 'cut' }
  | {
      readonly do: 'packets'
      readonly from: Party
      readonly to: Party
      readonly count: number
      /** Whether the packets reach their receiver, or are held so that a copy can come later. */
      readonly fate: 'pass' | 'hold'
      readonly accepted: boolean | undefined
    }
  /** A copy of packet `number` of a sender comes to a party. */
  | {
      readonly do: 'copy'
      readonly from: Party
      readonly to: Party
      readonly number: number
      readonly accepted: boolean
    }
  | { readonly do: 'crash'; readonly member: Member }
  | { readonly do: 'takeover'; readonly member: Member }
  | { readonly do: 'handover'; readonly member: Member; readonly to: Member }
  | { readonly do: 'return'; readonly member: Member }
  /** A party gives up, and deletes the IKE SA. */
  | { readonly do: 'gone'; readonly at: Party }

/** A party in words. */
export const partyText = (party: string): string => (party === 'P' ? 'the peer' : `member ${party}`)

/** A message in words: `request 0 of the cluster (createChild c1)`. */
export const messageText = ({ type, initiator, messageId, exchange, task, by }: MessageName): string => {
  const content = `${exchange} ${initiator === 'cluster' ? 'c' : 'p'}${task}`
  const executed = by === 'none' || by === 'P' ? '' : ` by ${by}`
  return type === 'request'
    ? `request ${messageId} of the ${initiator} (${content})`
    : `the answer to request ${messageId} of the ${initiator} (${content}${executed})`
}

/** The same text for the same message. */
export const messageKey = ({ type, initiator, messageId, exchange, task, by }: MessageName): string =>
  `${type} ${initiator} ${messageId} ${exchange} ${task} ${by}`

const outcomeText = (accepted: boolean | undefined): string =>
  accepted === undefined ? '' : accepted ? ', accepted' : ', not accepted'

/** An operation in one line: its verb, and what about. */
export const operationText = (operation: Operation): string => {
  const line = (verb: string, what: string): string => `${verb.padEnd(9)}${what}`
  switch (operation.do) {
    case 'start':
      return line('start', 'an IKE SA and a child SA with the peer; member A acts')
    case 'ask':
      return line('ask', `${partyText(operation.at)} starts ${operation.exchange}`)
    case 'await':
      return line('await', `${messageText(operation.message)} from ${partyText(operation.from)}`)
    case 'pass':
      return line('pass', `${messageText(operation.message)} to ${partyText(operation.to)}`)
    case 'drop':
      return line('drop', messageText(operation.message))
    case 'synch':
      return line(
        operation.fate,
        `synch from ${partyText(operation.from)} to ${partyText(operation.to)}: ${operation.kinds.join(', ')}`,
      )
    case 'cut':
      return line('cut', 'the synch channel')
    case 'packets':
      return line(
        'packets',
        `${operation.count} from ${partyText(operation.from)} to ${partyText(operation.to)}${operation.fate === 'hold' ? ', held on the wire' : ''}${outcomeText(operation.accepted)}`,
      )
    case 'copy':
      return line(
        'copy',
        `packet ${operation.number} of ${partyText(operation.from)} to ${partyText(operation.to)}${outcomeText(operation.accepted)}`,
      )
    case 'crash':
      return line('crash', partyText(operation.member))
    case 'takeover':
      return line('takeover', partyText(operation.member))
    case 'handover':
      return line('handover', `from ${partyText(operation.member)} to ${partyText(operation.to)}`)
    case 'return':
      return line('return', partyText(operation.member))
    case 'gone':
      return line('gone', `${partyText(operation.at)} gives up: it deletes the IKE SA`)
  }
}

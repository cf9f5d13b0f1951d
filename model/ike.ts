/**
 * The IKEv2 message-ID machine of one end, RFC 7296 section 2.1 to 2.3 with a window of 1, and the network
 * between the ends. Members and peer run the same machine; what differs stands in `member.ts` and `peer.ts`.
 *
 * The network is the set of messages that can still arrive. Delivery leaves a message in it, so duplication,
 * reordering and replay cost no action; losing one is an action of its own, without which an old message that
 * could always still arrive would make a doomed SA look alive.
 */
import type { Emit } from '../src/modelling/events.ts'
import { type Constants, type Exchange, probeLimit, type Side } from './constants.ts'
import {
  type ClusterDraft,
  type ClusterView,
  type EndDraft,
  type EndView,
  FIRST_CHILD,
  type IkeMessage,
} from './state.ts'
import type { Party, WireEvents } from './wire.ts'

export type Wire = Emit<WireEvents>

/** What a side can still ask: requests and probes have budgets of their own, and a probe is the last of all. */
export const mayAsk = (constants: Constants, s: ClusterView, side: Side, exchange: Exchange): boolean => {
  if (s.probe[side] !== 'unused') return false
  const { requests, probes } = s.spent[side]
  return exchange === 'createChild'
    ? requests < constants.scope.requests[side]
    : probes < probeLimit(constants, side)
}

/** The exchanges that a side can ever start; an action without any is left out. */
export const exchangesOf = (constants: Constants, side: Side): readonly Exchange[] => [
  ...(constants.scope.requests[side] > 0 ? (['createChild'] as const) : []),
  ...(constants.scope.probes[side] ? (['liveness'] as const) : []),
]

/** Takes the next message ID for a new request with content of its own. */
export const prepareRequest = (d: ClusterDraft, end: EndDraft, side: Side, exchange: Exchange): void => {
  const spent = d.spent[side]
  if (exchange === 'createChild') spent.requests += 1
  else {
    spent.probes += 1
    d.probe[side] = 'sent'
  }
  end.request.exchange = exchange
  end.request.task = exchange === 'createChild' ? spent.requests : spent.probes
  end.nextSend += 1
}

export const isWaiting = (end: EndView): boolean => end.request.exchange !== 'none'

/** The outstanding request of an end, bit-identical each time. */
export const ownRequest = (end: EndView, initiator: Side): IkeMessage => ({
  type: 'request',
  initiator,
  messageId: end.nextSend - 1,
  exchange: end.request.exchange as Exchange,
  task: end.request.task,
  by: 'none',
})

/** The cached answer of an end to the other side's request expects - 1. */
export const cachedAnswer = (end: EndView, initiator: Side): IkeMessage => ({
  type: 'response',
  initiator,
  messageId: end.expects - 1,
  exchange: end.answer.exchange as Exchange,
  task: end.answer.task,
  by: end.answer.by,
})

export const hasRoomFor = (s: ClusterView, { scope }: Constants, message: IkeMessage): boolean =>
  s.network.length < scope.network || s.network.has(message)

/** Puts a message on the wire. */
export const transmit = (
  d: ClusterDraft,
  emit: Wire,
  m: IkeMessage,
  sender: Party,
  receiver: Party,
): void => {
  const { type, initiator, messageId, exchange, task, by } = m
  if (!d.network.has(m)) d.network.add(m)
  emit.ikeSent({ type, initiator, messageId, exchange, task, by, sender, receiver })
}

/** Notes that a party acts upon a message. */
export const received = (emit: Wire, m: IkeMessage, receiver: Party, again = false): void => {
  const { type, initiator, messageId, exchange, task, by } = m
  emit.ikeReceived({ type, initiator, messageId, exchange, task, by, receiver, again })
}

/**
 * Whether `m` is a request of the other side that `end` has not seen: its message ID is the one expected.
 *
 * INTERPRETATION: a request beyond the window is always dropped. An end that takes it and jumps forward would escape some dooms.
 */
export const isNewRequest = (end: EndView, from: Side, m: IkeMessage): boolean =>
  end.sa && m.type === 'request' && m.initiator === from && m.messageId === end.expects

/**
 * Whether `m` repeats the request that `end` answered last and still has the answer to. By message ID alone:
 * RFC 7296 section 2.1 lets the responder recognise a retransmission so.
 *
 * INTERPRETATION: the content is not compared. An end that compares it drops the request instead of answering.
 */
export const isRepeated = (end: EndView, from: Side, m: IkeMessage): boolean =>
  end.sa &&
  m.type === 'request' &&
  m.initiator === from &&
  m.messageId === end.expects - 1 &&
  end.answer.exchange !== 'none'

/**
 * Whether `m` answers the outstanding request of `end`. RFC 7296 section 2.2: message ID and flags decide.
 *
 * INTERPRETATION: an answer of another exchange type is taken as well; an end that checks the type would
 * destroy the IKE SA.
 */
export const isAnswer = (end: EndView, side: Side, m: IkeMessage): boolean =>
  isWaiting(end) && m.type === 'response' && m.initiator === side && m.messageId === end.nextSend - 1

/** Executes a request: the message ID is used up, the answer cached, and a child SA comes into being. */
export const execute = (end: EndDraft, m: IkeMessage, by: Party, child: string): void => {
  end.expects += 1
  end.answer.exchange = m.exchange
  end.answer.task = m.task
  end.answer.by = by
  if (m.exchange === 'createChild') end.children.add(child)
}

/**
 * Takes a response for the answer to the outstanding request, whether or not it truly is.
 *
 * INTERPRETATION: a probe that is taken for answered by the answer to another request does not count as completed. Two empty exchanges could be told apart by nobody but the observer.
 */
export const match = (
  d: ClusterDraft,
  end: EndDraft,
  side: Side,
  m: IkeMessage,
  party: Party,
  emit: Wire,
): void => {
  const { exchange, task } = end.request
  const truly = m.exchange === exchange && m.task === task
  emit.ikeMatched({
    party,
    messageId: m.messageId,
    asked: exchange as Exchange,
    askedTask: task,
    answered: m.exchange,
    answeredTask: m.task,
  })
  if (exchange === 'liveness') d.probe[side] = truly ? 'answered' : 'unused'
  end.request.exchange = 'none'
  end.request.task = 0
  end.retransmitted = 0
}

/** Forgets the IKE SA and everything under it. */
export const forget = (end: EndDraft): void => {
  end.sa = false
  end.nextSend = 0
  end.expects = 0
  end.request.exchange = 'none'
  end.request.task = 0
  end.retransmitted = 0
  end.answer.exchange = 'none'
  end.answer.task = 0
  end.answer.by = 'none'
  end.children.clear()
}

/** Establishes the IKE SA and its first child. */
export const establish = (end: EndDraft): void => {
  end.sa = true
  end.children.add(FIRST_CHILD)
}

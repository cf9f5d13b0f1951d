/**
 * The IKEv2 message-ID machine of one end, RFC 7296 section 2.1 to 2.3, and the network between the ends. Members and
 * peer run the same machine; what differs stands in `../ends/member.ts` and `../ends/peer.ts`, what the exchanges do in `exchanges.ts`.
 *
 * The network is the set of messages that can still arrive. Delivery leaves a message in it, so duplication,
 * reordering and replay cost no action; losing one is an action of its own, without which an old message that
 * could always still arrive would make a doomed SA look alive.
 */
import type { Constants } from '../constants/constants.ts'
import type { Address, Exchange, Party, Side } from '../constants/parties.ts'
import type { PeerProfile } from '../constants/scheme.ts'
import type { Scope } from '../constants/scope.ts'
import type {
  ClusterDraft,
  ClusterView,
  EndView,
  IkeDraft,
  IkeMessage,
  IkeView,
  Place,
  Result,
} from '../state/cluster-state.ts'
import { ikeFields, type Wire } from '../wire/events.ts'

export type { Wire } from '../wire/events.ts'

type Window = Scope['window']

/** The places that a window has. */
export const placesOf = ({ scope }: Constants): readonly Place[] =>
  scope.window === 2 ? ['even', 'odd'] : ['even']

/** Where the request or the answer with this message ID stands. */
export const placeOf = (messageId: number, window: Window): Place =>
  window === 2 && messageId % 2 === 1 ? 'odd' : 'even'

/** The message ID of what stands in a place, if the last ID given out was `last`. */
export const idIn = (place: Place, last: number, window: Window): number =>
  placeOf(last, window) === place ? last : last - 1

/** Whether there is a request that has not been answered. */
export const isWaiting = ({ requests }: IkeView): boolean =>
  requests.even.exchange !== 'none' || requests.odd.exchange !== 'none'

/** Whether an own request of this kind, about this child SA if one is named, has not been answered. */
export const isAsking = (end: EndView, k: string, exchange: Exchange, child?: string): boolean => {
  const { even, odd } = end.ike[k]!.requests
  return (
    (even.exchange === exchange && (child === undefined || even.child === child)) ||
    (odd.exchange === exchange && (child === undefined || odd.child === child))
  )
}

/** RFC 7296 section 2.3: the answers to all requests up to nextSend - window have arrived. */
export const hasFreePlace = (sa: IkeView, window: Window): boolean =>
  sa.requests[placeOf(sa.nextSend, window)].exchange === 'none'

/** The outstanding request in a place, bit-identical each time. */
export const ownRequest = (
  sa: IkeView,
  ike: string,
  initiator: Side,
  place: Place,
  window: Window,
  address: Address = 'V',
): IkeMessage => {
  const { exchange, task, child } = sa.requests[place]
  const messageId = idIn(place, sa.nextSend - 1, window)
  return {
    type: 'request',
    ike,
    initiator,
    messageId,
    address,
    exchange: exchange as Exchange,
    task,
    child,
    by: 'none',
    result: 'done',
  }
}

/** The cached answer in a place. */
export const cachedAnswer = (
  sa: IkeView,
  ike: string,
  initiator: Side,
  place: Place,
  window: Window,
  address: Address = 'V',
): IkeMessage => {
  const { exchange, task, by, result } = sa.answers[place]
  const messageId = idIn(place, sa.expects - 1 + 2 * sa.early, window)
  return {
    type: 'response',
    ike,
    initiator,
    messageId,
    address,
    exchange: exchange as Exchange,
    task,
    child: 'none',
    by,
    result,
  }
}

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
  if (!d.network.has(m)) d.network.add(m)
  emit.ikeSent({ ...ikeFields(m), sender, receiver })
}

/** Notes that a party acts upon a message. */
export const received = (emit: Wire, m: IkeMessage, receiver: Party, again = false): void => {
  emit.ikeReceived({ ...ikeFields(m), receiver, again })
}

/** Whether the request with this message ID has been executed. */
const isExecuted = ({ expects, early }: IkeView, messageId: number): boolean =>
  messageId < expects || (early === 1 && messageId === expects + 1)

/**
 * Whether `m` is a request of the other side that `end` has not seen and takes: its message ID is in the window.
 *
 * INTERPRETATION: a request beyond the window is dropped, except by a peer whose profile says that it is executed.
 */
export const isNewRequest = (
  end: EndView,
  from: Side,
  m: IkeMessage,
  window: Window,
  futureIds: PeerProfile['futureIds'] = 'dropped',
): boolean => {
  const sa = end.ike[m.ike]!
  return (
    sa.sa &&
    m.type === 'request' &&
    m.initiator === from &&
    !isExecuted(sa, m.messageId) &&
    (m.messageId < sa.expects + window || futureIds === 'executed')
  )
}

/**
 * Whether `m` repeats a request that `end` has answered and still has the answer to. By message ID alone: RFC 7296
 * section 2.1 lets the responder recognise a retransmission so.
 *
 * INTERPRETATION: the content is not compared, except by a peer whose profile says so; that one drops the request instead of answering.
 */
export const isRepeated = (
  end: EndView,
  from: Side,
  m: IkeMessage,
  window: Window,
  repeats: PeerProfile['repeats'] = 'byId',
): boolean => {
  const sa = end.ike[m.ike]!
  if (!sa.sa || m.type !== 'request' || m.initiator !== from) return false
  if (!isExecuted(sa, m.messageId) || isExecuted(sa, m.messageId + window)) return false
  if (sa.early === 1 && m.messageId < sa.expects) return false
  const { exchange, task } = sa.answers[placeOf(m.messageId, window)]
  return exchange !== 'none' && (repeats === 'byId' || (exchange === m.exchange && task === m.task))
}

/**
 * Whether `m` answers an outstanding request of `end`. RFC 7296 section 2.2: message ID and flags decide.
 *
 * INTERPRETATION: an answer of another exchange type is taken as well; an end that checks the type would destroy the IKE SA.
 */
export const isAnswer = (end: EndView, side: Side, m: IkeMessage, window: Window): boolean => {
  const sa = end.ike[m.ike]!
  return (
    sa.sa &&
    m.type === 'response' &&
    m.initiator === side &&
    m.messageId < sa.nextSend &&
    m.messageId >= sa.nextSend - window &&
    sa.requests[placeOf(m.messageId, window)].exchange !== 'none'
  )
}

/** Uses up the message ID of a request and caches its answer. */
export const answerWith = (sa: IkeDraft, m: IkeMessage, by: Party, result: Result, window: Window): void => {
  const answer = sa.answers[placeOf(m.messageId, window)]
  answer.exchange = m.exchange
  answer.task = m.task
  answer.by = by
  answer.result = result
  if (m.messageId >= sa.expects + window) {
    // An end that takes what is beyond its window has no answers to what it skipped.
    sa.expects = m.messageId + 1
    sa.early = 0
    if (window === 2) forgetAnswer(sa, placeOf(m.messageId + 1, window))
  } else if (m.messageId > sa.expects) sa.early = 1
  else {
    sa.expects = m.messageId + 1 + sa.early
    sa.early = 0
  }
}

/**
 * Takes a response for the answer to the outstanding request, whether or not it truly is.
 *
 * INTERPRETATION: a probe that is taken for answered by the answer to another request does not count as completed. Two empty exchanges could be told apart by nobody but the observer.
 */
export const match = (
  d: ClusterDraft,
  sa: IkeDraft,
  side: Side,
  m: IkeMessage,
  party: Party,
  emit: Wire,
  window: Window,
): void => {
  const request = sa.requests[placeOf(m.messageId, window)]
  const { exchange, task } = request
  const truly = m.exchange === exchange && m.task === task
  emit.ikeMatched({
    party,
    ike: m.ike,
    messageId: m.messageId,
    asked: exchange as Exchange,
    askedTask: task,
    answered: m.exchange,
    answeredTask: m.task,
  })
  if (exchange === 'liveness') d.probe[side] = truly ? 'answered' : 'unused'
  forgetRequest(sa, placeOf(m.messageId, window))
}

export const forgetRequest = (sa: IkeDraft, place: Place): void => {
  const request = sa.requests[place]
  request.exchange = 'none'
  request.task = 0
  request.child = 'none'
  request.retransmitted = 0
  request.held = 0
}

export const forgetAnswer = (sa: IkeDraft, place: Place): void => {
  const answer = sa.answers[place]
  answer.exchange = 'none'
  answer.task = 0
  answer.by = 'none'
  answer.result = 'done'
  answer.held = 0
}

/** Forgets one IKE SA. */
export const forgetIke = (sa: IkeDraft): void => {
  sa.sa = false
  sa.nextSend = 0
  sa.expects = 0
  sa.early = 0
  for (const place of ['even', 'odd'] as const) {
    forgetRequest(sa, place)
    forgetAnswer(sa, place)
  }
}

/** Whether an end holds the IKE SA that it would use for a new request. */
export const holdsSa = (end: EndView): boolean => end.ike[end.current]!.sa

/** Whether anything that `end` asked or holds back is still under way. */
export const isBusy = (end: EndView, ikes: readonly string[]): boolean =>
  ikes.some((k) => {
    const { requests, answers } = end.ike[k]!
    return (
      isWaiting(end.ike[k]!) ||
      requests.even.held + requests.odd.held + answers.even.held + answers.odd.held > 0
    )
  })

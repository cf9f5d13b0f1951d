/** The members: their end of the IKE SA, and what they tell each other. */
import { type Action, actionsOn } from '../../src/modelling/action.ts'
import { type Constants, type Member, membersOf } from '../constants/constants.ts'
import { hooksOf } from '../extension-points/extensions.ts'
import { ikeSource, takesIke } from '../gateway/addresses.ts'
import { actsOnIke } from '../gateway/roles.ts'
import { asksOn, exchangesOf, mayAsk, prepareRequest } from '../ike/asking.ts'
import { afterMatch, type Change, complete, execute, NO_CHANGE } from '../ike/exchanges.ts'
import {
  answerWith,
  cachedAnswer,
  hasRoomFor,
  isAnswer,
  isNewRequest,
  isRepeated,
  match,
  ownRequest,
  placeOf,
  placesOf,
  received,
  transmit,
  type Wire,
} from '../ike/message-ids.ts'
import {
  type ClusterDraft,
  type ClusterSchema,
  type ClusterView,
  type IkeMessage,
  ikesOf,
  type MemberView,
  type Place,
} from '../state/cluster-state.ts'
import { hasSynchRoom, isDrained, someoneListens } from '../synch/channels.ts'
import { tellBefore, tellOfExchange } from '../synch/telling.ts'
import { network, shows } from '../wire/drawn-messages.ts'
import type { WireEvents } from '../wire/pictures.ts'
import { memberGivesUp } from './giving-up.ts'

/** The IKE actions of the members. */
export const memberActions = (constants: Constants): readonly Action[] => {
  const { scheme, scope } = constants
  const { window } = scope
  const action = actionsOn<ClusterSchema, WireEvents>()
  const at = membersOf(constants)
  const ike = ikesOf(constants)
  const place = placesOf(constants)
  const waits = scheme.synchIke === 'acknowledged'
  const before = scheme.synchIke === 'before'
  /** What is sent is told first, in a step of its own: a member may crash in between. */
  const holds = waits || before
  const hooks = hooksOf(constants).member

  const requestOf = (s: ClusterView, me: Member, k: string, p: Place) =>
    ownRequest(s.member[me].ike[k]!, k, 'cluster', p, window, ikeSource(constants, me))
  const answerOf = (s: ClusterView, me: Member, k: string, p: Place) =>
    cachedAnswer(s.member[me].ike[k]!, k, 'peer', p, window, ikeSource(constants, me))

  const sendRequest = (d: ClusterDraft, emit: Wire, me: Member, k: string, p: Place): void =>
    transmit(d, emit, requestOf(d, me, k, p), me, 'P')

  /**
   * Sends an answer. With the first that goes out the execution can be seen outside, be it sent by the member that
   * executed the request or by one that it told.
   */
  const sendAnswer = (d: ClusterDraft, emit: Wire, me: Member, k: string, p: Place): void => {
    const answer = answerOf(d, me, k, p)
    const { messageId, exchange, task, result } = answer
    const executor = answer.by as Member
    const { ids } = d.answered[k]![executor]
    if (!ids.has(messageId)) hooks.answers?.(d, me, answer, emit)
    if (!ids.has(messageId))
      emit.ikeExecuted({ ike: k, initiator: 'peer', messageId, exchange, task, result, executor, sender: me })
    ids.add(messageId)
    transmit(d, emit, answer, me, 'P')
  }

  /** Whether a gateway that does not look at message IDs executes a request that it has executed before. */
  const isTakenAgain = (me: MemberView, m: IkeMessage): boolean =>
    scheme.requestIds === 'unchecked' && me.ike[m.ike]!.sa && m.type === 'request' && m.initiator === 'peer'

  /** What is held back can go out: everybody has taken every synch message, where that is waited for. */
  const mayRelease = (s: ClusterView, me: Member): boolean =>
    actsOnIke(s, me) && (!waits || isDrained(s, constants, me)) && s.network.length < scope.network

  const asks = action('ClusterAsks', {
    choose: { at, exchange: exchangesOf(constants, 'cluster') },
    guard: (s, { at, exchange }) =>
      actsOnIke(s, at) &&
      mayAsk(constants, s, s.member[at], 'cluster', exchange) &&
      (!hooks.mayAsk || hooks.mayAsk(s, at, { ike: asksOn(s.member[at], exchange), exchange })) &&
      s.network.length < scope.network &&
      hasSynchRoom(s, constants, at),
    effect: (d, { at, exchange }, emit) => {
      const me = d.member[at]
      const { ike: k, messageId } = prepareRequest(d, me, 'cluster', exchange, constants)
      const p = placeOf(messageId, window)
      hooks.asks?.(d, at, { ike: k, exchange, messageId }, emit)
      if (holds && someoneListens(d, constants, at)) {
        me.ike[k]!.requests[p].held = 1
        if (before) tellBefore(d, emit, constants, at, k, 'nextSend')
        else tellOfExchange(d, emit, constants, at, k, NO_CHANGE, 'nextSend')
      } else sendRequest(d, emit, at, k, p)
    },
  })

  const releasesRequest = action('ClusterReleasesRequest', {
    choose: { at, ike, place },
    guard: (s, { at, ike, place }) => s.member[at].ike[ike]!.requests[place].held > 0 && mayRelease(s, at),
    effect: (d, { at, ike, place }, emit) => {
      d.member[at].ike[ike]!.requests[place].held = 0
      sendRequest(d, emit, at, ike, place)
    },
  })

  const retransmits = action('ClusterRetransmits', {
    choose: { at, ike, place },
    guard: (s, { at, ike, place }) => {
      const sa = s.member[at].ike[ike]!
      const { exchange, held, retransmitted } = sa.requests[place]
      if (exchange === 'none' || held > 0 || !actsOnIke(s, at)) return false
      if (hooks.mayRetransmit && !hooks.mayRetransmit(s, at, ike)) return false
      const request = requestOf(s, at, ike, place)
      return retransmitted < scope.retransmissions
        ? hasRoomFor(s, constants, request)
        : !s.network.has(request) && s.network.length < scope.network
    },
    effect: (d, { at, ike, place }, emit) => {
      const request = d.member[at].ike[ike]!.requests[place]
      if (request.retransmitted < scope.retransmissions) request.retransmitted += 1
      sendRequest(d, emit, at, ike, place)
    },
  })

  const givesUp = action('ClusterGivesUp', {
    fault: true,
    choose: { at, ike, place },
    guard: (s, { at, ike, place }) => {
      const { exchange, held, retransmitted } = s.member[at].ike[ike]!.requests[place]
      return (
        exchange !== 'none' &&
        held === 0 &&
        retransmitted === scope.retransmissions &&
        actsOnIke(s, at) &&
        (!hooks.mayGiveUp || hooks.mayGiveUp(s, at, ike)) &&
        hasSynchRoom(s, constants, at)
      )
    },
    effect: (d, { at, ike }, emit) => {
      hooks.givesUp?.(d, at, ike, emit)
      memberGivesUp(d, emit, constants, at, ike)
    },
  })

  /** Responses that answer nothing are dropped: no change of state, so no action. */
  const receivesAnswer = action('ClusterReceivesAnswer', {
    choose: { at, m: network },
    shows,
    guard: (s, { at, m }) => {
      const me = s.member[at]
      return (
        actsOnIke(s, at) &&
        takesIke(constants, at, m.address) &&
        isAnswer(me, 'cluster', m, window) &&
        (!hooks.mayReceive || hooks.mayReceive(s, at, m)) &&
        me.ike[m.ike]!.requests[placeOf(m.messageId, window)].held === 0 &&
        hasSynchRoom(s, constants, at)
      )
    },
    effect: (d, { at, m }, emit) => {
      const me = d.member[at]
      const change: Change = { ...NO_CHANGE }
      received(emit, m, at)
      hooks.receives?.(d, at, m, emit)
      complete(d, me, 'cluster', m, constants, change)
      match(d, me.ike[m.ike]!, 'cluster', m, at, emit, window)
      afterMatch(me, change)
      tellOfExchange(d, emit, constants, at, m.ike, change, 'nextSend')
    },
  })

  /**
   * A request is processed. What is told before that, is told in the same step: nobody outside sees the processing
   * before the answer, which is a step of its own.
   */
  const receivesRequest = action('ClusterReceivesRequest', {
    choose: { at, m: network },
    shows,
    guard: (s, { at, m }) => {
      const me = s.member[at]
      return (
        actsOnIke(s, at) &&
        takesIke(constants, at, m.address) &&
        (isNewRequest(me, 'peer', m, window) || isTakenAgain(me, m)) &&
        (!hooks.mayReceive || hooks.mayReceive(s, at, m)) &&
        me.ike[m.ike]!.answers[placeOf(m.messageId, window)].held === 0 &&
        s.network.length < scope.network &&
        hasSynchRoom(s, constants, at, before ? 2 : 1)
      )
    },
    effect: (d, { at, m }, emit) => {
      const me = d.member[at]
      const { ike: k, messageId } = m
      const p = placeOf(messageId, window)
      const change: Change = { ...NO_CHANGE }
      received(emit, m, at)
      hooks.receives?.(d, at, m, emit)
      const result = execute(d, me, 'peer', m, at, change)
      hooks.executes?.(d, at, m, emit)
      // An execution of its own, whatever this member executed before it crashed.
      d.answered[k]![at].ids.delete(messageId)
      answerWith(me.ike[k]!, m, at, result, window)
      if (before) tellBefore(d, emit, constants, at, k, 'expects')
      if (holds && someoneListens(d, constants, at)) me.ike[k]!.answers[p].held = 1
      else sendAnswer(d, emit, at, k, p)
      tellOfExchange(d, emit, constants, at, k, change, 'expects')
    },
  })

  const releasesAnswer = action('ClusterReleasesAnswer', {
    choose: { at, ike, place },
    guard: (s, { at, ike, place }) => s.member[at].ike[ike]!.answers[place].held > 0 && mayRelease(s, at),
    effect: (d, { at, ike, place }, emit) => {
      const answer = d.member[at].ike[ike]!.answers[place]
      answer.held = 0
      sendAnswer(d, emit, at, ike, place)
    },
  })

  /** RFC 7296 section 2.1: a retransmitted request is answered from the cache and not executed again. */
  const answersAgain = action('ClusterAnswersAgain', {
    choose: { at, m: network },
    shows,
    guard: (s, { at, m }) => {
      const me = s.member[at]
      if (!actsOnIke(s, at) || !takesIke(constants, at, m.address)) return false
      if (!isRepeated(me, 'peer', m, window) || isTakenAgain(me, m)) return false
      if (hooks.mayReceive && !hooks.mayReceive(s, at, m)) return false
      const sa = me.ike[m.ike]!
      const p = placeOf(m.messageId, window)
      return (
        sa.answers[p].held === 0 &&
        s.network.length < scope.network &&
        !s.network.has(answerOf(s, at, m.ike, p))
      )
    },
    effect: (d, { at, m }, emit) => {
      const { ike: k, messageId } = m
      received(emit, m, at, true)
      sendAnswer(d, emit, at, k, placeOf(messageId, window))
    },
  })

  const asking = exchangesOf(constants, 'cluster').length > 0
  const asked = exchangesOf(constants, 'peer').length > 0
  return [
    ...(asking ? [asks, ...(holds ? [releasesRequest] : []), receivesAnswer, retransmits, givesUp] : []),
    ...(asked ? [receivesRequest, ...(holds ? [releasesAnswer] : []), answersAgain] : []),
  ]
}

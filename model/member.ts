/** The active member: its end of the IKE SA, what it tells the standby, and its ESP packets. */
import { type Action, actionsOn } from '../src/modelling/action.ts'
import type { Constants } from './constants.ts'
import {
  cachedAnswer,
  exchangesOf,
  execute,
  forget,
  hasRoomFor,
  isAnswer,
  isNewRequest,
  isRepeated,
  isWaiting,
  match,
  mayAsk,
  ownRequest,
  prepareRequest,
  received,
  transmit,
  type Wire,
} from './ike.ts'
import { type ClusterDraft, type ClusterSchema, type ClusterView, childOf, type MemberView } from './state.ts'
import { hasSynchRoom, standbyListens, tell } from './synch.ts'
import type { WireEvents } from './wire.ts'

/** The active member, if it is up and holds the IKE SA. */
const acting = (s: ClusterView): MemberView | undefined => {
  const me = s.member[s.active]
  return me.up && me.sa ? me : undefined
}

/** The actions of the active member. */
export const memberActions = (constants: Constants): readonly Action[] => {
  const { scheme, scope } = constants
  const action = actionsOn<ClusterSchema, WireEvents>()
  const slots = Array.from({ length: scope.network }, (_, slot) => slot)
  const acknowledged = scheme.synchIke === 'acknowledged'

  const sendRequest = (d: ClusterDraft, emit: Wire): void =>
    transmit(d, emit, ownRequest(d.member[d.active], 'cluster'), d.active, 'P')

  /** Tells the standby of a finished exchange what the scheme wants it to know; `child` is the SA it made, or none. */
  const tellOfExchange = (d: ClusterDraft, emit: Wire, child: string): void => {
    if (scheme.synchIke !== 'never') tell(d, emit, constants, 'exchange', child)
    else if (scheme.synchSas && child !== 'none') tell(d, emit, constants, 'child', child)
  }

  /** Whether the packet with this number makes the member tell its ESP counter. */
  const endsPeriod = (sequenceNumber: number): boolean =>
    scheme.espPeriod > 0 && sequenceNumber % scheme.espPeriod === 0

  /** Whether the standby keeps up: no packet that is due to be told overtakes more messages than it may leave unread. */
  const keepsUp = (s: ClusterView): boolean => {
    let unread = 0
    for (let i = 0; i < s.synch.length; i++) if (s.synch.at(i)!.about === 'packets') unread += 1
    return unread < scheme.espUnread && hasSynchRoom(s, constants)
  }

  /**
   * Sends the answer to request expects - 1. With it the execution can be seen outside; an answer sent `again` shows
   * one only if the member that executed the request failed before it could send what it told the standby.
   */
  const sendAnswer = (d: ClusterDraft, emit: Wire, again = false): void => {
    const answer = cachedAnswer(d.member[d.active], 'peer')
    const { messageId, exchange, task } = answer
    if (!again || d.answered <= messageId)
      emit.ikeExecuted({ initiator: 'peer', messageId, exchange, task, executor: d.active })
    d.answered = Math.max(d.answered, messageId + 1)
    transmit(d, emit, answer, d.active, 'P')
  }

  /** The cluster starts an exchange: RFC 7296 section 2.3, one at a time. */
  const asks = action('ClusterAsks', {
    choose: { exchange: exchangesOf(constants, 'cluster') },
    guard: (s, { exchange }) => {
      const me = acting(s)
      return (
        me !== undefined &&
        !isWaiting(me) &&
        mayAsk(constants, s, 'cluster', exchange) &&
        s.network.length < scope.network &&
        hasSynchRoom(s, constants)
      )
    },
    effect: (d, { exchange }, emit) => {
      const me = d.member[d.active]
      prepareRequest(d, me, 'cluster', exchange)
      if (acknowledged && standbyListens(d)) {
        me.holdsRequest = true
        tell(d, emit, constants, 'exchange')
      } else sendRequest(d, emit)
    },
  })

  /** What was held back goes out once the standby has taken every synch message. */
  const releasesRequest = action('ClusterReleasesRequest', {
    guard: (s) =>
      acting(s)?.holdsRequest === true && s.synch.length === 0 && s.network.length < scope.network,
    effect: (d, _, emit) => {
      d.member[d.active].holdsRequest = false
      sendRequest(d, emit)
    },
  })

  const retransmits = action('ClusterRetransmits', {
    guard: (s) => {
      const me = acting(s)
      if (me === undefined || !isWaiting(me) || me.holdsRequest) return false
      const request = ownRequest(me, 'cluster')
      return me.retransmitted < scope.retransmissions
        ? hasRoomFor(s, constants, request)
        : !s.network.has(request) && s.network.length < scope.network
    },
    effect: (d, _, emit) => {
      const me = d.member[d.active]
      if (me.retransmitted < scope.retransmissions) me.retransmitted += 1
      sendRequest(d, emit)
    },
  })

  const givesUp = action('ClusterGivesUp', {
    guard: (s) => {
      const me = acting(s)
      return (
        me !== undefined &&
        isWaiting(me) &&
        !me.holdsRequest &&
        me.retransmitted === scope.retransmissions &&
        hasSynchRoom(s, constants)
      )
    },
    effect: (d, _, emit) => {
      const me = d.member[d.active]
      emit.gaveUp({ party: d.active })
      forget(me)
      me.holdsRequest = false
      me.holdsAnswer = false
      d.gaveUp = true
      if (scheme.synchSas) tell(d, emit, constants, 'gone')
    },
  })

  /** Responses that answer nothing are dropped: no change of state, so no action. */
  const receivesAnswer = action('ClusterReceivesAnswer', {
    choose: { slot: slots },
    guard: (s, { slot }) => {
      const me = acting(s)
      const m = s.network.at(slot)
      return (
        me !== undefined &&
        m !== undefined &&
        !me.holdsRequest &&
        isAnswer(me, 'cluster', m) &&
        hasSynchRoom(s, constants)
      )
    },
    effect: (d, { slot }, emit) => {
      const me = d.member[d.active]
      const m = d.network.at(slot)!
      const made = me.request.exchange === 'createChild' && m.exchange === 'createChild'
      const child = made ? childOf('cluster', me.request.task, 'P') : 'none'
      received(emit, m, d.active)
      match(d, me, 'cluster', m, d.active, emit)
      if (child !== 'none') me.children.add(child)
      tellOfExchange(d, emit, child)
    },
  })

  const receivesRequest = action('ClusterReceivesRequest', {
    choose: { slot: slots },
    guard: (s, { slot }) => {
      const me = acting(s)
      const m = s.network.at(slot)
      return (
        me !== undefined &&
        m !== undefined &&
        !me.holdsAnswer &&
        isNewRequest(me, 'peer', m) &&
        s.network.length < scope.network &&
        hasSynchRoom(s, constants)
      )
    },
    effect: (d, { slot }, emit) => {
      const me = d.member[d.active]
      const m = d.network.at(slot)!
      const child = childOf('peer', m.task, d.active)
      const made = m.exchange === 'createChild' ? child : 'none'
      received(emit, m, d.active)
      execute(me, m, d.active, child)
      if (acknowledged && standbyListens(d)) {
        me.holdsAnswer = true
        tell(d, emit, constants, 'exchange', made)
        return
      }
      sendAnswer(d, emit)
      tellOfExchange(d, emit, made)
    },
  })

  const releasesAnswer = action('ClusterReleasesAnswer', {
    guard: (s) => acting(s)?.holdsAnswer === true && s.synch.length === 0 && s.network.length < scope.network,
    effect: (d, _, emit) => {
      d.member[d.active].holdsAnswer = false
      sendAnswer(d, emit)
    },
  })

  /** RFC 7296 section 2.1: a retransmitted request is answered from the cache and not executed again. */
  const answersAgain = action('ClusterAnswersAgain', {
    choose: { slot: slots },
    guard: (s, { slot }) => {
      const me = acting(s)
      const m = s.network.at(slot)
      return (
        me !== undefined &&
        m !== undefined &&
        !me.holdsAnswer &&
        isRepeated(me, 'peer', m) &&
        s.network.length < scope.network &&
        !s.network.has(cachedAnswer(me, 'peer'))
      )
    },
    effect: (d, { slot }, emit) => {
      received(emit, d.network.at(slot)!, d.active, true)
      sendAnswer(d, emit, true)
    },
  })

  /** RFC 4303 section 3.3.3: the sender increments, then sends. */
  const sendsPacket = action('ClusterSendsPacket', {
    guard: (s) => {
      const me = acting(s)
      return (
        me !== undefined &&
        s.spent.packets < scope.packets &&
        (!endsPeriod(me.sent + 1) || !standbyListens(s) || keepsUp(s))
      )
    },
    effect: (d, _, emit) => {
      const me = d.member[d.active]
      d.spent.packets += 1
      me.sent += 1
      if (scheme.iv === 'counter') me.ivs += 1
      emit.espSent({
        sender: d.active,
        sequenceNumber: me.sent,
        iv: scheme.iv === 'counter' ? me.ivs : me.sent,
      })
      if (endsPeriod(me.sent)) tell(d, emit, constants, 'packets')
    },
  })

  const asking = exchangesOf(constants, 'cluster').length > 0
  const asked = exchangesOf(constants, 'peer').length > 0
  return [
    ...(asking
      ? [asks, ...(acknowledged ? [releasesRequest] : []), receivesAnswer, retransmits, givesUp]
      : []),
    ...(asked ? [receivesRequest, ...(acknowledged ? [releasesAnswer] : []), answersAgain] : []),
    ...(scope.packets > 0 ? [sendsPacket] : []),
  ]
}

/** The peer: an unmodified IKEv2 end that knows of one gateway and one IKE SA. */
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
} from './ike.ts'
import { type ClusterSchema, childOf } from './state.ts'
import type { WireEvents } from './wire.ts'

/** The actions of the peer. */
export const peerActions = (constants: Constants): readonly Action[] => {
  const { scope } = constants
  const action = actionsOn<ClusterSchema, WireEvents>()
  const slots = Array.from({ length: scope.network }, (_, slot) => slot)

  const asks = action('PeerAsks', {
    choose: { exchange: exchangesOf(constants, 'peer') },
    guard: (s, { exchange }) =>
      s.peer.sa &&
      !isWaiting(s.peer) &&
      mayAsk(constants, s, 'peer', exchange) &&
      s.network.length < scope.network,
    effect: (d, { exchange }, emit) => {
      prepareRequest(d, d.peer, 'peer', exchange)
      transmit(d, emit, ownRequest(d.peer, 'peer'), 'P', d.active)
    },
  })

  const retransmits = action('PeerRetransmits', {
    guard: (s) => {
      if (!isWaiting(s.peer)) return false
      const request = ownRequest(s.peer, 'peer')
      return s.peer.retransmitted < scope.retransmissions
        ? hasRoomFor(s, constants, request)
        : !s.network.has(request) && s.network.length < scope.network
    },
    effect: (d, _, emit) => {
      if (d.peer.retransmitted < scope.retransmissions) d.peer.retransmitted += 1
      transmit(d, emit, ownRequest(d.peer, 'peer'), 'P', d.active)
    },
  })

  const givesUp = action('PeerGivesUp', {
    guard: (s) => isWaiting(s.peer) && s.peer.retransmitted === scope.retransmissions,
    effect: (d, _, emit) => {
      emit.gaveUp({ party: 'P' })
      forget(d.peer)
      d.gaveUp = true
    },
  })

  const receivesAnswer = action('PeerReceivesAnswer', {
    choose: { slot: slots },
    guard: (s, { slot }) => {
      const m = s.network.at(slot)
      return m !== undefined && isAnswer(s.peer, 'peer', m)
    },
    effect: (d, { slot }, emit) => {
      const m = d.network.at(slot)!
      const made = d.peer.request.exchange === 'createChild' && m.exchange === 'createChild'
      if (made) d.peer.children.add(childOf('peer', m.task, m.by))
      received(emit, m, 'P')
      match(d, d.peer, 'peer', m, 'P', emit)
    },
  })

  const receivesRequest = action('PeerReceivesRequest', {
    choose: { slot: slots },
    guard: (s, { slot }) => {
      const m = s.network.at(slot)
      return m !== undefined && isNewRequest(s.peer, 'cluster', m) && s.network.length < scope.network
    },
    effect: (d, { slot }, emit) => {
      const m = d.network.at(slot)!
      const { messageId, exchange, task } = m
      received(emit, m, 'P')
      execute(d.peer, m, 'P', childOf('cluster', task, 'P'))
      emit.ikeExecuted({ initiator: 'cluster', messageId, exchange, task, executor: 'P' })
      transmit(d, emit, cachedAnswer(d.peer, 'cluster'), 'P', d.active)
    },
  })

  const answersAgain = action('PeerAnswersAgain', {
    choose: { slot: slots },
    guard: (s, { slot }) => {
      const m = s.network.at(slot)
      return (
        m !== undefined &&
        isRepeated(s.peer, 'cluster', m) &&
        s.network.length < scope.network &&
        !s.network.has(cachedAnswer(s.peer, 'cluster'))
      )
    },
    effect: (d, { slot }, emit) => {
      received(emit, d.network.at(slot)!, 'P', true)
      transmit(d, emit, cachedAnswer(d.peer, 'cluster'), 'P', d.active)
    },
  })

  const asking = exchangesOf(constants, 'peer').length > 0
  const asked = exchangesOf(constants, 'cluster').length > 0
  return [
    ...(asking ? [asks, receivesAnswer, retransmits, givesUp] : []),
    ...(asked ? [receivesRequest, answersAgain] : []),
  ]
}

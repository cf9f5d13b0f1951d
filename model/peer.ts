/** The peer: an IKEv2 end that knows of one gateway, by default an unmodified one that follows RFC 7296. */
import { type Action, actionsOn } from '../src/modelling/action.ts'
import { acceptsFrom, follow } from './addresses.ts'
import { exchangesOf, mayAsk, prepareRequest } from './asking.ts'
import type { Constants } from './constants.ts'
import { afterMatch, type Change, complete, execute, giveUp, NO_CHANGE } from './exchanges.ts'
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
} from './ike.ts'
import { addressee } from './roles.ts'
import {
  type ClusterDraft,
  type ClusterSchema,
  type ClusterView,
  type IkeMessage,
  ikesOf,
  type Place,
} from './state.ts'
import type { WireEvents } from './wire.ts'

/** The actions of the peer. */
export const peerActions = (constants: Constants): readonly Action[] => {
  const { scheme, scope } = constants
  const { window } = scope
  const action = actionsOn<ClusterSchema, WireEvents>()
  const ike = ikesOf(constants)
  const place = placesOf(constants)
  const slot = Array.from({ length: scope.network }, (_, i) => i)

  const send = (d: ClusterDraft, emit: Wire, m: IkeMessage): void =>
    transmit(d, emit, m, 'P', addressee(d, constants, m.address))

  const requestOf = (s: ClusterView, k: string, p: Place): IkeMessage =>
    ownRequest(s.peer.ike[k]!, k, 'peer', p, window, s.gateway.address)

  /** The cached answer to a request, to the address that the request came from. */
  const answerTo = (s: ClusterView, m: IkeMessage): IkeMessage =>
    cachedAnswer(s.peer.ike[m.ike]!, m.ike, 'cluster', placeOf(m.messageId, window), window, m.address)

  /** What the peer learns from the address that a message comes from. */
  const notes = (d: ClusterDraft, emit: Wire, m: IkeMessage): void =>
    follow(d, constants, m.address, (address, packets) => emit.gatewayMoved({ address, packets }))

  const asks = action('PeerAsks', {
    choose: { exchange: exchangesOf(constants, 'peer') },
    guard: (s, { exchange }) =>
      mayAsk(constants, s, s.peer, 'peer', exchange) && s.network.length < scope.network,
    effect: (d, { exchange }, emit) => {
      const { ike: k, messageId } = prepareRequest(d, d.peer, 'peer', exchange, constants)
      send(d, emit, requestOf(d, k, placeOf(messageId, window)))
    },
  })

  const retransmits = action('PeerRetransmits', {
    choose: { ike, place },
    guard: (s, { ike, place }) => {
      const sa = s.peer.ike[ike]!
      const { exchange, retransmitted } = sa.requests[place]
      if (exchange === 'none') return false
      const request = requestOf(s, ike, place)
      return retransmitted < scope.retransmissions
        ? hasRoomFor(s, constants, request)
        : !s.network.has(request) && s.network.length < scope.network
    },
    effect: (d, { ike, place }, emit) => {
      const request = d.peer.ike[ike]!.requests[place]
      if (request.retransmitted < scope.retransmissions) request.retransmitted += 1
      send(d, emit, requestOf(d, ike, place))
    },
  })

  const givesUp = action('PeerGivesUp', {
    fault: true,
    choose: { ike, place },
    guard: (s, { ike, place }) => {
      const { exchange, retransmitted } = s.peer.ike[ike]!.requests[place]
      return exchange !== 'none' && retransmitted === scope.retransmissions
    },
    effect: (d, { ike }, emit) => {
      emit.gaveUp({ party: 'P', ike })
      giveUp(constants, d.peer, ike)
      d.gaveUp = true
    },
  })

  const receivesAnswer = action('PeerReceivesAnswer', {
    choose: { slot },
    guard: (s, { slot }) => {
      const m = s.network.at(slot)
      return m !== undefined && acceptsFrom(s, constants, m.address) && isAnswer(s.peer, 'peer', m, window)
    },
    effect: (d, { slot }, emit) => {
      const m = d.network.at(slot)!
      const change: Change = { ...NO_CHANGE }
      received(emit, m, 'P')
      notes(d, emit, m)
      complete(d, d.peer, 'peer', m, constants, change)
      match(d, d.peer.ike[m.ike]!, 'peer', m, 'P', emit, window)
      afterMatch(d.peer, change)
    },
  })

  const receivesRequest = action('PeerReceivesRequest', {
    choose: { slot },
    guard: (s, { slot }) => {
      const m = s.network.at(slot)
      return (
        m !== undefined &&
        acceptsFrom(s, constants, m.address) &&
        isNewRequest(s.peer, 'cluster', m, window, scheme.peer.futureIds) &&
        s.network.length < scope.network
      )
    },
    effect: (d, { slot }, emit) => {
      const m = d.network.at(slot)!
      const { ike: k, messageId, address, exchange, task } = m
      const sa = d.peer.ike[k]!
      received(emit, m, 'P')
      notes(d, emit, m)
      const result = execute(d, d.peer, 'cluster', m, 'P', { ...NO_CHANGE })
      answerWith(sa, m, 'P', result, window)
      emit.ikeExecuted({
        ike: k,
        initiator: 'cluster',
        messageId,
        exchange,
        task,
        result,
        executor: 'P',
        sender: 'P',
      })
      send(d, emit, cachedAnswer(sa, k, 'cluster', placeOf(messageId, window), window, address))
    },
  })

  const answersAgain = action('PeerAnswersAgain', {
    choose: { slot },
    guard: (s, { slot }) => {
      const m = s.network.at(slot)
      if (m === undefined || !isRepeated(s.peer, 'cluster', m, window, scheme.peer.repeats)) return false
      if (!acceptsFrom(s, constants, m.address)) return false
      const answer = answerTo(s, m)
      return s.network.length < scope.network && !s.network.has(answer)
    },
    effect: (d, { slot }, emit) => {
      const m = d.network.at(slot)!
      const answer = answerTo(d, m)
      received(emit, m, 'P', true)
      send(d, emit, answer)
    },
  })

  const asking = exchangesOf(constants, 'peer').length > 0
  const asked = exchangesOf(constants, 'cluster').length > 0
  return [
    ...(asking ? [asks, receivesAnswer, retransmits, givesUp] : []),
    ...(asked ? [receivesRequest, answersAgain] : []),
  ]
}

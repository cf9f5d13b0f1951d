/** The peer: an IKEv2 end that knows of one gateway, by default an unmodified one that follows RFC 7296. */
import { type Action, actionsOn } from '../../src/modelling/action.ts'
import type { Constants } from '../constants/constants.ts'
import { hooksOf } from '../extension-points/extensions.ts'
import { acceptsFrom, follow } from '../gateway/addresses.ts'
import { addressee } from '../gateway/roles.ts'
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
  type Place,
} from '../state/cluster-state.ts'
import { network, shows } from '../wire/drawn-messages.ts'
import type { WireEvents } from '../wire/pictures.ts'
import { givesUp as givesUpAt } from './giving-up.ts'

/** The actions of the peer. */
export const peerActions = (constants: Constants): readonly Action[] => {
  const { scheme, scope } = constants
  const { window } = scope
  const action = actionsOn<ClusterSchema, WireEvents>()
  const ike = ikesOf(constants)
  const place = placesOf(constants)
  const hooks = hooksOf(constants).peer

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
      mayAsk(constants, s, s.peer, 'peer', exchange) &&
      (!hooks.mayAsk || hooks.mayAsk(s, 'P', { ike: asksOn(s.peer, exchange), exchange })) &&
      s.network.length < scope.network,
    effect: (d, { exchange }, emit) => {
      const { ike: k, messageId } = prepareRequest(d, d.peer, 'peer', exchange, constants)
      hooks.asks?.(d, 'P', { ike: k, exchange, messageId }, emit)
      send(d, emit, requestOf(d, k, placeOf(messageId, window)))
    },
  })

  const retransmits = action('PeerRetransmits', {
    choose: { ike, place },
    guard: (s, { ike, place }) => {
      const sa = s.peer.ike[ike]!
      const { exchange, retransmitted } = sa.requests[place]
      if (exchange === 'none' || (hooks.mayRetransmit && !hooks.mayRetransmit(s, 'P', ike))) return false
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
      return (
        exchange !== 'none' &&
        retransmitted === scope.retransmissions &&
        (!hooks.mayGiveUp || hooks.mayGiveUp(s, 'P', ike))
      )
    },
    effect: (d, { ike }, emit) => {
      hooks.givesUp?.(d, 'P', ike, emit)
      givesUpAt(d, emit, constants, 'P', ike)
    },
  })

  const receivesAnswer = action('PeerReceivesAnswer', {
    choose: { m: network },
    shows,
    guard: (s, { m }) => {
      return (
        acceptsFrom(s, constants, m.address) &&
        isAnswer(s.peer, 'peer', m, window) &&
        (!hooks.mayReceive || hooks.mayReceive(s, 'P', m))
      )
    },
    effect: (d, { m }, emit) => {
      const change: Change = { ...NO_CHANGE }
      received(emit, m, 'P')
      notes(d, emit, m)
      hooks.receives?.(d, 'P', m, emit)
      complete(d, d.peer, 'peer', m, constants, change)
      match(d, d.peer.ike[m.ike]!, 'peer', m, 'P', emit, window)
      afterMatch(d.peer, change)
    },
  })

  const receivesRequest = action('PeerReceivesRequest', {
    choose: { m: network },
    shows,
    guard: (s, { m }) => {
      return (
        acceptsFrom(s, constants, m.address) &&
        isNewRequest(s.peer, 'cluster', m, window, scheme.peer.futureIds) &&
        (!hooks.mayReceive || hooks.mayReceive(s, 'P', m)) &&
        s.network.length < scope.network
      )
    },
    effect: (d, { m }, emit) => {
      const { ike: k, messageId, address, exchange, task } = m
      const sa = d.peer.ike[k]!
      received(emit, m, 'P')
      notes(d, emit, m)
      hooks.receives?.(d, 'P', m, emit)
      const result = execute(d, d.peer, 'cluster', m, 'P', { ...NO_CHANGE })
      hooks.executes?.(d, 'P', m, emit)
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
      const answer = cachedAnswer(sa, k, 'cluster', placeOf(messageId, window), window, address)
      hooks.answers?.(d, 'P', answer, emit)
      send(d, emit, answer)
    },
  })

  const answersAgain = action('PeerAnswersAgain', {
    choose: { m: network },
    shows,
    guard: (s, { m }) => {
      if (!isRepeated(s.peer, 'cluster', m, window, scheme.peer.repeats)) return false
      if (!acceptsFrom(s, constants, m.address)) return false
      if (hooks.mayReceive && !hooks.mayReceive(s, 'P', m)) return false
      const answer = answerTo(s, m)
      return s.network.length < scope.network && !s.network.has(answer)
    },
    effect: (d, { m }, emit) => {
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

/**
 * The state of the cluster, its peer, the network between them and the synch channels between its members.
 *
 * One IKE SA is followed from the moment it and its first child SA are established, so message IDs start at 0
 * in both directions; rekeying it makes further ones. ESP is followed on the first child SA and what stands for it.
 */
import type { Draft, View } from '../../src/modelling/draft.ts'
import {
  bag,
  bool,
  each,
  type Fields,
  oneOf,
  onlyIf,
  queue,
  range,
  record,
  setOf,
} from '../../src/modelling/schema.ts'
import { addressesOf } from '../constants/addressing.ts'
import { requestLimit, startsOf } from '../constants/budgets.ts'
import { type Constants, membersOf } from '../constants/constants.ts'
import { type Address, EXCHANGE, type Exchange, type Member, SIDE, type Side } from '../constants/parties.ts'
import { espState } from './esp-counters.ts'
import { hasOwn, withMessages, withOwn } from './own-state.ts'
import { childRequests, childrenOf, FIRST_CHILD, ikesOf, trafficSasOf } from './sas.ts'
import { hasSpis, knownSpis, spisOf } from './spis.ts'

export {
  childOf,
  childrenOf,
  FIRST_CHILD,
  FIRST_IKE,
  ikeOf,
  ikesOf,
  ownChildOf,
  RENEWED_CHILD,
  RENEWED_IKE,
  trafficSasOf,
} from './sas.ts'

/** What a synch message can be about; SPIs last. */
const SPI_ABOUT = ['taken', 'freed', 'asked', 'granted'] as const
const ABOUT = ['sas', 'exchange', 'packets', 'jump', 'gone', 'lock', 'extension', ...SPI_ABOUT] as const
export type SpiAbout = (typeof SPI_ABOUT)[number]
export type About = (typeof ABOUT)[number]

/** Which counters of an IKE SA a synch message is about. */
const COUNTERS = ['both', 'nextSend', 'expects'] as const
export type Counters = (typeof COUNTERS)[number]

/** The places for outstanding requests and cached answers: message ID n stands in place n modulo the window. */
export const PLACE = ['even', 'odd'] as const
export type Place = (typeof PLACE)[number]

/** What became of a request: RFC 7296 sections 2.25.1 and 2.25.2. */
export const RESULT = ['done', 'notFound', 'later'] as const
export type Result = (typeof RESULT)[number]

/** The most messages by which a member that begins to carry traffic tells the others of its jumps. */
export const jumpMessages = (constants: Constants): number => {
  const { jump, tellsJump } = constants.scheme.esp
  return constants.scope.esp.outbound > 0 && jump !== 0 && tellsJump ? trafficSasOf(constants).length : 0
}

/** The most messages by which a member that takes over tells the others of it. */
export const takeoverMessages = (constants: Constants): number =>
  jumpMessages(constants) + (constants.scheme.retells ? ikesOf(constants).length : 0)

/**
 * Messages that a channel holds: one more where a request that is taken is told in two, its counter and what it changed;
 * and at least what a member tells at once.
 */
export const synchCapacity = (constants: Constants): number =>
  Math.max(
    constants.scope.synch + (constants.scheme.synchIke === 'before' ? 1 : 0),
    takeoverMessages(constants),
  )

/** The channels between members: from the first to the second. */
export const channelsOf = (constants: Constants): readonly string[] => {
  const members = membersOf(constants)
  const pairs = members.flatMap((from) => members.filter((to) => to !== from).map((to) => from + to))
  return pairs.length === 0 ? ['AB'] : pairs
}

/** The schema for given constants. */
export const clusterState = (constants: Constants) => {
  const { scheme, scope } = constants
  const members = membersOf(constants)
  const limit = Math.max(...SIDE.map((side) => requestLimit(constants, side)))
  const child = childrenOf(constants)
  const ike = ikesOf(constants)
  const exchanges = EXCHANGE.filter((exchange) =>
    SIDE.some((side) => startsOf(constants, side, exchange) > 0),
  )
  const rekeys = exchanges.includes('rekeyChild')
  const rekeysIke = exchanges.includes('rekeyIke')
  const renews = scope.addresses.renewals > 0
  const someChild = oneOf('none', ...child)
  const someIke = oneOf('none', ...ike)
  const subject = onlyIf(exchanges.includes('deleteChild'), someChild)
  const messageId = range(0, limit)
  const tasks = Math.max(
    ...SIDE.flatMap((side) => [
      childRequests(constants, side),
      ...exchanges.map((exchange) => startsOf(constants, side, exchange)),
    ]),
  )
  const exchange = oneOf<'none' | Exchange>('none', ...exchanges)
  const task = range(0, tasks)
  const by = oneOf<'none' | 'P' | Member>('none', 'P', ...members)
  const result = onlyIf(rekeys || rekeysIke, oneOf<Result>(...RESULT))
  const esp = espState(constants, trafficSasOf(constants))

  /** What tells one request from another: two requests with equal content are equal bytes. */
  const content = { exchange, task, child: subject }
  /** What tells one answer from another: the request it answers, who executed that, and what became of it. */
  const answer = { exchange, task, by, result }

  /** A record for each place of the window; the second takes no room where the window is 1. */
  const places = <F extends Fields>(fields: F) =>
    record({ even: record(fields), odd: onlyIf(scope.window === 2, record(fields)) })
  /** 1: prepared and told to the other members, but not yet sent; 2: sent before, and told again after a takeover. */
  const held = onlyIf(
    scheme.cluster && (scheme.synchIke === 'acknowledged' || scheme.synchIke === 'before'),
    range(0, scheme.retells ? 2 : 1),
  )
  /** An own request that has not been answered, with its retransmissions up to the number that allows giving up. */
  const request = { ...content, retransmitted: range(0, scope.retransmissions), held }
  /** The answer to a request of the other side, kept for its retransmission. */
  const cached = { ...answer, held }

  /** One end's knowledge of an IKE SA: RFC 7296 section 2.2. All zero when it holds no such SA. */
  const ikeSa = {
    sa: bool,
    /** Message ID of the next own request. */
    nextSend: messageId,
    /** Lowest message ID not yet received from the other side. */
    expects: messageId,
    /** 1: the request after that has been executed already. */
    early: range(0, scope.window - 1),
    requests: places(request),
    answers: places(cached),
  }

  /** What an end knows of a rekeying: whether both ends replaced the same SA, and what it must still delete. */
  const pending = {
    /** The child SA being replaced, the own and the other side's replacement. */
    replaced: onlyIf(rekeys, someChild),
    mine: onlyIf(rekeys, someChild),
    theirs: onlyIf(rekeys, someChild),
    /** The child SA that it must delete. */
    owes: onlyIf(rekeys, someChild),
    /** The IKE SA that new requests use, the other side's replacement of it, and the one it must delete. */
    current: oneOf(...ike),
    theirIke: onlyIf(rekeysIke, someIke),
    owesIke: onlyIf(rekeysIke, someIke),
  }

  /** One end: a member, or the peer. */
  const end = (side: 'member' | 'peer') => ({
    ike: each(ike, record(withOwn(constants, `${side}Ike`, ikeSa))),
    children: setOf(child),
    ...pending,
    ...(hasOwn(constants, `${side}Child`) && {
      child: each(child, record(withOwn(constants, `${side}Child`, {}))),
    }),
  })

  const spent = (side: Side) =>
    record({
      createChild: range(0, startsOf(constants, side, 'createChild')),
      rekeyChild: range(0, startsOf(constants, side, 'rekeyChild')),
      deleteChild: range(0, startsOf(constants, side, 'deleteChild')),
      rekeyIke: range(0, startsOf(constants, side, 'rekeyIke')),
      deleteIke: range(0, startsOf(constants, side, 'deleteIke')),
      liveness: range(0, startsOf(constants, side, 'liveness')),
    })

  /** From one member to another: what changed. */
  const about = ABOUT.filter(
    (word) =>
      (word !== 'extension' || hasOwn(constants, 'synch')) &&
      (hasSpis(constants) || !(SPI_ABOUT as readonly string[]).includes(word)),
  )
  const synchFields = {
    about: oneOf<About>(...about),
    ike: oneOf(...ike),
    nextSend: messageId,
    expects: messageId,
    early: range(0, scope.window - 1),
    /** Which of the counters it is about. */
    counters: onlyIf(scheme.synchCounters === 'apart', oneOf<Counters>(...COUNTERS)),
    /** SAs that came into being and that went. */
    child: someChild,
    goneChild: onlyIf(renews || exchanges.includes('deleteChild'), someChild),
    /** All child SAs, where a member that takes over tells them again. */
    children: setOf(scheme.retells ? child : [FIRST_CHILD]),
    madeIke: onlyIf(rekeysIke || renews, someIke),
    goneIke: onlyIf(rekeysIke || renews, someIke),
    ...pending,
    requests: onlyIf(scheme.carriesRequest, places(content)),
    answers: onlyIf(scheme.carriesAnswer, places(answer)),
    ...esp.told,
    spi: oneOf(...spisOf(constants)),
  }
  const synchMessage = record(withOwn(constants, 'synch', synchFields))
  const address = oneOf<Address>(...addressesOf(constants))

  const member = {
    up: bool,
    /** 1: it takes nothing in, and the others do not know. */
    hung: range(0, scheme.cluster && scope.hangs > 0 ? 1 : 0),
    /** 1: the others take it for down, and it is not. */
    suspected: range(0, scheme.cluster && scope.suspicions > 0 && !scheme.fences ? 1 : 0),
    /** Whether it acts on the IKE SA, and whether it carries ESP traffic. */
    onIke: bool,
    onEsp: bool,
    ...end('member'),
    ...knownSpis(constants),
  }

  const base = {
    member: each(members, record(withOwn(constants, 'member', member))),
    peer: record(withOwn(constants, 'peer', end('peer'))),
    esp: esp.state,
    /** What the peer takes for the address of its gateway, and where it was redirected to; V: nowhere. */
    gateway: record({ address, redirectedTo: onlyIf(scheme.redirects, address) }),
    /** The member that grants SPIs. */
    keeper: onlyIf(hasSpis(constants) && scheme.spi === 'granted', oneOf(...members)),
    /** Which peers use an SA whose SPI at the cluster is this. */
    spi: each(
      spisOf(constants),
      record({
        peer1: range(0, hasSpis(constants) ? 1 : 0),
        peer2: range(0, hasSpis(constants) && scope.spi.peers === 2 ? 1 : 0),
      }),
    ),
    /** Which side's exchange holds the lowest nonce when both rekey the same SA. */
    lowest: onlyIf(rekeys || rekeysIke, oneOf<Side>(...SIDE)),
    /** IKE messages that can still arrive, each any number of times: a set, so a copy is never added twice. */
    network: bag(
      record({
        type: oneOf('request', 'response'),
        ike: oneOf(...ike),
        /** The side that started the exchange. */
        initiator: oneOf(...SIDE),
        messageId: range(0, limit - (limit > 0 ? 1 : 0)),
        /** The address of the cluster that it comes from or goes to. */
        address,
        exchange: oneOf<Exchange>(...(exchanges.length > 0 ? exchanges : (['liveness'] as const))),
        task,
        child: subject,
        /** Who executed the request, and what became of it, in a response. */
        by,
        result,
      }),
      limit === 0 ? 0 : scope.network,
    ),
    /** From one member to another, each in the order of sending. */
    synch: each(
      channelsOf(constants),
      record({ queue: queue(synchMessage, scheme.cluster ? synchCapacity(constants) : 0) }),
    ),
    /** The synch channels are cut. */
    cut: range(0, scheme.cluster && scope.splits ? 1 : 0),
    /** The probe of each side: the last exchange it starts, by which `alwaysPossible` is judged. */
    probe: record({
      cluster: oneOf('unused', 'sent', 'answered'),
      peer: oneOf('unused', 'sent', 'answered'),
    }),
    /** History: which answers to the peer have been on the wire, on each IKE SA. No guard reads it. */
    answered: each(ike, each(members, record({ ids: setOf(range(0, Math.max(0, limit - 1))) }))),
    /** Whether an end has given up an IKE SA, after which nothing is promised about it. */
    gaveUp: bool,
    /** Budgets spent; they also number the requests. */
    spent: record({
      cluster: spent('cluster'),
      peer: spent('peer'),
      crashes: range(0, scope.crashes),
      returns: range(0, scope.returns),
      handovers: range(0, scheme.cluster ? scope.handovers : 0),
      synchLosses: range(0, scope.synchLosses),
      heals: range(0, scheme.cluster ? scope.heals : 0),
      hangs: range(0, scheme.cluster ? scope.hangs : 0),
      suspicions: range(0, scheme.cluster ? scope.suspicions : 0),
      spis: range(0, scope.spi.allocations),
      peerPackets: range(0, scope.addresses.packets),
      renewals: range(0, scope.addresses.renewals),
      hints: range(0, scope.hints),
    }),
  }
  return record(withMessages(constants, withOwn(constants, 'world', base)))
}

export type ClusterSchema = ReturnType<typeof clusterState>
export type ClusterView = View<ClusterSchema>
export type ClusterDraft = Draft<ClusterSchema>
export type MemberView = ClusterView['member']['A']
export type MemberDraft = ClusterDraft['member']['A']
/** The part of an end that the message-ID machine works on: a member, or the peer. */
export type EndView = ClusterView['peer']
export type EndDraft = ClusterDraft['peer']
export type IkeView = EndView['ike'][string]
export type IkeDraft = EndDraft['ike'][string]
export type IkeMessage = NonNullable<ReturnType<ClusterView['network']['at']>>
export type SynchMessage = NonNullable<ReturnType<ClusterView['synch'][string]['queue']['at']>>

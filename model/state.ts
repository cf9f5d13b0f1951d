/**
 * The state of the cluster, its peer, the network between them and the synch channel between its members.
 *
 * One IKE SA is followed from the moment it and its first child SA are established, so message IDs start at 0
 * in both directions. ESP is followed on that first child.
 */
import type { Draft, View } from '../src/modelling/draft.ts'
import { bag, bool, each, id, oneOf, queue, range, record, setOf } from '../src/modelling/schema.ts'
import { type Constants, EXCHANGE, MEMBER, requestLimit, SIDE } from './constants.ts'

/** The child SA that exists from the start. */
export const FIRST_CHILD = 'x0'

/** The child SA made by a CREATE_CHILD_SA request: one for each member that executes it, for keys and SPIs differ. */
export const childOf = (initiator: string, task: number, by: string): string =>
  initiator === 'cluster' ? `c${task}` : `p${task}${by}`

/** Every child SA that may come into being. */
export const childrenOf = ({ scheme, scope }: Constants): readonly string[] => {
  const members = MEMBER.slice(0, scheme.members)
  const tasks = (n: number) => Array.from({ length: n }, (_, i) => i + 1)
  return [
    FIRST_CHILD,
    ...tasks(scope.requests.cluster).map((task) => childOf('cluster', task, 'P')),
    ...tasks(scope.requests.peer).flatMap((task) => members.map((by) => childOf('peer', task, by))),
  ]
}

/** The schema for given constants. */
export const clusterState = (constants: Constants) => {
  const { scheme, scope } = constants
  const members = MEMBER.slice(0, scheme.members)
  const limit = Math.max(...SIDE.map((side) => requestLimit(constants, side)))
  const child = childrenOf(constants)
  const messageId = range(0, limit)
  const sequenceNumber = range(0, scope.packets === 0 ? 0 : scope.packets + scheme.jump * scope.crashes)
  const tasks = Math.max(
    ...SIDE.flatMap((side) => [scope.requests[side], requestLimit(constants, side) - scope.requests[side]]),
  )

  /** What tells one request from another: two requests with equal content are equal bytes. */
  const content = record({ exchange: oneOf('none', ...EXCHANGE), task: range(0, tasks) })
  /** What tells one answer from another: the request it answers and who executed that. */
  const answer = record({
    exchange: oneOf('none', ...EXCHANGE),
    task: range(0, tasks),
    by: oneOf('none', 'P', ...members),
  })

  /** One end's knowledge of the IKE SA: RFC 7296 section 2.2, window 1. All zero when it holds no SA. */
  const ikeSa = {
    sa: bool,
    /** Message ID of the next own request. */
    nextSend: messageId,
    /** Lowest message ID not yet received from the other side. */
    expects: messageId,
    /** The own request that has not been answered; its message ID is nextSend - 1. */
    request: content,
    /** Retransmissions of it, counted up to the number that allows giving up. */
    retransmitted: range(0, scope.retransmissions),
    /** The answer to request expects - 1, kept for its retransmission. */
    answer,
    children: setOf(child),
  }

  return record({
    active: id(members),
    member: each(
      members,
      record({
        up: bool,
        ...ikeSa,
        /** Prepared and told to the standby, but not yet sent. */
        holdsRequest: bool,
        holdsAnswer: bool,
        /** Sequence number of the last packet on the first child, used or learnt. */
        sent: sequenceNumber,
        /** Packets that this member's own IV generator has served; 0 where the IV is the sequence number. */
        ivs: range(0, scheme.iv === 'counter' ? scope.packets : 0),
      }),
    ),
    peer: record(ikeSa),
    /** IKE messages that can still arrive, each any number of times: a set, so a copy is never added twice. */
    network: bag(
      record({
        type: oneOf('request', 'response'),
        /** The side that started the exchange. */
        initiator: oneOf(...SIDE),
        messageId: range(0, limit - (limit > 0 ? 1 : 0)),
        exchange: oneOf(...EXCHANGE),
        task: range(0, tasks),
        /** Who executed the request, in a response. */
        by: oneOf('none', 'P', ...members),
      }),
      limit === 0 ? 0 : scope.network,
    ),
    /** From the active member to the standby. */
    synch: queue(
      record({
        about: oneOf('child', 'exchange', 'packets', 'gone'),
        nextSend: messageId,
        expects: messageId,
        child: oneOf('none', ...child),
        request: content,
        answer,
        sent: sequenceNumber,
      }),
      scheme.members === 1 ? 0 : scope.synch,
    ),
    /** The probe of each side: the last exchange it starts, by which `alwaysPossible` is judged. */
    probe: record({
      cluster: oneOf('unused', 'sent', 'answered'),
      peer: oneOf('unused', 'sent', 'answered'),
    }),
    /** History: how many answers to the peer have been on the wire. No guard reads it. */
    answered: messageId,
    /** Whether an end has given up the IKE SA, after which nothing is promised about it. */
    gaveUp: bool,
    /** Budgets spent; they also number the requests. */
    spent: record({
      cluster: record({
        requests: range(0, scope.requests.cluster),
        probes: range(0, requestLimit(constants, 'cluster') - scope.requests.cluster),
      }),
      peer: record({
        requests: range(0, scope.requests.peer),
        probes: range(0, requestLimit(constants, 'peer') - scope.requests.peer),
      }),
      packets: range(0, scope.packets),
      crashes: range(0, scope.crashes),
      returns: range(0, scope.returns),
      synchLosses: range(0, scope.synchLosses),
    }),
  })
}

export type ClusterSchema = ReturnType<typeof clusterState>
export type ClusterView = View<ClusterSchema>
export type ClusterDraft = Draft<ClusterSchema>
export type MemberView = ClusterView['member']['A']
export type MemberDraft = ClusterDraft['member']['A']
/** The part of an end that the message-ID machine works on: a member, or the peer. */
export type EndView = ClusterView['peer']
export type EndDraft = ClusterDraft['peer']
export type IkeMessage = NonNullable<ReturnType<ClusterView['network']['at']>>
export type SynchMessage = NonNullable<ReturnType<ClusterView['synch']['at']>>

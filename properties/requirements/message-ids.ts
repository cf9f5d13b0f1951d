/** RFC 6027 section 3.3, IKE counters: message IDs as RFC 7296 sections 2.1 to 2.3 want them, judged on the wire. */
import { requestLimit } from '../../model/constants/budgets.ts'
import { type Constants, EXCHANGE, MEMBER, membersOf, SIDE } from '../../model/constants/constants.ts'
import { ikesOf, RESULT } from '../../model/state/cluster-state.ts'
import type { Party, WireEvents } from '../../model/wire/pictures.ts'
import { monitorOn, type Property } from '../../src/modelling/property.ts'
import { each, type Fields, oneOf, range, record, setOf } from '../../src/modelling/schema.ts'
import {
  doneTwice,
  executedWrongly,
  requestIdReused,
  responseIdReused,
  skipped,
  wronglyMatched,
} from '../explanations/message-ids.ts'
import { numbered } from '../memory/identities.ts'

const monitor = monitorOn<WireEvents>()

/** Whether a party is a member that did not act from the start. */
const tookOver = (party: Party): boolean => party !== 'P' && party !== MEMBER[0]

/** MID-1 to MID-5 and MID-7 for the bounds of `constants`. */
export const messageIdProperties = (constants: Constants): readonly Property[] => {
  const alone = !constants.scheme.cluster
  const { window } = constants.scope
  const limit = Math.max(1, ...SIDE.map((side) => requestLimit(constants, side)))
  const ID = numbered('id', limit)
  const ikes = ikesOf(constants)
  /** For each message ID of a side on each IKE SA. */
  const ofEachId = <F extends Fields>(fields: F) => each(ikes, each(SIDE, each(ID.names, record(fields))))
  /** For each side on each IKE SA, the message IDs that were executed. */
  const executedIds = each(ikes, each(SIDE, record({ ids: setOf(range(0, limit - 1)) })))
  /** The content of a request; 'none' while there was none. */
  const request = { exchange: oneOf('none', ...EXCHANGE), task: range(0, limit) }
  const response = {
    ...request,
    by: oneOf<string>('none', 'P', ...membersOf(constants)),
    result: oneOf(...RESULT),
  }

  /** MID-1. All members together are one endpoint here: the peer cannot tell them apart. */
  const requestIdNotReused = monitor('RequestIdNotReused', {
    label: 'MID-1',
    sentence: 'A request message ID is not used again for a request with other content.',
    source: 'RFC 7296 section 2.2; RFC 6027 section 3.3',
    explain: requestIdReused,
    memory: record({ first: ofEachId(request) }),
    on: {
      ikeSent(memory, { type, ike, initiator, messageId, exchange, task, sender }, judge) {
        if (type === 'response') return
        // The situation: a request of a member that took over; without a cluster, any request but the first.
        if (alone ? messageId > 0 : tookOver(sender)) judge.arose()
        const first = memory.first[ike]![initiator][ID.of(messageId)]!
        if (first.exchange === 'none') {
          first.exchange = exchange
          first.task = task
        } else if (first.exchange !== exchange || first.task !== task) judge.violated()
      },
    },
  })

  /** MID-2. */
  const responseIdNotReused = monitor('ResponseIdNotReused', {
    label: 'MID-2',
    sentence: 'A request message ID is answered with one response and no other.',
    source: 'RFC 7296 section 2.1; RFC 6027 section 3.3',
    explain: responseIdReused,
    memory: record({ first: ofEachId(response) }),
    on: {
      ikeSent(memory, { type, ike, initiator, messageId, exchange, task, by, result, sender }, judge) {
        if (type === 'request') return
        const first = memory.first[ike]![initiator][ID.of(messageId)]!
        const again = first.exchange !== 'none'
        // The situation: an answer that was given before, in a cluster by a member that took over.
        if (again && (alone || tookOver(sender))) judge.arose()
        if (!again) {
          first.exchange = exchange
          first.task = task
          first.by = by
          first.result = result
        } else if (
          first.exchange !== exchange ||
          first.task !== task ||
          first.by !== by ||
          first.result !== result
        )
          judge.violated()
      },
    },
  })

  /**
   * MID-3. A request counts as executed when its effect can be seen outside: with the answer.
   *
   * INTERPRETATION: an execution that dies with its member before the answer is sent did not take place.
   */
  const requestExecutedOnce = monitor('RequestExecutedOnce', {
    label: 'MID-3',
    sentence:
      'A request is executed at most once, and only while it is what its sender last sent under its message ID.',
    source: 'RFC 7296 section 2.1; RFC 6027 section 3.3',
    explain: executedWrongly,
    memory: record({ latest: ofEachId(request), executed: executedIds }),
    on: {
      ikeSent(memory, { type, ike, initiator, messageId, exchange, task }) {
        if (type === 'response') return
        const latest = memory.latest[ike]![initiator][ID.of(messageId)]!
        latest.exchange = exchange
        latest.task = task
      },
      ikeReceived(memory, { type, ike, initiator, messageId, receiver }, judge) {
        // The situation: a request arrives that was executed before; in a cluster, at a member that took over.
        const executed = type === 'request' && memory.executed[ike]![initiator].ids.has(messageId)
        if (executed && (alone || tookOver(receiver))) judge.arose()
      },
      ikeExecuted(memory, { ike, initiator, messageId, exchange, task }, judge) {
        const { ids } = memory.executed[ike]![initiator]
        const latest = memory.latest[ike]![initiator][ID.of(messageId)]!
        if (ids.has(messageId) || latest.exchange !== exchange || latest.task !== task) judge.violated()
        ids.add(messageId)
      },
    },
  })

  /** MID-4. */
  const answerMatched = monitor('AnswerMatchedToItsRequest', {
    label: 'MID-4',
    sentence: 'A response is taken only as the answer to the request for which it was made.',
    source: 'RFC 7296 section 2.1; RFC 6027 section 3.3',
    explain: wronglyMatched,
    memory: record({}),
    on: {
      ikeMatched(_, { party, asked, askedTask, answered, answeredTask }, judge) {
        if (alone || tookOver(party)) judge.arose()
        if (asked !== answered || askedTask !== answeredTask) judge.violated()
      },
    },
  })

  /** MID-5. With a window of 1: in the order of the message IDs, without a gap. */
  const noRequestSkipped = monitor('NoRequestSkipped', {
    label: 'MID-5',
    sentence: 'A request is executed only if every request that its window does not allow to come later was.',
    source: 'RFC 7296 section 2.3; RFC 6027 section 3.3',
    explain: (story) => skipped(story, window),
    memory: record({ failedOver: range(0, 1), executed: executedIds }),
    on: {
      ikeSent(memory, { sender }) {
        if (tookOver(sender)) memory.failedOver = 1
      },
      ikeExecuted(memory, { ike, initiator, messageId, executor }, judge) {
        const { ids } = memory.executed[ike]![initiator]
        if (messageId >= window && (alone || memory.failedOver === 1 || tookOver(executor))) judge.arose()
        for (let id = 0; id <= messageId - window; id++) if (!ids.has(id)) judge.violated()
        ids.add(messageId)
      },
      // What both ends agree to skip is no gap.
      idsSkipped(memory, { ike, initiator, to }) {
        const { ids } = memory.executed[ike]![initiator]
        for (let id = 0; id < to; id++) ids.add(id)
      },
    },
  })

  /**
   * MID-7. What a side wants done, whatever message ID it asks for it under: one child SA for each task, one
   * replacement of the child SA and of the IKE SA.
   */
  const taskDoneOnce = monitor('TaskDoneOnce', {
    label: 'MID-7',
    sentence:
      'What a side asks for, such as replacing an SA, is done once by the other, under whatever message IDs.',
    source: 'RFC 7296 section 2.1; RFC 6027 section 3.3',
    explain: doneTwice,
    memory: record({
      failedOver: range(0, 1),
      done: each(
        SIDE,
        record({ children: setOf(range(0, limit)), rekeyed: range(0, 1), ikeRekeyed: range(0, 1) }),
      ),
    }),
    on: {
      ikeSent(memory, { sender }) {
        if (tookOver(sender)) memory.failedOver = 1
      },
      ikeExecuted(memory, { initiator, exchange, task, result, executor }, judge) {
        if (result !== 'done') return
        const done = memory.done[initiator]
        switch (exchange) {
          case 'createChild':
            if (done.children.has(task)) judge.violated()
            done.children.add(task)
            break
          case 'rekeyChild':
            if (done.rekeyed === 1) judge.violated()
            done.rekeyed = 1
            break
          case 'rekeyIke':
            if (done.ikeRekeyed === 1) judge.violated()
            done.ikeRekeyed = 1
            break
          default:
            return
        }
        // The situation: such an execution; in a cluster, asked for or done by a member that took over.
        if (alone || memory.failedOver === 1 || tookOver(executor)) judge.arose()
      },
    },
  })

  return [
    requestIdNotReused,
    responseIdNotReused,
    requestExecutedOnce,
    answerMatched,
    noRequestSkipped,
    taskDoneOnce,
  ]
}

/** RFC 6027 section 3.3, IKE counters: message IDs as RFC 7296 sections 2.1 to 2.3 want them, judged on the wire. */
import { type Constants, EXCHANGE, MEMBER, requestLimit, SIDE } from '../model/constants.ts'
import { ikesOf } from '../model/state.ts'
import type { Party, WireEvents } from '../model/wire.ts'
import { monitorOn, type Property } from '../src/modelling/property.ts'
import { each, oneOf, range, record, setOf } from '../src/modelling/schema.ts'

const monitor = monitorOn<WireEvents>()

/** MID-1, MID-3 and MID-4 for the bounds of `constants`. */
export const messageIdProperties = (constants: Constants): readonly Property[] => {
  const alone = !constants.scheme.cluster
  /** Whether a party is a member that was not active from the start. */
  const tookOver = (party: Party): boolean => party !== 'P' && party !== MEMBER[0]
  const limit = Math.max(1, ...SIDE.map((side) => requestLimit(constants, side)))
  const ID = Array.from({ length: limit }, (_, i) => `id${i}`)
  /** For each message ID of a side on each IKE SA, the content of a request; 'none' while there was none. */
  const contents = each(
    ikesOf(constants),
    each(SIDE, each(ID, record({ exchange: oneOf('none', ...EXCHANGE), task: range(0, limit) }))),
  )

  /** MID-1. Both members together are one endpoint here: the peer cannot tell them apart. */
  const requestIdNotReused = monitor('RequestIdNotReused', {
    label: 'MID-1',
    sentence: 'A request message ID is not used again for a request with other content.',
    source: 'RFC 7296 section 2.2; RFC 6027 section 3.3',
    memory: record({ first: contents }),
    on: {
      ikeSent(memory, { type, ike, initiator, messageId, exchange, task, sender }, judge) {
        if (type === 'response') return
        // The situation: a request of a member that took over; without a cluster, any request but the first.
        if (alone ? messageId > 0 : tookOver(sender)) judge.arose()
        const first = memory.first[ike]![initiator][ID[messageId]!]!
        if (first.exchange === 'none') {
          first.exchange = exchange
          first.task = task
        } else if (first.exchange !== exchange || first.task !== task) judge.violated()
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
    memory: record({
      latest: contents,
      executed: each(ikesOf(constants), each(SIDE, record({ ids: setOf(range(0, limit - 1)) }))),
    }),
    on: {
      ikeSent(memory, { type, ike, initiator, messageId, exchange, task }) {
        if (type === 'response') return
        const latest = memory.latest[ike]![initiator][ID[messageId]!]!
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
        const latest = memory.latest[ike]![initiator][ID[messageId]!]!
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
    memory: record({}),
    on: {
      ikeMatched(_, { party, asked, askedTask, answered, answeredTask }, judge) {
        if (alone || tookOver(party)) judge.arose()
        if (asked !== answered || askedTask !== answeredTask) judge.violated()
      },
    },
  })

  return [requestIdNotReused, requestExecutedOnce, answerMatched]
}

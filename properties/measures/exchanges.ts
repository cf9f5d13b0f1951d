/** What a scheme costs, measured by the search: the worst case over all runs of a scope, and a shortest run that attains it. */
import { requestLimit, requestsOf } from '../../model/constants/budgets.ts'
import { type Constants, EXCHANGE, SIDE } from '../../model/constants/constants.ts'
import type { WireEvents } from '../../model/wire/pictures.ts'
import { measureOn, type Property } from '../../src/modelling/property.ts'
import { each, oneOf, range, record } from '../../src/modelling/schema.ts'

const measure = measureOn<WireEvents>()

/** Synch messages to one other member, over the exchanges that were completed when all were. */
export const synchPerExchange = (constants: Constants): Property => {
  const exchanges = SIDE.reduce((sum, side) => sum + requestsOf(constants, side), 0)
  return measure('SynchPerExchange', {
    label: 'synch/exch',
    sentence: 'Synch messages to one other member for each IKE exchange, when nothing fails.',
    source: 'RFC 6027 section 3.3',
    unit: 'messages',
    memory: record({ sent: range(0, 4 * exchanges), completed: range(0, exchanges) }),
    on: {
      synchSent(memory, { receiver }, meter) {
        if (receiver !== 'B') return
        memory.sent += 1
        if (memory.completed === exchanges) meter.reads(memory.sent / exchanges)
      },
      ikeMatched(memory, _, meter) {
        memory.completed += 1
        if (memory.completed === exchanges) meter.reads(memory.sent / exchanges)
      },
    },
  })
}

/** Whether an event waits until the other members have acknowledged what they are told of it. */
const acknowledges = ({ scheme }: Constants): boolean => scheme.cluster && scheme.synchIke === 'acknowledged'

/** Messages the other way: a member acknowledges each that it is told, and no other message does it for that. */
export const acknowledgementsPerExchange = (constants: Constants): Property => {
  const exchanges = SIDE.reduce((sum, side) => sum + requestsOf(constants, side), 0)
  const acknowledged = acknowledges(constants)
  return measure('AcknowledgementsPerExchange', {
    label: 'acks/exch',
    sentence: 'Acknowledgements by one other member for each IKE exchange, when nothing fails.',
    source: 'RFC 6027 section 3.3',
    unit: 'messages',
    memory: record({ taken: range(0, 4 * exchanges), completed: range(0, exchanges) }),
    on: {
      synchReceived(memory, { receiver }, meter) {
        if (receiver !== 'B' || !acknowledged) return
        memory.taken += 1
        if (memory.completed === exchanges) meter.reads(memory.taken / exchanges)
      },
      ikeMatched(memory, _, meter) {
        memory.completed += 1
        if (memory.completed === exchanges) meter.reads(memory.taken / exchanges)
      },
    },
  })
}

/**
 * Round trips on the synch channel that lie between two messages of an exchange: a request of the cluster waits for one
 * before it is sent, an answer before it goes back. What is told of an answer taken in delays nothing by itself.
 */
export const waitsPerExchange = (constants: Constants): Property => {
  const exchanges = SIDE.reduce((sum, side) => sum + requestsOf(constants, side), 0)
  const limit = Math.max(1, ...SIDE.map((side) => requestLimit(constants, side)))
  const ID = Array.from({ length: limit }, (_, i) => `id${i}`)
  const acknowledged = acknowledges(constants)
  return measure('WaitsPerExchange', {
    label: 'waits/exch',
    sentence: 'Round trips on the synch channel that an IKE exchange waits for, when nothing fails.',
    source: 'RFC 6027 section 3.3',
    unit: 'round trips',
    memory: record({
      sent: each(['request', 'response'] as const, each(ID, record({ times: range(0, 1) }))),
      waited: range(0, 2 * exchanges),
      completed: range(0, exchanges),
    }),
    on: {
      ikeSent(memory, { type, messageId, sender }) {
        const seen = memory.sent[type][ID[messageId]!]!
        if (sender === 'P' || !acknowledged || seen.times === 1) return
        seen.times = 1
        memory.waited += 1
      },
      ikeMatched(memory, _, meter) {
        memory.completed += 1
        if (memory.completed === exchanges) meter.reads(memory.waited / exchanges)
      },
    },
  })
}

/**
 * Requests that the two ends start, retransmissions apart, from a takeover to the first exchange that truly completes
 * with the member that took over; 0 when one that was under way does. A run in which none ever does has no reading: that is what LIV-1 judges.
 */
export const exchangesToRecover = (constants: Constants): Property => {
  const limit = Math.max(1, ...SIDE.map((side) => requestLimit(constants, side)))
  return measure('ExchangesToRecover', {
    label: 'recover',
    sentence:
      'Requests started from a takeover to the next exchange that completes with the new member, in the worst run in which one does.',
    source: 'RFC 6027 section 3.3',
    unit: 'exchanges',
    memory: record({
      waiting: range(0, 1),
      /** A member that has taken over has answered. */
      answered: range(0, 1),
      started: range(0, 2 * limit + 2),
      last: each(SIDE, record({ exchange: oneOf('none', ...EXCHANGE), task: range(0, limit) })),
    }),
    on: {
      tookOver(memory) {
        memory.waiting = 1
        memory.answered = 0
        memory.started = 0
      },
      handedOver(memory) {
        memory.waiting = 1
        memory.answered = 0
        memory.started = 0
      },
      ikeSent(memory, { type, initiator, exchange, task, sender }) {
        if (type === 'response') {
          if (sender !== 'P' && memory.waiting === 1) memory.answered = 1
          return
        }
        const last = memory.last[initiator]
        if (last.exchange === exchange && last.task === task) return
        last.exchange = exchange
        last.task = task
        if (memory.waiting === 1) memory.started += 1
      },
      ikeMatched(memory, { party, asked, askedTask, answered, answeredTask }, meter) {
        if (memory.waiting === 0 || asked !== answered || askedTask !== answeredTask) return
        // What a member answered before it crashed says nothing of the one that acts now.
        if (party === 'P' && memory.answered === 0) return
        meter.reads(memory.started)
        memory.waiting = 0
        memory.started = 0
      },
    },
  })
}

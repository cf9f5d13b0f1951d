/** RFC 6027 section 3.4, outbound SA counters: sequence numbers that the cluster sends, judged on the wire. */
import type { Constants } from '../../model/constants/constants.ts'
import { trafficSasOf } from '../../model/state/cluster-state.ts'
import { highestSent, lastNumber } from '../../model/state/esp-counters.ts'
import type { WireEvents } from '../../model/wire/pictures.ts'
import { monitorOn, type Property } from '../../src/modelling/property.ts'
import { each, record, setOf } from '../../src/modelling/schema.ts'
import { counterWrapped, droppedForItsNumber, numberReused, readWrongly } from '../explanations/packets.ts'
import { hasAny, numbersUpTo, remember } from '../memory/number-sets.ts'
import { anotherCarries, anotherTakesPart, firstMember, isDropped, isUnread } from '../memory/takeovers.ts'

const monitor = monitorOn<WireEvents>()

/** SEQ-1. All members that send on an SA are one sender to the peer. */
export const sequenceNumberNotReused = (constants: Constants): Property =>
  monitor('SequenceNumberNotReused', {
    label: 'SEQ-1',
    sentence: 'No sequence number is sent twice on one SA.',
    source: 'RFC 4303 section 3.3.3; RFC 6027 section 3.4',
    explain: numberReused,
    memory: record({
      ...firstMember(constants),
      sas: each(trafficSasOf(constants), record({ used: numbersUpTo(constants, highestSent(constants)) })),
    }),
    on: {
      espSent(memory, { sender, sa, sequenceNumber, count }, judge) {
        if (sender === 'P') return
        if (anotherTakesPart(constants, memory, sender)) judge.arose()
        const { used } = memory.sas[sa]!
        if (hasAny(used, sequenceNumber, count)) judge.violated()
        remember(used, sequenceNumber, count)
      },
    },
  })

/**
 * SEQ-2, outbound. Judged where each packet arrives at once, so that none is old because the network was slow.
 *
 * INTERPRETATION: a packet whose extended number is read wrongly, so that its integrity check fails, counts as dropped too: with extended numbers that is what becomes of most old ones.
 */
export const outboundNotDropped = (constants: Constants): Property =>
  monitor('OutboundNotDropped', {
    label: 'SEQ-2o',
    sentence: 'The peer drops no packet of a member because of its number.',
    source: 'RFC 4303 section 3.4.3; RFC 6027 section 3.4',
    explain: droppedForItsNumber,
    memory: record(firstMember(constants)),
    on: {
      espArrived(memory, { sender, receiver, origin, outcome }, judge) {
        if (receiver !== 'P' || sender === 'P' || origin !== 'sent' || isUnread(outcome)) return
        if (anotherTakesPart(constants, memory, sender)) judge.arose()
        if (isDropped(outcome)) judge.violated()
      },
    },
  })

/** SEQ-3. */
export const counterNeverWraps = (constants: Constants): Property => {
  const last = lastNumber(constants)
  return monitor('CounterNeverWraps', {
    label: 'SEQ-3',
    sentence: 'A counter that has come to its last number stops; it does not start again.',
    source: 'RFC 4303 section 3.3.3',
    explain: counterWrapped,
    memory: record({ ended: each(trafficSasOf(constants), record({ members: setOf(['A', 'B', 'C']) })) }),
    on: {
      espSkipped({ ended }, { member, sa, sent }, judge) {
        if (sent === last) judge.arose()
        if (sent === last) ended[sa]!.members.add(member)
        else if (ended[sa]!.members.has(member)) judge.violated()
      },
      espSent({ ended }, { sender, sa, sequenceNumber }, judge) {
        if (sender === 'P') return
        if (sequenceNumber === last) judge.arose()
        if (ended[sa]!.members.has(sender) || sequenceNumber === 0) judge.violated()
        if (sequenceNumber === last) ended[sa]!.members.add(sender)
      },
      crashed({ ended }, { member }) {
        for (const sa of trafficSasOf(constants)) ended[sa]!.members.delete(member)
      },
    },
  })
}

/**
 * ESN-1. A number that is read wrongly makes the integrity check fail.
 *
 * INTERPRETATION: judged on packets that arrive at once. A receiver that has not seen 2^32 packets in a row reads the next number wrongly without any failover, as RFC 4303 appendix A2 says.
 */
export const highHalfInferred = (constants: Constants): Property =>
  monitor('HighHalfInferred', {
    label: 'ESN-1',
    sentence: 'With extended sequence numbers, the receiver infers the high half that the sender used.',
    source: 'RFC 4303 section 2.2.1 and appendix A2',
    explain: readWrongly,
    memory: record(firstMember(constants)),
    on: {
      espArrived(memory, { sender, receiver, sequenceNumber, origin, read, outcome }, judge) {
        if (origin !== 'sent' || isUnread(outcome)) return
        const member = sender === 'P' ? receiver : sender
        if (member !== 'P' && anotherCarries(constants, memory, member)) judge.arose()
        if (read !== sequenceNumber) judge.violated()
      },
    },
  })

/** RFC 6027 section 3.5, inbound SA counters: what the members take, and what an attacker can do to them. */
import type { Constants } from '../../model/constants/constants.ts'
import { trafficSasOf } from '../../model/state/cluster-state.ts'
import { highestFromPeer, highestSent } from '../../model/state/esp-counters.ts'
import type { WireEvents } from '../../model/wire/pictures.ts'
import { monitorOn, type Property } from '../../src/modelling/property.ts'
import { bool, each, record } from '../../src/modelling/schema.ts'
import { acceptedTwice, droppedForItsNumber, spoiltByForgery, toldOfAttack } from '../explanations/packets.ts'
import { hasAny, numbersUpTo, remember } from '../memory/number-sets.ts'
import { anotherTakesPart, firstMember, isDropped, isUnread } from '../memory/takeovers.ts'

const monitor = monitorOn<WireEvents>()

/** SEQ-2, inbound. Judged where each packet arrives at once, so that none is old because the network was slow. */
export const inboundNotDropped = (constants: Constants): Property =>
  monitor('InboundNotDropped', {
    label: 'SEQ-2i',
    sentence: 'No member drops a packet of the peer because of its number.',
    explain: droppedForItsNumber,
    source: 'RFC 4303 section 3.4.3; RFC 6027 section 3.5',
    memory: record(firstMember(constants)),
    on: {
      espArrived(memory, { receiver, origin, outcome }, judge) {
        if (receiver === 'P' || origin !== 'sent' || outcome === 'noted' || isUnread(outcome)) return
        if (anotherTakesPart(constants, memory, receiver)) judge.arose()
        if (isDropped(outcome)) judge.violated()
      },
    },
  })

/** RPL-1. All members together are one receiver. */
export const acceptedOnce = (constants: Constants): Property => {
  const numbers = numbersUpTo(constants, Math.max(highestFromPeer(constants), highestSent(constants)))
  return monitor('AcceptedOnce', {
    label: 'RPL-1',
    sentence: 'A packet is accepted at most once, whichever members it reaches.',
    explain: acceptedTwice,
    source: 'RFC 4303 section 3.4.3; RFC 6027 section 3.5',
    memory: record({
      ...firstMember(constants),
      /** Another member has sent. */
      another: bool,
      sas: each(trafficSasOf(constants), record({ fromPeer: numbers, fromCluster: numbers })),
    }),
    on: {
      espSent(memory, { sender }) {
        if (sender !== 'P' && anotherTakesPart(constants, memory, sender)) memory.another = true
      },
      espArrived(memory, { sender, receiver, sa, sequenceNumber, count, outcome }, judge) {
        if (outcome === 'unknown') return
        const { fromPeer, fromCluster } = memory.sas[sa]!
        const accepted = sender === 'P' ? fromPeer : fromCluster
        const known = hasAny(accepted, sequenceNumber, count)
        // The situation: a packet that was accepted comes again when another member than the first takes part.
        const another = receiver === 'P' ? memory.another : anotherTakesPart(constants, memory, receiver)
        if (known && another) judge.arose()
        if (outcome !== 'accepted') return
        if (known) judge.violated()
        remember(accepted, sequenceNumber, count)
      },
    },
  })
}

/** DoS-1 for ESP. */
export const forgeryHarmless = (_: Constants): Property =>
  monitor('ForgeryHarmless', {
    label: 'DoS-1e',
    sentence: 'A forged packet never makes a member drop one that the peer sends.',
    explain: spoiltByForgery,
    source: 'RFC 4303 section 3.4.3; RFC 6027 section 4',
    memory: record({ forged: bool }),
    on: {
      espArrived(memory, { receiver, origin, outcome, spoilt }, judge) {
        if (receiver === 'P') return
        if (origin === 'forged') memory.forged = true
        else if (origin === 'sent' && memory.forged) {
          judge.arose()
          if (spoilt && isDropped(outcome)) judge.violated()
        }
      },
    },
  })

/** SYN-1. */
export const attackNotTold = (_: Constants): Property =>
  monitor('AttackNotTold', {
    label: 'SYN-1',
    sentence: 'What an attacker sends and a member drops causes no synch message.',
    explain: toldOfAttack,
    source: 'RFC 6027 section 4',
    memory: record({ dropped: bool }),
    on: {
      espArrived(memory, { receiver, origin, outcome }) {
        if (receiver !== 'P' && origin !== 'sent' && outcome !== 'accepted' && outcome !== 'noted')
          memory.dropped = true
      },
      synchSent({ dropped }, { afterDrop }, judge) {
        // The situation: a synch message is sent after something was dropped, for whatever reason.
        if (dropped) judge.arose()
        if (afterDrop) judge.violated()
      },
    },
  })

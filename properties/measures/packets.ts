/** What a scheme costs in packets: synch messages, packets lost at a takeover, child SAs held; measured by the search. */
import type { Constants } from '../../model/constants/constants.ts'
import { trafficSasOf } from '../../model/state/cluster-state.ts'
import type { WireEvents } from '../../model/wire/pictures.ts'
import { measureOn, type Property } from '../../src/modelling/property.ts'
import { each, range, record } from '../../src/modelling/schema.ts'

const measure = measureOn<WireEvents>()

/**
 * Synch messages to one other member for each 1,000 packets, counted after each whole number of periods: in between,
 * the scope would round. A period longer than the scope has no reading.
 */
export const synchPerPackets = ({ scheme, scope }: Constants): Property => {
  const packets = scope.esp.outbound
  const period = Math.max(1, scheme.esp.period)
  const read = (memory: { told: number; sent: number }, meter: { reads(value: number): void }): void => {
    if (memory.sent > 0 && memory.sent % period === 0) meter.reads((1000 * memory.told) / memory.sent)
  }
  return measure('SynchPerPackets', {
    label: 'synch/1000',
    sentence: 'Synch messages to one other member for each 1,000 packets, when nothing fails.',
    source: 'RFC 6027 section 3.4',
    unit: 'messages',
    memory: record({ told: range(0, 4 * packets), sent: range(0, packets) }),
    on: {
      espSent(memory, { sender }, meter) {
        if (sender === 'P') return
        memory.sent += 1
        read(memory, meter)
      },
      synchSent(memory, { about, receiver }, meter) {
        if (about !== 'packets' || receiver !== 'B') return
        memory.told += 1
        read(memory, meter)
      },
    },
  })
}

/**
 * Packets that do not get through once a member has begun to act for another. A receiver without the SA drops all
 * that the scope lets the other end send, and would drop more.
 */
const lost = (
  name: string,
  words: { readonly label: string; readonly sentence: string },
  most: number,
  counts: (e: WireEvents['espArrived']) => boolean,
): Property =>
  measure(name, {
    ...words,
    source: 'RFC 6027 sections 3.4 and 3.5',
    unit: 'packets',
    memory: record({ failedOver: range(0, 1), lost: range(0, most) }),
    on: {
      tookOver(memory, _, meter) {
        memory.failedOver = 1
        meter.reads(memory.lost)
      },
      espArrived(memory, e, meter) {
        if (memory.failedOver === 0 || e.origin !== 'sent' || !counts(e)) return
        if (e.outcome === 'accepted' || e.outcome === 'noted') return
        memory.lost += 1
        meter.reads(memory.lost)
      },
    },
  })

/** Packets of the cluster that the peer drops after a takeover. */
export const lostByPeer = ({ scope }: Constants): Property =>
  lost(
    'LostByPeer',
    {
      label: 'lost-out',
      sentence: 'Packets of the cluster that the peer drops after a takeover, of those in the scope.',
    },
    scope.esp.outbound,
    ({ receiver }) => receiver === 'P',
  )

/** Packets of the peer that the cluster drops after a takeover. */
export const lostByCluster = ({ scope }: Constants): Property =>
  lost(
    'LostByCluster',
    {
      label: 'lost-in',
      sentence: 'Packets of the peer that the cluster drops after a takeover, of those in the scope.',
    },
    scope.esp.inbound,
    ({ receiver }) => receiver !== 'P',
  )

/** Child SAs on which the cluster sends, beyond the one that a single gateway needs. */
export const extraSas = (constants: Constants): Property => {
  const sas = trafficSasOf(constants)
  return measure('ExtraSas', {
    label: 'extra-SAs',
    sentence: 'Child SAs in use for one flow, beyond the first.',
    source: 'RFC 6027 section 3.7',
    unit: 'SAs',
    memory: record({ used: each(sas, record({ times: range(0, 1) })) }),
    on: {
      espSent(memory, { sender, sa }, meter) {
        if (sender === 'P') return
        memory.used[sa]!.times = 1
        meter.reads(sas.reduce((sum, one) => sum + memory.used[one]!.times, 0) - 1)
      },
    },
  })
}

/**
 * RFC 6027 section 2: anomalies by which a peer can see a fault, and whether an IKE SA can still be used. Cheap signs, which every
 * search can look for; whether a cluster is transparent is decided by comparing it with a single gateway (`../transparency/`).
 */
import { requestLimit } from '../../model/constants/budgets.ts'
import { type Constants, EXCHANGE, MEMBER, membersOf, SIDE } from '../../model/constants/constants.ts'
import { type ClusterSchema, ikesOf, RESULT, trafficSasOf } from '../../model/state/cluster-state.ts'
import { highestIv, highestSent, ivPrefixes } from '../../model/state/esp-counters.ts'
import type { WireEvents } from '../../model/wire/pictures.ts'
import { alwaysPossible, monitorOn, type Property } from '../../src/modelling/property.ts'
import { each, oneOf, range, record, setOf } from '../../src/modelling/schema.ts'
import { doomed } from '../explanations/ends.ts'
import { seenByThePeer } from '../explanations/others.ts'

/** What ANO-1 says, of what the peer sees and of silence that never ends. */
const NO_ANOMALY =
  'The peer sees no known anomaly: no number used twice or left out, no silence for ever. Necessary for transparency, and not enough.'

const monitor = monitorOn<WireEvents>()

/**
 * ANO-1. The anomalies, each of which no single gateway behind a lossy network could show: a request ID used again
 * with other content, or beyond the window of one that was never used; another response to an ID that was answered;
 * a sequence number or an IV sent twice. Silence is no anomaly of the wire: `peerIsNeverSilenced` judges that.
 *
 * INTERPRETATION: where IVs are random, one that is repeated counts for nothing here: a single gateway repeats them too.
 */
export const noKnownAnomaly = (constants: Constants): Property => {
  const limit = Math.max(1, ...SIDE.map((side) => requestLimit(constants, side)))
  const random = constants.scheme.esp.iv === 'random'
  const prefixes = ivPrefixes(constants)
  const ID = Array.from({ length: limit }, (_, i) => `id${i}`)
  const message = {
    exchange: oneOf('none', ...EXCHANGE),
    task: range(0, limit),
    by: oneOf<string>('none', 'P', ...membersOf(constants)),
    result: oneOf(...RESULT),
  }
  return monitor('NoKnownAnomaly', {
    label: 'ANO-1',
    sentence: NO_ANOMALY,
    source: 'RFC 6027 section 2',
    explain: seenByThePeer,
    memory: record({
      failedOver: range(0, 1),
      numbers: each(trafficSasOf(constants), record({ used: setOf(range(0, highestSent(constants))) })),
      ivs: each(
        trafficSasOf(constants),
        each(prefixes, record({ used: setOf(range(0, random ? 0 : highestIv(constants))) })),
      ),
      seen: each(ikesOf(constants), each(['request', 'response'] as const, each(ID, record(message)))),
    }),
    on: {
      tookOver(memory) {
        memory.failedOver = 1
      },
      handedOver(memory) {
        memory.failedOver = 1
      },
      espSent(memory, { sender, sa, sequenceNumber, ivPrefix, iv }, judge) {
        if (sender === 'P') return
        if (memory.failedOver === 1 || sender !== MEMBER[0] || !constants.scheme.cluster) judge.arose()
        const { used } = memory.numbers[sa]!
        if (used.has(sequenceNumber)) judge.violated()
        used.add(sequenceNumber)
        if (random) return
        const ivs = memory.ivs[sa]![ivPrefix]!.used
        if (ivs.has(iv)) judge.violated()
        ivs.add(iv)
      },
      ikeSent(memory, { type, ike, messageId, exchange, task, by, result, sender }, judge) {
        if (sender === 'P') return
        if (memory.failedOver === 1 || sender !== MEMBER[0] || !constants.scheme.cluster) judge.arose()
        const ids = memory.seen[ike]![type]
        const seen = ids[ID[messageId]!]!
        if (seen.exchange === 'none') {
          const before = messageId - constants.scope.window
          if (type === 'request' && before >= 0 && ids[ID[before]!]!.exchange === 'none') judge.violated()
          seen.exchange = exchange
          seen.task = task
          seen.by = by
          seen.result = result
        } else if (
          seen.exchange !== exchange ||
          seen.task !== task ||
          seen.by !== by ||
          seen.result !== result
        )
          judge.violated()
      },
    },
  })
}

/**
 * ANO-1 again, for what is never said: a single gateway answers what the peer asks, be the network ever so lossy, so
 * a peer whose exchange can never complete any more has seen the fault. One name, for it is the same promise.
 */
export const peerIsNeverSilenced = (constants: Constants): Property =>
  alwaysPossible<ClusterSchema, WireEvents>('NoKnownAnomaly', {
    label: 'ANO-1',
    sentence: NO_ANOMALY,
    source: 'RFC 6027 section 2',
    explain: (story, s) => doomed(story, s, constants, ['peer']),
    holds: (s) => s.probe.peer === 'answered',
    whenever: (s) => !s.gaveUp,
    conditions: {
      'an exchange of the peer was answered': (s) => s.probe.peer === 'answered',
      'no end gave up': (s) => !s.gaveUp,
    },
  })

/** LIV-1e. Of the two directions of LIV-1, one is left. */
export const eitherCanExchange = (constants: Constants): Property =>
  alwaysPossible<ClusterSchema, WireEvents>('EitherCanExchange', {
    label: 'LIV-1e',
    sentence: 'As long as no end gives up, the IKE SA can still be used in one direction at least.',
    source: 'RFC 6027 section 2',
    explain: (story, s) => doomed(story, s, constants, SIDE),
    holds: (s) => s.probe.cluster === 'answered' || s.probe.peer === 'answered',
    whenever: (s) => !s.gaveUp,
    conditions: {
      'an exchange of the cluster was answered': (s) => s.probe.cluster === 'answered',
      'an exchange of the peer was answered': (s) => s.probe.peer === 'answered',
      'no end gave up': (s) => !s.gaveUp,
    },
  })

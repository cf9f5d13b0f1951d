/** ESP from the cluster to the peer: RFC 6027 sections 3.4 and 3.7. */
import { type Action, actionsOn } from '../../src/modelling/action.ts'
import type { Emit } from '../../src/modelling/events.ts'
import { type Constants, type Member, membersOf } from '../constants/constants.ts'
import { hooksOf } from '../extension-points/extensions.ts'
import { espSource } from '../gateway/addresses.ts'
import { actsOnEsp } from '../gateway/roles.ts'
import {
  type ClusterDraft,
  type ClusterSchema,
  type ClusterView,
  trafficSasOf,
} from '../state/cluster-state.ts'
import { highestSent, isClocked, lastNumber } from '../state/esp-counters.ts'
import { advanceThrough } from '../state/esp-window.ts'
import { isDrained } from '../synch/channels.ts'
import { endsPeriod, isOneBurst, mayTell } from '../synch/esp-counters.ts'
import { tellOfPackets } from '../synch/telling.ts'
import type { WireEvents } from '../wire/pictures.ts'
import { drawsOf, makeIv, mayDraw } from './ivs.ts'
import { outcomeOf, readNumber } from './receiving.ts'
import { sendingSa } from './sharing.ts'

/** What the environment decides about a packet; left out where it has no choice. */
interface Chance {
  readonly at: Member
  /** Held back by an attacker, who may let it through later. */
  readonly withheld?: boolean
  readonly draw?: number
  readonly count?: number
}

/** The actions of outbound ESP. */
export const outboundActions = (constants: Constants): readonly Action[] => {
  const { scheme, scope } = constants
  const { esp } = scheme
  const action = actionsOn<ClusterSchema, WireEvents>()
  const at = membersOf(constants)
  const last = lastNumber(constants)
  const width = esp.peerAntiReplay ? scope.esp.window : 0
  const draws = drawsOf(constants)
  const counts = scope.esp.bursts ?? [1]
  const hooks = hooksOf(constants)

  /** RFC 4303 section 3.3.3: the sender increments, then sends. Undefined when no number is left. */
  const nextNumber = (sent: number, count: number): number | undefined =>
    sent + count <= last ? sent + count : esp.atMaximum === 'wraps' && sent === last ? 0 : undefined

  /** Whether so many packets may go before the clock ticks. */
  const isBeforeTick = (s: ClusterView, at: Member, sa: string, count: number): boolean =>
    !isClocked(constants) || s.esp.member[at][sa]!.untold + count <= esp.period

  const maySend = (s: ClusterView, { at, draw = 0, count = 1 }: Chance): boolean => {
    if (!actsOnEsp(s, at) || s.esp.spent.outbound + count > scope.esp.outbound) return false
    const sa = sendingSa(s, constants, at)
    if (sa === 'none') return false
    const { sent, waits } = s.esp.member[at][sa]!
    const next = nextNumber(sent, count)
    return (
      next !== undefined &&
      isOneBurst(constants, sent, next) &&
      isBeforeTick(s, at, sa, count) &&
      (waits === 0 || isDrained(s, constants, at)) &&
      mayDraw(s, constants, at, sa, draw) &&
      (!hooks.member.maySendPacket || hooks.member.maySendPacket(s, at, sa)) &&
      (!endsPeriod(constants, sent, next) || mayTell(s, constants, at))
    )
  }

  /** A packet comes to the peer, which checks it, authenticates it, and takes it into its window. */
  const arrives = (
    d: ClusterDraft,
    emit: Emit<WireEvents>,
    sender: Member | 'P',
    sa: string,
    sequenceNumber: number,
    origin: 'sent' | 'copied',
    count = 1,
  ): void => {
    const first = sequenceNumber - count + 1
    const window = d.esp.peer[sa]!
    // Of several, the first is the one that can be too old.
    const seen = outcomeOf(constants, d.peer, window, sa, first, width)
    const { mayReceivePacket: may } = hooks.peer
    const refused = seen !== 'unknown' && may !== undefined && !may(d, 'P', { sa, sequenceNumber })
    const outcome = refused ? 'refused' : seen
    const read = readNumber(constants, window, sequenceNumber)
    emit.espArrived({
      sender,
      receiver: 'P',
      sa,
      sequenceNumber,
      ...(count > 1 && { count }),
      origin,
      read,
      outcome,
      spoilt: false,
    })
    if (outcome === 'accepted') advanceThrough(window, first, sequenceNumber, width)
    hooks.peer.receivesPacket?.(d, 'P', { sa, sequenceNumber, origin, outcome }, emit)
  }

  const sends = (d: ClusterDraft, choice: Chance, emit: Emit<WireEvents>): void => {
    const { at, withheld = false, draw = 0, count = 1 } = choice
    const sa = sendingSa(d, constants, at)
    const mine = d.esp.member[at][sa]!
    const before = mine.sent
    const sequenceNumber = nextNumber(before, count)!
    d.esp.spent.outbound += count
    mine.sent = sequenceNumber
    mine.waits = 0
    if (isClocked(constants)) mine.untold += count
    if (scope.attacker !== 'A0') d.esp.recorded[sa]!.numbers.add(sequenceNumber)
    const { prefix, number } = makeIv(d, constants, at, sa, sequenceNumber, draw)
    emit.espSent({
      sender: at,
      receiver: 'P',
      ike: d.member[at].current,
      source: espSource(constants, at),
      sa,
      sequenceNumber,
      ...(count > 1 && { count }),
      ivPrefix: prefix,
      iv: number,
    })
    hooks.member.sendsPacket?.(d, at, { sa, sequenceNumber }, emit)
    if (!withheld) arrives(d, emit, at, sa, sequenceNumber, 'sent', count)
    if (endsPeriod(constants, before, sequenceNumber)) tellOfPackets(d, emit, constants, at, sa)
  }

  const sendsPacket = action('ClusterSendsPacket', {
    weight: 6,
    choose: {
      at,
      ...(scope.attacker === 'A2' && { withheld: [false, true] }),
      ...(draws.length > 1 && { draw: draws }),
      ...(counts.length > 1 && { count: counts }),
    } as { readonly at: readonly Member[] },
    guard: maySend,
    effect: sends,
  })

  /**
   * An attacker brings the peer a copy of a packet, or one that it held back. It makes no difference which of several
   * packets with one number it is.
   */
  const copyComes = action('CopyReachesPeer', {
    fault: true,
    choose: {
      on: trafficSasOf(constants),
      number: Array.from({ length: highestSent(constants) + 1 }, (_, i) => i),
    },
    guard: (s, { on, number }) => s.esp.recorded[on]!.numbers.has(number),
    effect: (d, { on, number }, emit) => arrives(d, emit, at[0]!, on, number, 'copied'),
  })

  if (scope.esp.outbound === 0) return []
  return scope.attacker === 'A0' ? [sendsPacket] : [sendsPacket, copyComes]
}

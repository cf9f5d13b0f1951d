/** ESP from the peer to the cluster: RFC 6027 sections 3.5 and 3.7; and what an attacker adds to it. */
import { type Action, actionsOn } from '../../src/modelling/action.ts'
import type { Emit } from '../../src/modelling/events.ts'
import { type Constants, type Member, membersOf } from '../constants/constants.ts'
import { hooksOf } from '../extension-points/extensions.ts'
import {
  type ClusterDraft,
  type ClusterSchema,
  type ClusterView,
  trafficSasOf,
} from '../state/cluster-state.ts'
import { highestFromPeer, isClocked } from '../state/esp-counters.ts'
import { advance, advanceThrough, checkNumber } from '../state/esp-window.ts'
import { endsPeriod, isOneBurst, mayTell } from '../synch/esp-counters.ts'
import { tellOfPackets } from '../synch/telling.ts'
import type { WireEvents } from '../wire/pictures.ts'
import { type Outcome, outcomeOf, readNumber } from './receiving.ts'
import { mayReach, peerSendsOn, reachedWith } from './sharing.ts'

type Wire = Emit<WireEvents>

/** A packet on its way to the members. */
interface Packet {
  readonly sa: string
  readonly number: number
  /** As it is sent; a copy, or one that was held back; or a forgery. */
  readonly origin: 'sent' | 'copied' | 'forged'
  /** Packets with consecutive numbers, of which this is the last. Absent: one. */
  readonly count?: number
}

/** What the environment decides about a packet; left out where it has no choice. */
interface Chance {
  readonly on?: string
  readonly to: Member | 'nobody'
  /** Where all members should get a packet: it reaches one only. */
  readonly missed?: boolean
  readonly count?: number
}

/** The actions of inbound ESP. */
export const inboundActions = (constants: Constants): readonly Action[] => {
  const { scheme, scope } = constants
  const { esp } = scheme
  const { inbound, window: width } = scope.esp
  const action = actionsOn<ClusterSchema, WireEvents>()
  const members = membersOf(constants)
  const sas = trafficSasOf(constants)
  const number = scope.esp.copied ?? Array.from({ length: highestFromPeer(constants) }, (_, i) => i + 1)
  const counts = scope.esp.bursts ?? [1]
  const hooks = hooksOf(constants)

  /** What becomes of a packet at a member, before anything is changed. Of several, the first can be too old. */
  const judged = (s: ClusterView, at: Member, { sa, number, origin, count = 1 }: Packet): Outcome => {
    const mine = s.esp.member[at][sa]!
    const authentic = outcomeOf(
      constants,
      s.member[at],
      mine,
      sa,
      number - count + 1,
      mine.learning ? 0 : width,
    )
    const outcome = authentic === 'accepted' && origin === 'forged' ? 'unauthentic' : authentic
    const { mayReceivePacket: may } = hooks.member
    const refused = outcome !== 'unknown' && may !== undefined && !may(s, at, { sa, sequenceNumber: number })
    return refused ? 'refused' : outcome
  }

  /** Whether a packet makes a member tell the others. */
  const makesTell = (s: ClusterView, at: Member, packet: Packet): boolean => {
    const outcome = judged(s, at, packet)
    if (outcome === 'accepted') return endsPeriod(constants, s.esp.member[at][packet.sa]!.top, packet.number)
    return esp.alarms && (outcome === 'stale' || outcome === 'replayed')
  }

  /** By how much a packet moves the window of a member; what is learnt from traffic is no movement. */
  const moved = (s: ClusterView, at: Member, packet: Packet): number => {
    const { top, learning } = s.esp.member[at][packet.sa]!
    return !learning && packet.number > top && judged(s, at, packet) === 'accepted' ? packet.number - top : 0
  }

  /** Whether a packet may come before the clock ticks. */
  const isBeforeTick = (s: ClusterView, at: Member, packet: Packet): boolean =>
    s.esp.member[at][packet.sa]!.unshown + moved(s, at, packet) <= esp.period

  const receivers = (s: ClusterView, to: Member, missed: boolean): readonly Member[] =>
    missed ? [to] : reachedWith(s, constants, to)

  const mayArrive = (s: ClusterView, to: Member, packet: Packet, missed = false): boolean =>
    mayReach(s, constants, packet.sa, to) &&
    receivers(s, to, missed).every((m) =>
      isOneBurst(
        constants,
        Math.max(s.esp.member[m][packet.sa]!.top, packet.number - (packet.count ?? 1)),
        packet.number,
      ),
    ) &&
    (!isClocked(constants) || receivers(s, to, missed).every((m) => isBeforeTick(s, m, packet))) &&
    receivers(s, to, missed).every((m) => !makesTell(s, m, packet) || mayTell(s, constants, m))

  /** RFC 4303 section 3.4.3: checked, authenticated, and then only taken into the window. */
  const arrivesAt = (d: ClusterDraft, emit: Wire, at: Member, packet: Packet, takes: boolean): void => {
    const { sa, number, origin, count = 1 } = packet
    const mine = d.esp.member[at][sa]!
    const outcome = judged(d, at, packet)
    const tells = makesTell(d, at, packet)
    emit.espArrived({
      sender: 'P',
      receiver: at,
      sa,
      sequenceNumber: number,
      ...(count > 1 && { count }),
      origin,
      read: readNumber(constants, mine, number),
      outcome: outcome === 'accepted' && !takes ? 'noted' : outcome,
      spoilt: mine.spoilt === 1,
    })
    if (isClocked(constants)) mine.unshown += moved(d, at, packet)
    if (outcome === 'accepted') {
      if (mine.learning) {
        mine.top = number
        mine.seen = 1
        mine.learning = 0
      } else advanceThrough(mine, number - count + 1, number, width)
    } else if (outcome === 'unauthentic' && esp.advances === 'anything') {
      const read = readNumber(constants, mine, number)
      if (read >= 0 && checkNumber(mine, read, width) === 'fits') {
        advance(mine, read, width)
        mine.spoilt = 1
      }
    }
    hooks.member.receivesPacket?.(d, at, { sa, sequenceNumber: number, origin, outcome }, emit)
    if (tells) tellOfPackets(d, emit, constants, at, sa, outcome !== 'accepted')
  }

  const arrives = (d: ClusterDraft, emit: Wire, to: Member, packet: Packet, missed = false): void => {
    for (const m of receivers(d, to, missed))
      arrivesAt(d, emit, m, packet, m === to || esp.delivery === 'allTake')
  }

  const nextOn = (s: ClusterView, sa: string, count: number): Packet => ({
    sa,
    number: s.esp.peer[sa]!.sent + count,
    origin: 'sent',
    ...(count > 1 && { count }),
  })

  const first = sas[0]!
  const several = sas.length > 1
  const someMiss = scope.attacker === 'A2' && esp.delivery === 'allNote'
  const chances = {
    ...(several && { on: sas }),
    ...(someMiss && { missed: [false, true] }),
  } as { readonly on?: readonly string[] }
  const bursts = counts.length > 1 ? { count: counts } : {}

  /** The peer sends, whether or not there is a member to receive: to nobody, a packet is lost or held back. */
  const sends = action('PeerSendsPacket', {
    by: 'peer',
    weight: 3,
    choose: { ...chances, ...bursts, to: [...members, 'nobody'] } as unknown as {
      readonly to: readonly (Member | 'nobody')[]
    },
    guard: (s, { on = first, to, missed = false, count = 1 }: Chance) => {
      if (s.esp.spent.inbound + count > inbound || !peerSendsOn(s, constants, on)) return false
      if (s.esp.peer[on]!.sent + count > highestFromPeer(constants)) return false
      if (hooks.peer.maySendPacket && !hooks.peer.maySendPacket(s, 'P', on)) return false
      if (to !== 'nobody') return mayArrive(s, to, nextOn(s, on, count), missed)
      return !missed && (scope.attacker === 'A2' || !members.some((m) => mayReach(s, constants, on, m)))
    },
    effect: (d, { on = first, to, missed = false, count = 1 }: Chance, emit) => {
      const packet = nextOn(d, on, count)
      d.esp.spent.inbound += count
      d.esp.peer[on]!.sent = packet.number
      emit.espSent({
        ike: d.peer.current,
        source: 'peer',
        sender: 'P',
        receiver: to === 'nobody' ? members[0]! : to,
        sa: on,
        sequenceNumber: packet.number,
        ...(count > 1 && { count }),
        ivPrefix: 'any',
        iv: packet.number,
      })
      hooks.peer.sendsPacket?.(d, 'P', { sa: on, sequenceNumber: packet.number }, emit)
      if (to !== 'nobody') arrives(d, emit, to, packet, missed)
    },
  })

  /** An attacker brings a member a copy of a packet, or one that it held back. */
  const copyComes = action('CopyReachesCluster', {
    by: 'environment',
    fault: true,
    choose: { ...chances, to: members, number } as unknown as {
      readonly to: readonly Member[]
      readonly number: readonly number[]
    },
    guard: (s, { on = first, to, number, missed = false }: Chance & { to: Member; number: number }) =>
      number <= s.esp.peer[on]!.sent &&
      (!hooks.peer.hasSent || hooks.peer.hasSent(s, { sa: on, sequenceNumber: number })) &&
      mayArrive(s, to, { sa: on, number, origin: 'copied' }, missed),
    effect: (d, { on = first, to, number, missed = false }: Chance & { to: Member; number: number }, emit) =>
      arrives(d, emit, to, { sa: on, number, origin: 'copied' }, missed),
  })

  /** A forgery does something only to a member that advances before it authenticates, or that raises an alarm. */
  const forgeryComes = action('ForgeryReachesCluster', {
    by: 'environment',
    fault: true,
    choose: {
      to: members,
      number: esp.advances === 'anything' || esp.alarms ? number : [number.at(-1) ?? 1],
    },
    guard: (s, { to, number }) => mayArrive(s, to, { sa: first, number, origin: 'forged' }),
    effect: (d, { to, number }, emit) => arrives(d, emit, to, { sa: first, number, origin: 'forged' }),
  })

  if (inbound === 0) return []
  return scope.attacker === 'A0' ? [sends] : [sends, copyComes, forgeryComes]
}

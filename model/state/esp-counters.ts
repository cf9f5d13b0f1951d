/** What members and peer know of the ESP traffic, and what an attacker has recorded of it. */
import { each, onlyIf, type Range, range, record, setOf } from '../../src/modelling/schema.ts'
import { type Constants, membersOf } from '../constants/constants.ts'
import { hasEsp } from '../constants/esp-policies.ts'
import type { Member } from '../constants/parties.ts'
import { allSeen } from './esp-window.ts'

/** Times that some member can begin to act for another. */
const beginnings = ({ scheme, scope }: Constants): number =>
  scheme.cluster ? scope.crashes + scope.returns + scope.handovers + (scope.splits ? scope.members : 0) : 0

/** The last number of the sequence space: RFC 4303 section 3.3.3. */
export const lastNumber = ({ scheme, scope: { esp } }: Constants): number =>
  2 ** (scheme.esp.esn ? 2 * esp.wireBits : esp.wireBits) - 1

/** The highest number that counting so many packets, with so long a jump at each beginning, can come to. */
const highest = (constants: Constants, packets: number, jump: number | 'maximum'): number => {
  if (packets === 0) return 0
  const last = lastNumber(constants)
  const { from = 0 } = constants.scope.esp
  return jump === 'maximum' ? last : Math.min(last, from + packets + jump * beginnings(constants))
}

/** The highest number that the cluster can come to; no lower than 1, so that there is something to remember. */
export const highestSent = (constants: Constants): number => {
  const { scheme, scope } = constants
  const wraps = scheme.esp.atMaximum === 'wraps' && scope.esp.outbound > 0
  if (wraps) return lastNumber(constants)
  const { outbound } = scope.esp
  const packets = outbound > 0 ? outbound + (constants.extensions?.bounds.sequenceNumbers ?? 0) : 0
  return Math.max(1, highest(constants, packets, scheme.esp.jump))
}

/** The highest number that the peer can come to. */
export const highestFromPeer = (constants: Constants): number => {
  const { inbound, from = 0 } = constants.scope.esp
  return inbound === 0 ? 0 : Math.min(from + inbound + skippedByPeer(constants), lastNumber(constants))
}

/** Numbers that extensions make the peer skip, where it sends. */
const skippedByPeer = ({ scope, extensions }: Constants): number =>
  scope.esp.inbound > 0 ? (extensions?.bounds.packetNumbers ?? 0) : 0

/** Numbers of the LFSR's cycle: too many for one member to come round. */
export const cycleOf = ({ scope }: Constants): number => scope.esp.outbound + 2

/** The values of which a random IV is one. */
export const RANDOM = [1, 2, 3] as const

/** The highest IV that a generator makes. */
export const highestIv = (constants: Constants): number => {
  const { scheme, scope } = constants
  switch (scheme.esp.iv) {
    case 'sequence':
    case 'salted':
      return highestSent(constants)
    case 'lfsr':
      return cycleOf(constants)
    case 'random':
      return RANDOM.length
    default:
      return Math.max(1, scope.esp.outbound)
  }
}

/** Lives that a member can have. */
const livesOf = ({ scope }: Constants): number => 1 + Math.min(scope.crashes, scope.returns)

/** The name of a member in one of its lives, the first being 0. */
export const lifeOf = (member: Member, life: number): string => (life === 0 ? member : `${member}${life + 1}`)

/** What can stand before an IV: nothing that tells members apart, their ID, or the salt or ID of one of their lives. */
export const ivPrefixes = (constants: Constants): readonly string[] => {
  const members = membersOf(constants)
  const lives = Array.from({ length: livesOf(constants) }, (_, life) => life)
  switch (constants.scheme.esp.iv) {
    case 'memberId':
      return members
    case 'salted':
    case 'incarnationId':
      return members.flatMap((member) => lives.map((life) => lifeOf(member, life)))
    default:
      return ['any']
  }
}

/** Whether a clock tells of the counters. */
export const isClocked = ({ scheme }: Constants): boolean =>
  scheme.esp.period > 0 && scheme.esp.toldBy === 'clock'

/** The schema, for the child SAs that carry the traffic. */
export const espState = (constants: Constants, sas: readonly string[]) => {
  const { scheme, scope } = constants
  const { esp } = scheme
  const { outbound, inbound, window } = scope.esp
  const members = membersOf(constants)
  const sending = outbound > 0
  const receiving = inbound > 0
  const top = range(0, highest(constants, inbound > 0 ? inbound + skippedByPeer(constants) : 0, esp.raise))
  const seen = range(0, receiving ? allSeen(window) : 0)
  const sent = range(0, sending ? highestSent(constants) : 0)
  const generates = ['counter', 'lfsr', 'memberId', 'incarnationId'].includes(esp.iv)
  /** There where a clock tells of the counters: numbers sent since it last did, and by how much the window moved. */
  const sinceTick = (
    isClocked(constants)
      ? { untold: range(0, sending ? esp.period : 0), unshown: range(0, receiving ? esp.period : 0) }
      : {}
  ) as { readonly untold: Range; readonly unshown: Range }
  const counters = record({
    ...sinceTick,
    /** Number of the last packet sent, used or learnt. */
    sent,
    /** 1: it has skipped numbers and waits until the others have acknowledged that. */
    waits: range(0, sending && esp.tellsJump ? 1 : 0),
    /** State of the member's own IV generator. */
    ivs: range(0, sending && generates ? highestIv(constants) : 0),
    top,
    seen,
    /** 1: takes the next packet whatever its number. */
    learning: range(0, receiving && esp.learns ? 1 : 0),
    /** History, 1: a forged packet has moved the window. No guard reads it. */
    spoilt: range(0, receiving && esp.advances === 'anything' ? 1 : 0),
  })
  const salted = esp.iv === 'salted' || esp.iv === 'incarnationId'
  return {
    /**
     * What a member tells the others of a child SA.
     *
     * INTERPRETATION: a message about the counters carries the bitmap of the window as well as its top, as the events of Linux do. A receiver that is told the top alone must reject what is below.
     */
    told: { sent, top, seen },
    state: record({
      member: each(members, each(sas, counters)),
      /** Which life of a member this is, from 0. */
      life: each(members, record({ number: range(0, sending && salted ? livesOf(constants) - 1 : 0) })),
      peer: each(
        sas,
        record({
          sent: range(0, highestFromPeer(constants)),
          top: onlyIf(sending && esp.peerAntiReplay, sent),
          seen: range(0, sending && esp.peerAntiReplay ? allSeen(window) : 0),
        }),
      ),
      /** Numbers that the cluster has sent, which an attacker has recorded; the peer's are all up to its counter. */
      recorded: each(
        sas,
        record({
          numbers: setOf(range(0, sending && scope.attacker !== 'A0' ? highestSent(constants) : 0)),
        }),
      ),
      /** Budgets spent. */
      spent: record({ outbound: range(0, outbound), inbound: range(0, inbound) }),
    }),
  }
}

/** Whether a member keeps ESP state that a scope follows. */
export const followsEsp = ({ scope }: Constants): boolean => hasEsp(scope.esp)

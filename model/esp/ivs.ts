/**
 * The IVs of outbound packets, RFC 6027 section 3.7.1. An IV is a pair: what tells the generator apart, and a number.
 * Two pairs are equal or not; no cipher is computed.
 */
import type { Constants, Member } from '../constants/constants.ts'
import type { ClusterDraft, ClusterView } from '../state/cluster-state.ts'
import { cycleOf, lifeOf, RANDOM } from '../state/esp-counters.ts'

export interface Iv {
  /** The salt or the sender ID before the number; `any` where there is none. */
  readonly prefix: string
  readonly number: number
}

/**
 * What chance may decide about an IV; 0: nothing.
 *
 * INTERPRETATION: a random IV is any of a few values. IV-1 is then violated by a single gateway too: nothing but probability, which no verdict here knows, keeps random IVs apart.
 */
export const drawsOf = (constants: Constants): readonly number[] => {
  switch (constants.scheme.esp.iv) {
    case 'random':
      return RANDOM
    case 'lfsr':
      return Array.from({ length: cycleOf(constants) + 1 }, (_, i) => i)
    default:
      return [0]
  }
}

/** Whether `draw` can be drawn now: a register is seeded when it is empty, the first of all with 1. */
export const mayDraw = (
  s: ClusterView,
  constants: Constants,
  at: Member,
  sa: string,
  draw: number,
): boolean => {
  if (constants.scheme.esp.iv !== 'lfsr') return true
  if (s.esp.member[at][sa]!.ivs > 0) return draw === 0
  return s.esp.spent.outbound === 0 ? draw === 1 : draw > 0
}

/** Makes the IV of the packet with this sequence number. */
export const makeIv = (
  d: ClusterDraft,
  constants: Constants,
  at: Member,
  sa: string,
  sequenceNumber: number,
  draw: number,
): Iv => {
  const mine = d.esp.member[at][sa]!
  const own = (prefix: string): Iv => {
    mine.ivs += 1
    return { prefix, number: mine.ivs }
  }
  const life = lifeOf(at, d.esp.life[at].number)
  switch (constants.scheme.esp.iv) {
    case 'sequence':
      return { prefix: 'any', number: sequenceNumber }
    case 'salted':
      return { prefix: life, number: sequenceNumber }
    case 'random':
      return { prefix: 'any', number: draw }
    case 'lfsr':
      mine.ivs = draw > 0 ? draw : (mine.ivs % cycleOf(constants)) + 1
      return { prefix: 'any', number: mine.ivs }
    case 'counter':
      return own('any')
    case 'memberId':
      return own(at)
    case 'incarnationId':
      return own(life)
  }
}

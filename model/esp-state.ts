/** Sequence numbers and IVs of the packets that the cluster sends on the first child SA. */
import { range } from '../src/modelling/schema.ts'
import type { Constants } from './constants.ts'

/** The sequence numbers that a member can come to, 0 before the first. */
export const sequenceNumbers = ({ scheme, scope }: Constants) =>
  range(0, scope.packets === 0 ? 0 : scope.packets + scheme.esp.jump * scope.crashes)

/** What a member knows of the packets sent. */
export const espCounters = (constants: Constants) => ({
  /** Sequence number of the last packet, used or learnt. */
  sent: sequenceNumbers(constants),
  /** Packets that this member's own IV generator has served; 0 where the IV is the sequence number. */
  ivs: range(0, constants.scheme.esp.iv === 'counter' ? constants.scope.packets : 0),
})

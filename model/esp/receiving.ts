/** What a receiver makes of an ESP packet: RFC 4303 section 3.4.3, for the peer and for the members. */
import type { Constants } from '../constants/constants.ts'
import type { EndView } from '../state/cluster-state.ts'
import { checkNumber, inferNumber, type Window } from '../state/esp-window.ts'
import type { Outcome } from '../wire/esp-events.ts'

export type { Outcome } from '../wire/esp-events.ts'

/**
 * The number that a receiver takes a packet to have: with extended numbers it sees the low half only.
 *
 * INTERPRETATION: a receiver does not try another high half when the integrity check fails (RFC 4303 appendix A3, which is optional), nor does one that learns from the first packet: it infers by the top it was told.
 */
export const readNumber = (
  { scheme, scope: { esp } }: Constants,
  { top }: Window,
  sequenceNumber: number,
): number =>
  scheme.esp.esn
    ? inferNumber(top, sequenceNumber % 2 ** esp.wireBits, esp.window, esp.wireBits)
    : sequenceNumber

/** What becomes of a packet that its sender protected: a number read wrongly fails the integrity check. */
export const outcomeOf = (
  constants: Constants,
  end: EndView,
  window: Window,
  sa: string,
  sequenceNumber: number,
  width: number,
): Outcome => {
  if (!end.children.has(sa)) return 'unknown'
  const read = readNumber(constants, window, sequenceNumber)
  if (read < 0) return 'unauthentic'
  const checked = checkNumber(window, read, width)
  if (checked !== 'fits') return checked
  return read === sequenceNumber ? 'accepted' : 'unauthentic'
}

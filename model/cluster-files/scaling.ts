/**
 * From an owner's units to what a search can hold. A search tells every second packet at the most: the smallest period in
 * which something can be missed. All other widths keep their ratio to the period.
 *
 * Sound for SEQ-1: reuse depends on whether the jump reaches k periods less one, for a whole k (what was lost, what is
 * unread, and the packets not yet told). The rule for widths keeps exactly that: floor((J + 1) p / P) - 1 >= k p - 1 if and
 * only if J >= k P - 1.
 */

/** One quantity, as it is and as it is searched. */
export interface ScaledRow {
  readonly quantity: string
  readonly real: string
  readonly scaled: string
  readonly rule: string
}

/** The period in searches, where there is one. */
export const SEARCHED_PERIOD = 2

/** The longest jump in searches but one as long as the number on the wire: beyond the margins of all that can be lost. */
const LONGEST = 14

/** Numbers on the wire of an SA; a jump as long escapes the receiver with extended sequence numbers. */
const ON_THE_WIRE = 2 ** 32
/** What stands for them in the search of the sequence space. */
const SEARCHED_ON_THE_WIRE = 16

/** A period of packets in a search. */
export const scaledPeriod = (period: number): number => Math.min(period, SEARCHED_PERIOD)

/** A jump, or what a window is raised by, in a search. */
export const scaledWidth = (width: number | 'maximum', period: number): number | 'maximum' => {
  if (width === 'maximum' || width === 0) return width
  if (width >= ON_THE_WIRE) return SEARCHED_ON_THE_WIRE
  if (period === scaledPeriod(period) && period > 0) return Math.min(width, SEARCHED_ON_THE_WIRE)
  if (period === 0) return Math.min(width, LONGEST)
  const scaled = Math.floor(((width + 1) * scaledPeriod(period)) / period) - 1
  return Math.min(Math.max(scaled, 0), LONGEST)
}

/** A receive window in a search; undefined where it is narrower than what a search has anyway. */
export const scaledWindow = (window: number, period: number): number | undefined => {
  const scaled = period === 0 ? window : Math.floor((window * scaledPeriod(period)) / period)
  return scaled > 2 ? Math.min(scaled, 8) : undefined
}

/** How far a standby can lag behind, in packets: what may be lost, what may be unread, and the packets not yet told. */
export const lagOf = (period: number, loses: number, delays: number): number =>
  (loses + delays + 1) * period - 1

/** Why a width is searched as it is. */
export const widthRule = (width: number | 'maximum', period: number): string => {
  if (width === 'maximum') return 'to the last number, in searches too'
  if (width >= ON_THE_WIRE) return 'as long as the number on the wire'
  if (period <= SEARCHED_PERIOD) return width > LONGEST ? 'beyond every margin of a search' : 'as it is'
  const scaled = scaledWidth(width, period)
  if (scaled === LONGEST) return 'beyond every margin of a search'
  return 'reaches as many periods: floor((width + 1) * searched period / period) - 1'
}

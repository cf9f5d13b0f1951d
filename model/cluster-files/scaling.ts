/**
 * From an owner's units to what a search can hold. A search tells every second packet at the most: the smallest period in
 * which something can be missed. All other widths keep their ratio to the period.
 *
 * Sound for SEQ-1: where the packet that ends a period is told, reuse depends on whether the jump reaches k periods less one, for a whole k (what was lost, what is
 * unread, and the packets not yet told). The rule for widths keeps exactly that: floor((J + 1) p / P) - 1 >= k p - 1 if and
 * only if J >= k P - 1. Where a clock tells, the jump has to reach k P, and floor(J p / P) >= k p if and only if it does.
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

/** What makes a message due, and so whether the packet that is told of is among those that may be missed. */
export type ToldBy = 'count' | 'clock'

/** A jump, or what a window is raised by, in a search. */
export const scaledWidth = (
  width: number | 'maximum',
  period: number,
  by: ToldBy = 'count',
): number | 'maximum' => {
  if (width === 'maximum' || width === 0) return width
  if (width >= ON_THE_WIRE) return SEARCHED_ON_THE_WIRE
  if (period === scaledPeriod(period) && period > 0) return Math.min(width, SEARCHED_ON_THE_WIRE)
  if (period === 0) return Math.min(width, LONGEST)
  return Math.min(Math.max(inPeriods(width, period, by), 0), LONGEST)
}

/** A width in proportion: it reaches k periods, or k periods less one, exactly when the real one does. */
const inPeriods = (width: number, period: number, by: ToldBy): number => {
  const least = by === 'count' ? 1 : 0
  return Math.floor(((width + least) * scaledPeriod(period)) / period) - least
}

/** A receive window in a search; undefined where it is narrower than what a search has anyway. */
export const scaledWindow = (window: number, period: number): number | undefined => {
  const scaled = period === 0 ? window : Math.floor((window * scaledPeriod(period)) / period)
  return scaled > 2 ? Math.min(scaled, 8) : undefined
}

/**
 * How far a standby can lag behind, in packets: what may be lost, what may be unread, and the packets not yet told. The
 * packet that ends a period is told at once; the last packet before a clock ticks is not.
 */
export const lagOf = (period: number, loses: number, delays: number, by: ToldBy = 'count'): number =>
  (loses + delays + 1) * period - (by === 'count' ? 1 : 0)

/** What that is called among the quantities. */
export const LAG = 'a standby lags behind by at most'

/** Packets that a search needs to see that margin; undefined where it has room: all have, for one message lost. */
export const packetsFor = (
  { period, unread, toldBy }: { readonly period: number; readonly unread: number; readonly toldBy: ToldBy },
  loses: number | undefined,
): number | undefined =>
  period > 0 && loses !== undefined && loses > 1
    ? lagOf(period, loses, unread, toldBy) + period + 1
    : undefined

/** That margin as a rule. */
export const lagRule = (by: ToldBy): string => `(lost + unread + 1) * period${by === 'count' ? ' - 1' : ''}`

/** Why a width is searched as it is. */
export const widthRule = (width: number | 'maximum', period: number, by: ToldBy = 'count'): string => {
  if (width === 'maximum') return 'to the last number, in searches too'
  if (width >= ON_THE_WIRE) return 'as long as the number on the wire'
  if (period <= SEARCHED_PERIOD) return width > LONGEST ? 'beyond every margin of a search' : 'as it is'
  const scaled = scaledWidth(width, period, by)
  if (scaled === LONGEST) return 'beyond every margin of a search'
  return by === 'count'
    ? 'reaches as many periods: floor((width + 1) * searched period / period) - 1'
    : 'reaches as many periods: floor(width * searched period / period)'
}

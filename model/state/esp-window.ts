/**
 * The receive window: RFC 4303 section 3.4.3 and, for extended sequence numbers, appendix A2. As in Linux
 * (`xfrm_replay_check`, `xfrm_replay_advance`, `xfrm_replay_seqhi`), with a width and a wire width that fit a model.
 */

/** What a receiver remembers of an SA. */
export interface Window {
  /** Highest number accepted; 0 at the start. */
  readonly top: number
  /** Bit i: top - i was accepted. */
  readonly seen: number
}

type Writable = { -readonly [K in keyof Window]: Window[K] }

/** Whether a number would be taken, before the packet has been authenticated. A width of 0 takes everything. */
export const checkNumber = (
  { top, seen }: Window,
  number: number,
  width: number,
): 'fits' | 'stale' | 'replayed' => {
  if (width === 0 || number > top) return 'fits'
  const behind = top - number
  if (number === 0 || behind >= width) return 'stale'
  return (seen >> behind) & 1 ? 'replayed' : 'fits'
}

/** Takes an accepted number into a window. */
export const advance = (window: Writable, number: number, width: number): void => {
  if (width === 0) return
  if (number > window.top) {
    const by = number - window.top
    window.seen = by < width ? ((window.seen << by) | 1) & allSeen(width) : 1
    window.top = number
  } else window.seen |= 1 << (window.top - number)
}

/** Takes the accepted numbers from `first` to `last` into a window. */
export const advanceThrough = (window: Writable, first: number, last: number, width: number): void => {
  // Of a long burst only what the window still shows at its end.
  for (let number = Math.max(first, last - width + 1); number <= last; number++)
    advance(window, number, width)
}

/** The bitmap of a window that takes nothing at or below its top. */
export const allSeen = (width: number): number => 2 ** width - 1

/**
 * The whole number of a packet of which only the low `bits` were sent: the one nearest to what is expected. Below 0 when
 * the receiver takes the packet for one sent before the first.
 */
export const inferNumber = (top: number, low: number, width: number, bits: number): number => {
  const half = 2 ** bits
  const topLow = top % half
  const topHigh = (top - topLow) / half
  const bottom = (topLow - width + 1 + half) % half
  const high =
    topLow >= width - 1 ? (low >= bottom ? topHigh : topHigh + 1) : low >= bottom ? topHigh - 1 : topHigh
  return high * half + low
}

/** Takes in what another member told of its window: whatever either has seen counts as seen. */
export const mergeWindow = (mine: Writable, theirs: Window, width: number): void => {
  const older = theirs.top < mine.top ? theirs : { top: mine.top, seen: mine.seen }
  const newer = theirs.top < mine.top ? { top: mine.top, seen: mine.seen } : theirs
  const by = newer.top - older.top
  mine.seen = newer.seen | (by < width ? (older.seen << by) & allSeen(width) : 0)
  mine.top = newer.top
}

/**
 * Where a search puts what it does not need soon when its memory is scarce: states that wait to be expanded, and how states
 * were reached. The table stays, since any of its places may be the next.
 */

/** A place outside of memory; whoever makes one knows of files, and says so when there is no room. */
export interface Outside {
  /** Bytes that the search may use of memory. */
  readonly bytes: number
  /** Writes words to a place that was given back, or to a new one, which is returned. Throws `OutOfMemory` when there is no room. */
  write(words: OutsideWords, place?: number): number
  /** Reads the words that were written to a place. */
  read(place: number, into: OutsideWords): void
}

export type OutsideWords = Int32Array | Uint8Array | Uint16Array

/** Memory is scarce when a search uses so much of what it may. */
export const SCARCE = 0.5
/** What the table leaves of it for what grows meanwhile. */
export const SPARE = 1 / 64

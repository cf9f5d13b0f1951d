/** What a capture file gives, and what reading one asks of its format. */
import type { Bytes } from './bytes.ts'

/** A captured frame. */
export interface RawFrame {
  /** From 1, as other tools number them. */
  readonly number: number
  /** Seconds since 1970. */
  readonly time: number
  readonly linkType: number
  /** What was captured of it; a view that is valid only until the next frame. */
  readonly bytes: Bytes
  /** Bytes that it had on the wire. */
  readonly length: number
}

/** A file format: items one after the other, some of which are frames. */
export interface Format {
  /** Bytes of the header before the first item. */
  readonly header: number
  /** Items begin at multiples of this many bytes after one another. */
  readonly step: number
  /** Bytes that must be there to tell the size of an item. */
  readonly least: number
  /** No item is longer. */
  readonly most: number
  /** Bytes of the item at `at`, of which `least` are there; 0 when there can be none. `strict`: after damage. */
  sizeAt(b: Bytes, at: number, strict: boolean): number
  /**
   * Takes the item in, which is there as a whole: a frame, which gets `number`, or `unreadable`, or nothing of interest.
   */
  take(b: Bytes, at: number, size: number, number: number): RawFrame | 'unreadable' | undefined
}

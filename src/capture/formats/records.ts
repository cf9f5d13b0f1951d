/**
 * Reads the records of a capture out of chunks of bytes, as they come: memory stays flat. What cannot be a record is
 * passed over up to the next place where records follow each other again, and counted.
 */
import { type Bytes, hex, joined } from './bytes.ts'
import { CaptureFault } from './fault.ts'
import type { Format, RawFrame } from './format.ts'
import { pcapFormat } from './pcap.ts'
import { pcapngFormat } from './pcapng.ts'

export type { Format, RawFrame } from './format.ts'

/** What could not be read. */
export interface Damage {
  /** Records, or stretches of bytes between records. */
  readonly unreadable: number
  /** Bytes in these stretches. */
  readonly bytes: number
  /** Whether the capture ends in the middle of a record. */
  readonly cut: boolean
}

/** Takes chunks of any size. */
export interface RecordReader {
  push(chunk: Bytes): void
  /** Ends the capture. Throws `CaptureFault` when what came is no capture. */
  end(ending?: Ending): Damage
}

/**
 * How the bytes of a capture come to an end: `short`, they are not all there; `interrupted`, more would have come, so
 * that the beginning of a record at the end is no damage.
 */
export type Ending = 'whole' | 'short' | 'interrupted'

/** Bytes by which a format is known. */
const MAGIC = 4

/** Hands each frame to `sink`, and says where something is not read. `push` and `end` throw `CaptureFault` for what is no capture. */
export const recordReader = (
  sink: (frame: RawFrame) => void,
  unread: () => void = () => {},
): RecordReader => {
  let rest: Bytes = new Uint8Array(0)
  let format: Format | undefined
  let number = 0
  let unreadable = 0
  let skipped = 0
  let lost = false

  const noteUnreadable = (): void => {
    unreadable += 1
    unread()
  }
  const consume = (buffer: Bytes, final: boolean): number => {
    let at = 0
    if (!format) {
      if (buffer.length < MAGIC) return 0
      const found = pcapFormat(buffer, final) ?? pcapngFormat(buffer)
      if (found === undefined)
        throw new CaptureFault(
          `begins with ${hex(buffer, 0, MAGIC)}, which is neither pcap (a1b2c3d4, a1b23c4d) nor pcapng (0a0d0d0a).`,
        )
      if (found === 'more') return 0
      format = found
      at = format.header
    }
    while (buffer.length - at >= format.least) {
      const size = format.sizeAt(buffer, at, lost)
      if (size === 0 || (lost && !followed(format, buffer, at + size, final))) {
        if (!lost) noteUnreadable()
        lost = true
        skipped += format.step
        at += format.step
        continue
      }
      if (at + size > buffer.length) break
      if (lost && at + size + format.least > buffer.length && !final) break
      lost = false
      const found = format.take(buffer, at, size, number + 1)
      at += size
      if (found === 'unreadable') noteUnreadable()
      else if (found) {
        number += 1
        sink(found)
      }
    }
    return at
  }

  return {
    push(chunk) {
      const buffer = joined(rest, chunk)
      const used = consume(buffer, false)
      rest = buffer.slice(used)
    },
    end(ending = 'whole') {
      rest = rest.slice(consume(rest, true))
      if (!format)
        throw new CaptureFault(
          rest.length === 0 ? 'is empty.' : `ends after ${rest.length} bytes, before its header is complete.`,
        )
      const open = ending === 'interrupted' && !lost ? 0 : rest.length
      const cut = ending === 'short' || (open > 0 && !lost)
      if (cut) unreadable += 1
      return { unreadable, bytes: skipped + open, cut }
    },
  }
}

/** Whether, after damage, an item is followed by another, by the end, or by what has not come yet. */
const followed = (format: Format, buffer: Bytes, next: number, final: boolean): boolean => {
  if (next + format.least > buffer.length) return !final || next <= buffer.length
  return format.sizeAt(buffer, next, true) > 0
}

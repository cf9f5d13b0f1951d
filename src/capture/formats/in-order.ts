/**
 * Captures whose frames are out of order, as several queues and merged files leave them. They are kept in memory and
 * judged in the order of their times, which is what `reordercap` would write.
 */
import type { Bytes } from './bytes.ts'
import { type Damage, type Ending, type RawFrame, type RecordReader, recordReader } from './records.ts'

/** A frame that is earlier than one before it by more is out of order. Seconds. */
export const DISORDER = 0.001
/** Bytes of memory that the frames of a capture may take; one that takes more is judged as it stands. */
const MOST = 2 ** 30
/** Bytes of memory that a frame takes besides its own. */
const EACH = 320

/** Looks whether frames are out of order. */
export interface OrderScan {
  readonly reader: RecordReader
  /** Whether they are, and memory holds them. */
  isToSort(): boolean
}

export const orderScan = (most = MOST): OrderScan => {
  let latest = -Infinity
  let isDisordered = false
  let size = 0
  return {
    reader: recordReader(({ time, bytes }) => {
      if (time < latest - DISORDER) isDisordered = true
      if (time > latest) latest = time
      size += bytes.length + EACH
    }),
    isToSort: () => isDisordered && size <= most,
  }
}

/** A frame of one of several captures. */
export interface KeptFrame {
  readonly frame: RawFrame
  /** From 0. */
  readonly capture: number
  /** Something before it was not read. */
  readonly afterUnread: boolean
}

export interface InOrder {
  /** Numbered in the order of time. */
  readonly frames: readonly KeptFrame[]
  readonly damage: Damage
  /** Frames that stood elsewhere in their file. */
  readonly moved: number
  /** Numbers of those that stood alone there: it may as well be the time that is wrong. */
  readonly alone: ReadonlySet<number>
}

/** Keeps the frames of captures. */
export interface FrameKeeper {
  /** Reads the next capture. */
  next(): { push(chunk: Bytes): void; end(ending?: Ending): void }
  inOrder(): InOrder
}

export const frameKeeper = (): FrameKeeper => {
  const kept: KeptFrame[] = []
  const moved = new Set<KeptFrame>()
  const alone = new Set<KeptFrame>()
  const damage = { unreadable: 0, bytes: 0, cut: false }
  let captures = 0
  return {
    next() {
      const capture = captures++
      const from = kept.length
      let afterUnread = false
      const reader = recordReader(
        (frame) => {
          kept.push({ frame: { ...frame, bytes: frame.bytes.slice() }, capture, afterUnread })
          afterUnread = false
        },
        () => {
          afterUnread = true
        },
      )
      return {
        push: (chunk) => reader.push(chunk),
        end(ending) {
          const { unreadable, bytes, cut } = reader.end(ending)
          damage.unreadable += unreadable
          damage.bytes += bytes
          damage.cut ||= cut
          const own = kept.slice(from)
          const out = outOfOrder(own.map(({ frame }) => frame.time))
          for (const [i, isOut] of out.entries()) {
            if (!isOut) continue
            moved.add(own[i]!)
            if (!out[i - 1] && !out[i + 1]) alone.add(own[i]!)
          }
        },
      }
    },
    inOrder() {
      const sorted = kept.toSorted((a, b) => a.frame.time - b.frame.time)
      const numbers = new Set<number>()
      const frames = sorted.map((one, i) => {
        if (alone.has(one)) numbers.add(i + 1)
        return { ...one, frame: { ...one.frame, number: i + 1 } }
      })
      return { frames, damage, moved: moved.size, alone: numbers }
    },
  }
}

/** Which of some times are the fewest without which the others do not fall, but for what clocks leave unsure. */
const outOfOrder = (times: readonly number[]): readonly boolean[] => {
  /** By length less one: where the row of that length ends that ends earliest. */
  const ends: number[] = []
  const before = new Int32Array(times.length)
  for (const [i, time] of times.entries()) {
    let low = 0
    for (let high = ends.length; low < high; ) {
      const middle = (low + high) >> 1
      if (times[ends[middle]!]! <= time) low = middle + 1
      else high = middle
    }
    before[i] = low === 0 ? -1 : ends[low - 1]!
    ends[low] = i
  }
  const out = times.map(() => true)
  for (let i = ends.at(-1) ?? -1; i >= 0; i = before[i]!) out[i] = false
  // What is earlier than those around it by less than that is in order.
  let latest = -Infinity
  for (const [i, time] of times.entries()) {
    if (out[i] && time <= latest && time >= latest - DISORDER) out[i] = false
    else if (!out[i]) latest = time
  }
  return out
}

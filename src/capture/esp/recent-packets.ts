/** The packets of one SA by sequence number: what their content was, in so far as it is remembered. */

import { type Bytes, digestOf } from '../formats/bytes.ts'

/** Packets of one SA that are remembered: in two generations, 15 MB at the most. */
export const MOST_PACKETS = 131_072
const FEWEST = 16
/** Captured bytes that are told apart: 17 bits. */
const MOST_BYTES = 0x1ffff
/** Words of a slot besides the number: digest, frame, both halves of the IV, captured bytes and beginning, milliseconds. */
const WORDS = 6
/** A copy of a packet that comes sooner was captured twice. Milliseconds. */
export const SAME_PACKET = 5

/** What is compared of a packet. */
export interface Print {
  /** Of what was captured behind the IV: 16 bits of each half. */
  readonly digest: number
  /** 14 bits of the first bytes behind the IV, by which packets that were cut at different lengths are compared. */
  readonly beginning: number
  readonly frame: number
  /** Both halves of the eight octets where counter modes have the IV; 0 where they were not captured. */
  readonly ivHigh: number
  readonly ivLow: number
  /** Captured bytes. */
  readonly captured: number
  readonly isCut: boolean
  /** Milliseconds since the first frame. */
  readonly ms: number
}

/** Room for packets that the tables of all SAs share. */
export interface Room {
  /** Slots that are left. */
  slots: number
  /** Slots of a table, all of them free. */
  take(size: number): Slots
  give(slots: Slots): void
}

interface Slots {
  readonly size: number
  /** Where they begin in the arrays. */
  readonly at: number
  readonly numbers: Float64Array
  readonly words: Uint32Array
}

/** Slots that are allocated at once: many small arrays would keep the garbage collector busy. */
const BLOCK = 65_536

export const roomFor = (slots: number): Room => {
  const free = new Map<number, Slots[]>()
  let block: Slots | undefined
  let used = 0
  const allocated = (size: number): Slots => ({
    size,
    at: 0,
    numbers: new Float64Array(size),
    words: new Uint32Array(size * WORDS),
  })
  const carved = (size: number): Slots => {
    if (size >= BLOCK) return allocated(size)
    if (!block || used + size > BLOCK) {
      block = allocated(BLOCK)
      used = 0
    }
    const { numbers, words } = block
    used += size
    return { size, at: used - size, numbers, words }
  }
  return {
    slots,
    take(size) {
      this.slots -= size
      const taken = free.get(size)?.pop() ?? carved(size)
      taken.numbers.fill(-1, taken.at, taken.at + size)
      return taken
    },
    give(given) {
      this.slots += given.size
      if (given.size >= BLOCK) return
      const list = free.get(given.size)
      if (list) list.push(given)
      else free.set(given.size, [given])
    },
  }
}

export interface RecentPackets {
  get(number: number): Print | undefined
  put(number: number, print: Print): void
  /** Whether a packet with the number may have been forgotten; otherwise there was none unless `get` has it. */
  mayForget(number: number): boolean
  /** Gives its room back. */
  release(): void
}

/** SPI, sequence number and IV. */
const hasIv = ({ captured }: Print): boolean => captured >= 16

/** Whether two packets have one IV. */
export const sameIv = (a: Print, b: Print): boolean =>
  hasIv(a) && hasIv(b) && a.ivHigh === b.ivHigh && a.ivLow === b.ivLow

/** What follows SPI, number and IV, in two halves. */
const CONTENT = 16
/** Bytes of content of which half are enough to tell that two packets are one. */
const ENOUGH = 16

/** What was captured of a packet, besides SPI, number and IV, in the form of a digest. */
export const printDigest = (bytes: Bytes): number => {
  const from = bytes.length >= CONTENT ? CONTENT : Math.min(8, bytes.length)
  const middle = (from + bytes.length) >> 1
  const [first, second] = [digestOf(bytes, from, middle), digestOf(bytes, middle, bytes.length)]
  return ((first & 0xffff) * 2 ** 16 + (second & 0xffff)) >>> 0
}

/** What is compared where less was captured of one packet than of another: 14 bits. */
export const beginningOf = (bytes: Bytes): number =>
  bytes.length < CONTENT + ENOUGH ? 0 : digestOf(bytes, CONTENT, CONTENT + ENOUGH) & 0x3fff

/** Whether the contents of two packets are the same in one half: if they are one packet, it was damaged in the rest. */
export const agreesInHalf = (a: Print, b: Print): boolean => {
  if (a.captured !== b.captured || a.captured < CONTENT + ENOUGH) return false
  const differs = a.digest ^ b.digest
  return (differs & 0xffff) === 0 || differs >>> 16 === 0
}

/**
 * Whether two packets with one number are the same packet: `unclear` where they were not captured whole and what was
 * captured does not differ.
 */
export const compared = (a: Print, b: Print): 'same' | 'other' | 'unclear' => {
  const isSame = a.digest === b.digest && a.ivHigh === b.ivHigh && a.ivLow === b.ivLow
  if (!a.isCut && !b.isCut) return isSame && a.captured === b.captured ? 'same' : 'other'
  if (a.captured !== b.captured) {
    if (hasIv(a) && hasIv(b) && !sameIv(a, b)) return 'other'
    if (Math.min(a.captured, b.captured) < CONTENT + ENOUGH) return 'unclear'
    if (a.beginning !== b.beginning) return 'other'
  } else if (!isSame) return 'other'
  return Math.abs(a.ms - b.ms) < SAME_PACKET ? 'same' : 'unclear'
}

interface Table {
  readonly slots: Slots
  count: number
  highest: number
}

/** The slot of a number, or the free one where it would be. */
const slotOf = ({ slots }: Table, number: number): number => {
  const { at, size, numbers } = slots
  let slot = (Math.imul(number ^ (number / 2 ** 32), 0x9e3779b1) >>> 8) & (size - 1)
  while (numbers[at + slot]! >= 0 && numbers[at + slot] !== number) slot = (slot + 1) & (size - 1)
  return at + slot
}

export const recentPackets = (room: Room): RecentPackets => new Generations(room)

/**
 * Two generations: when the younger is full and there is no room for a larger one, the older is forgotten. Tables are at
 * most half full. A class, for there is one for each SA.
 */
class Generations implements RecentPackets {
  readonly #room: Room
  #young: Table
  #old: Table | undefined
  /** The highest number that was forgotten; -1 where none was. */
  #forgotten = -1

  constructor(room: Room) {
    this.#room = room
    this.#young = tableOf(room, FEWEST)
  }

  get(number: number): Print | undefined {
    const slot = slotOf(this.#young, number)
    if (this.#young.slots.numbers[slot] === number) return read(this.#young, slot)
    const old = this.#old
    if (!old) return undefined
    const before = slotOf(old, number)
    return old.slots.numbers[before] === number ? read(old, before) : undefined
  }

  put(number: number, { digest, beginning, frame, ivHigh, ivLow, captured, isCut, ms }: Print): void {
    if (this.#young.count * 2 >= this.#young.slots.size) this.#makeRoom()
    const young = this.#young
    const slot = slotOf(young, number)
    const { numbers, words } = young.slots
    if (numbers[slot] !== number) young.count += 1
    numbers[slot] = number
    young.highest = Math.max(young.highest, number)
    const at = slot * WORDS
    words[at] = digest
    words[at + 1] = frame
    words[at + 2] = ivHigh
    words[at + 3] = ivLow
    words[at + 4] = beginning * 2 ** 18 + Math.min(captured, MOST_BYTES) * 2 + (isCut ? 1 : 0)
    words[at + 5] = ms
  }

  mayForget(number: number): boolean {
    return number <= this.#forgotten
  }

  release(): void {
    this.#room.give(this.#young.slots)
    if (this.#old) this.#room.give(this.#old.slots)
  }

  #makeRoom(): void {
    const room = this.#room
    const { size } = this.#young.slots
    if (size < 2 * MOST_PACKETS && room.slots >= 2 * size) {
      this.#young = grown(room, this.#young)
      return
    }
    if (this.#old) {
      this.#forgotten = Math.max(this.#forgotten, this.#old.highest)
      room.give(this.#old.slots)
    }
    this.#old = this.#young
    this.#young = tableOf(room, size)
  }
}

const tableOf = (room: Room, size: number): Table => ({ slots: room.take(size), count: 0, highest: -1 })

/** The same in a table of twice the size; the smaller one is given back. */
const grown = (room: Room, { slots, count, highest }: Table): Table => {
  const larger = { ...tableOf(room, slots.size * 2), count, highest }
  for (let from = slots.at; from < slots.at + slots.size; from++) {
    const number = slots.numbers[from]!
    if (number < 0) continue
    const slot = slotOf(larger, number)
    larger.slots.numbers[slot] = number
    for (let i = 0; i < WORDS; i++) larger.slots.words[slot * WORDS + i] = slots.words[from * WORDS + i]!
  }
  room.give(slots)
  return larger
}

const read = ({ slots: { words } }: Table, slot: number): Print => {
  const at = slot * WORDS
  const captured = words[at + 4]!
  return {
    digest: words[at]!,
    frame: words[at + 1]!,
    ivHigh: words[at + 2]!,
    ivLow: words[at + 3]!,
    captured: (captured >>> 1) & MOST_BYTES,
    beginning: captured >>> 18,
    isCut: (captured & 1) === 1,
    ms: words[at + 5]!,
  }
}

/** The packets of one SA by sequence number: what their content was, in so far as it is remembered. */

/** Packets of one SA that are remembered: in two generations, 15 MB at the most. */
export const MOST_PACKETS = 131_072
const FEWEST = 16
/** Words of a slot besides the number: digest, frame, both halves of the IV, captured bytes, milliseconds. */
const WORDS = 6
/** A copy of a packet that comes sooner was captured twice. Milliseconds. */
export const SAME_PACKET = 5

/** What is compared of a packet. */
export interface Print {
  /** Of everything that was captured. */
  readonly digest: number
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
  slots: number
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

/**
 * Whether two packets with one number are the same packet: `unclear` where they were not captured whole and what was
 * captured does not differ.
 */
export const compared = (a: Print, b: Print): 'same' | 'other' | 'unclear' => {
  if (!a.isCut && !b.isCut) return a.digest === b.digest ? 'same' : 'other'
  if (a.captured !== b.captured) return hasIv(a) && hasIv(b) && !sameIv(a, b) ? 'other' : 'unclear'
  if (a.digest !== b.digest) return 'other'
  return Math.abs(a.ms - b.ms) < SAME_PACKET ? 'same' : 'unclear'
}

interface Table {
  readonly size: number
  readonly numbers: Float64Array
  readonly words: Uint32Array
  count: number
  highest: number
}

const tableOf = (size: number): Table => ({
  size,
  numbers: new Float64Array(size).fill(-1),
  words: new Uint32Array(size * WORDS),
  count: 0,
  highest: -1,
})

/** The slot of a number, or the free one where it would be. */
const slotOf = ({ size, numbers }: Table, number: number): number => {
  let slot = (Math.imul(number ^ (number / 2 ** 32), 0x9e3779b1) >>> 0) & (size - 1)
  while (numbers[slot]! >= 0 && numbers[slot] !== number) slot = (slot + 1) & (size - 1)
  return slot
}

/**
 * Two generations: when the younger is full and there is no room for a larger one, the older is forgotten. Tables are at
 * most half full.
 */
export const recentPackets = (room: Room): RecentPackets => {
  let young = tableOf(FEWEST)
  let old: Table | undefined
  /** The highest number that was forgotten; -1 where none was. */
  let forgotten = -1
  room.slots -= FEWEST

  const grow = (): void => {
    const before = young
    young = tableOf(before.size * 2)
    room.slots -= before.size
    before.numbers.forEach((number, i) => {
      if (number < 0) return
      const slot = slotOf(young, number)
      young.numbers[slot] = number
      young.words.set(before.words.subarray(i * WORDS, (i + 1) * WORDS), slot * WORDS)
    })
    young.count = before.count
    young.highest = before.highest
  }

  const makeRoom = (): void => {
    if (young.size < 2 * MOST_PACKETS && room.slots >= young.size) {
      grow()
      return
    }
    if (old) {
      forgotten = Math.max(forgotten, old.highest)
      room.slots += old.size
    }
    old = young
    young = tableOf(old.size)
    room.slots -= young.size
  }

  const read = ({ words }: Table, slot: number): Print => {
    const at = slot * WORDS
    const captured = words[at + 4]!
    return {
      digest: words[at]!,
      frame: words[at + 1]!,
      ivHigh: words[at + 2]!,
      ivLow: words[at + 3]!,
      captured: captured >>> 1,
      isCut: (captured & 1) === 1,
      ms: words[at + 5]!,
    }
  }

  return {
    get(number) {
      const slot = slotOf(young, number)
      if (young.numbers[slot] === number) return read(young, slot)
      if (!old) return undefined
      const before = slotOf(old, number)
      return old.numbers[before] === number ? read(old, before) : undefined
    },
    put(number, { digest, frame, ivHigh, ivLow, captured, isCut, ms }) {
      if (young.count * 2 >= young.size) makeRoom()
      const slot = slotOf(young, number)
      if (young.numbers[slot] !== number) young.count += 1
      young.numbers[slot] = number
      young.highest = Math.max(young.highest, number)
      const at = slot * WORDS
      young.words[at] = digest
      young.words[at + 1] = frame
      young.words[at + 2] = ivHigh
      young.words[at + 3] = ivLow
      young.words[at + 4] = captured * 2 + (isCut ? 1 : 0)
      young.words[at + 5] = ms
    },
    mayForget: (number) => number <= forgotten,
    release() {
      room.slots += young.size + (old?.size ?? 0)
    },
  }
}

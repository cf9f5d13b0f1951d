/** The packets of one SA by sequence number: what their content was, in so far as it is remembered. */

/** Packets of one SA that are remembered: with 12 bytes each, 1.5 MB at the most. */
export const MOST_PACKETS = 131_072
const FEWEST = 64

/** A packet that was seen. */
export interface Remembered {
  /** 32 bits of the digest of its content. */
  readonly digest: number
  readonly frame: number
}

export interface RecentPackets {
  get(number: number): Remembered | undefined
  put(number: number, digest: number, frame: number): void
}

/** Slots by the low bits of the number; a later number takes the place of an earlier one. */
export const recentPackets = (): RecentPackets => {
  let size = FEWEST
  let numbers = new Float64Array(size).fill(-1)
  let digests = new Uint32Array(size)
  let frames = new Uint32Array(size)

  const grow = (): void => {
    const before = { numbers, digests, frames }
    size *= 2
    numbers = new Float64Array(size).fill(-1)
    digests = new Uint32Array(size)
    frames = new Uint32Array(size)
    before.numbers.forEach((number, i) => {
      if (number < 0) return
      const slot = number % size
      numbers[slot] = number
      digests[slot] = before.digests[i]!
      frames[slot] = before.frames[i]!
    })
  }

  return {
    get(number) {
      const slot = number % size
      return numbers[slot] === number ? { digest: digests[slot]!, frame: frames[slot]! } : undefined
    },
    put(number, digest, frame) {
      let slot = number % size
      while (numbers[slot]! >= 0 && numbers[slot] !== number && size < MOST_PACKETS) {
        grow()
        slot = number % size
      }
      numbers[slot] = number
      digests[slot] = digest >>> 0
      frames[slot] = frame
    },
  }
}

/** The pcapng format: blocks that give their length at both ends. Frames name the interface that they come from. */
import { type Bytes, hex, u32, u32le } from './bytes.ts'
import type { Format, RawFrame } from './format.ts'

const SECTION = 0x0a0d0d0a
const INTERFACE = 1
const OLD_PACKET = 2
const SIMPLE_PACKET = 3
const ENHANCED_PACKET = 6
/** Blocks of decryption secrets and of names can be long. */
const MOST = 2 ** 24

const RESOLUTION = 9
const CHECKSUM = 13
const OFFSET = 14

interface Interface {
  readonly linkType: number
  readonly snapLength: number
  /** Parts of a second that times are given in. */
  readonly parts: number
  /** Seconds to add. */
  readonly offset: number
  /** Octets of checksums at the end of frames. */
  readonly checksum: number
}

/** How the numbers of the section are read that begins here: its order of bytes may differ from that before. */
const orderOf = (b: Bytes, at: number): typeof u32 | undefined => {
  const order = u32(b, at + 8)
  return order === 0x1a2b3c4d ? u32 : order === 0x4d3c2b1a ? u32le : undefined
}

/** The format of a capture that begins so; undefined when it is another. */
export const pcapngFormat = (b: Bytes): Format | undefined => {
  if (hex(b, 0, 4) !== '0a0d0d0a') return undefined
  let read = u32le
  let interfaces: Interface[] = []

  const short = (b: Bytes, at: number): number =>
    read === u32le ? b[at]! | (b[at + 1]! << 8) : (b[at]! << 8) | b[at + 1]!

  const interfaceOf = (b: Bytes, at: number, end: number): Interface => {
    let parts = 1e6
    let offset = 0
    let checksum = 0
    for (let o = at + 16; o + 4 <= end; ) {
      const code = short(b, o)
      const length = short(b, o + 2)
      if (code === 0 || o + 4 + length > end) break
      if (code === RESOLUTION && length >= 1) {
        const value = b[o + 4]!
        parts = value & 0x80 ? 2 ** (value & 0x7f) : 10 ** value
      } else if (code === CHECKSUM && length >= 1) {
        // Bits, as the specification has it, or octets, as some write.
        checksum = b[o + 4]! >= 16 ? b[o + 4]! >> 3 : b[o + 4]!
      } else if (code === OFFSET && length >= 8) {
        const [low, high] = read === u32le ? [o + 4, o + 8] : [o + 8, o + 4]
        offset = (read(b, high) | 0) * 2 ** 32 + read(b, low)
      }
      o += 4 + length + ((4 - (length % 4)) % 4)
    }
    return { linkType: short(b, at + 8), snapLength: read(b, at + 12), parts, offset, checksum }
  }

  const frame = (
    b: Bytes,
    from: Interface | undefined,
    words: {
      readonly number: number
      readonly high: number
      readonly low: number
      readonly captured: number
      readonly length: number
    },
    at: number,
    end: number,
  ): RawFrame | 'unreadable' => {
    // Some writers leave the length out.
    const length = words.length === 0 ? words.captured : words.length
    if (!from || at + words.captured > end || words.captured > length) return 'unreadable'
    const time = (words.high * 2 ** 32 + words.low) / from.parts + from.offset
    return {
      number: words.number,
      time,
      linkType: from.linkType,
      bytes: b.subarray(at, at + Math.min(words.captured, Math.max(0, length - from.checksum))),
      length: Math.max(0, length - from.checksum),
    }
  }

  return {
    header: 0,
    step: 4,
    least: 12,
    most: MOST,
    sizeAt(b, at, strict) {
      const type = read(b, at)
      const order = type === SECTION ? orderOf(b, at) : read
      const size = order?.(b, at + 4) ?? 0
      if (order === undefined || size < 12 || size % 4 !== 0 || size > MOST) return 0
      if (at + size <= b.length && order(b, at + size - 4) !== size) return 0
      return strict && ![SECTION, INTERFACE, SIMPLE_PACKET, ENHANCED_PACKET, OLD_PACKET].includes(type)
        ? 0
        : size
    },
    take(b, at, size, number) {
      const end = at + size - 4
      switch (read(b, at)) {
        case SECTION:
          read = orderOf(b, at) ?? read
          interfaces = []
          return undefined
        case INTERFACE:
          if (size < 20) return 'unreadable'
          interfaces.push(interfaceOf(b, at, end))
          return undefined
        case ENHANCED_PACKET:
        case OLD_PACKET: {
          if (size < 32) return 'unreadable'
          const index = read(b, at) === OLD_PACKET ? short(b, at + 8) : read(b, at + 8)
          const [high, low, captured, length] = [12, 16, 20, 24].map((o) => read(b, at + o)) as [
            number,
            number,
            number,
            number,
          ]
          return frame(b, interfaces[index], { number, high, low, captured, length }, at + 28, end)
        }
        case SIMPLE_PACKET: {
          if (size < 16) return 'unreadable'
          const length = read(b, at + 8)
          const captured = Math.min(length || Infinity, interfaces[0]?.snapLength || Infinity, end - at - 12)
          return frame(b, interfaces[0], { number, high: 0, low: 0, captured, length }, at + 12, end)
        }
        default:
          return undefined
      }
    },
  }
}

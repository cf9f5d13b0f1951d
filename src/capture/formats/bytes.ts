/** Numbers, texts and digests out of bytes. No bounds are checked: whoever reads has looked at the length before. */

export type Bytes = Uint8Array

/** 16 bits, big endian. */
export const u16 = (b: Bytes, at: number): number => (b[at]! << 8) | b[at + 1]!

/** 32 bits, big endian, not negative. */
export const u32 = (b: Bytes, at: number): number =>
  ((b[at]! << 24) | (b[at + 1]! << 16) | (b[at + 2]! << 8) | b[at + 3]!) >>> 0

/** 32 bits, little endian, not negative. */
export const u32le = (b: Bytes, at: number): number =>
  ((b[at + 3]! << 24) | (b[at + 2]! << 16) | (b[at + 1]! << 8) | b[at]!) >>> 0

/** 48 bits, big endian: an Ethernet address. */
export const u48 = (b: Bytes, at: number): number => u16(b, at) * 2 ** 32 + u32(b, at + 2)

/** Hexadecimal digits without anything between. */
export const hex = (b: Bytes, at: number, length: number): string => {
  let text = ''
  for (let i = at; i < at + length; i++) text += (b[i]! + 256).toString(16).slice(1)
  return text
}

/** An Ethernet address as it is usually written. */
export const macText = (mac: number): string =>
  mac
    .toString(16)
    .padStart(12, '0')
    .replaceAll(/..(?!$)/g, '$&:')

/** An SPI as it is usually written. */
export const spiText = (spi: number): string => `0x${spi.toString(16).padStart(8, '0')}`

/** 53 bits that differ when the bytes do, but for chance. */
export const digestOf = (b: Bytes, from: number, to: number): number => {
  let h = 0x811c9dc5
  let k = 0x9e3779b9
  let at = from
  for (; at + 4 <= to; at += 4) {
    const word = (b[at]! << 24) | (b[at + 1]! << 16) | (b[at + 2]! << 8) | b[at + 3]!
    h = Math.imul(h ^ word, 0x01000193)
    h ^= h >>> 15
    k = Math.imul(k + word, 0x85ebca6b)
    k ^= k >>> 13
  }
  for (; at < to; at++) {
    h = Math.imul(h ^ b[at]!, 0x01000193)
    k = Math.imul(k + b[at]! + 1, 0xc2b2ae35)
  }
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d)
  k = Math.imul(k ^ (k >>> 16) ^ (to - from), 0x846ca68b)
  return ((k ^ (k >>> 15)) & 0x1fffff) * 2 ** 32 + ((h ^ (h >>> 15)) >>> 0)
}

/** Bytes one behind the other. */
export const joined = (a: Bytes, b: Bytes): Bytes => {
  if (a.length === 0) return b
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}

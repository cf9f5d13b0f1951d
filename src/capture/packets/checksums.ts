/**
 * Checksums of IPv4 headers and UDP, by which damage shows. Many captures are taken before the hardware computes them, or
 * have other addresses than the packets had: a wrong one is damage where it is the exception only.
 */
import { type Bytes, u16 } from '../formats/bytes.ts'

/** So many right ones to a wrong one make it an exception. */
const RIGHT = 4

export interface Checksums {
  /** Whether the IPv4 header at `at` is damaged. */
  ipv4(b: Bytes, at: number): boolean
  /** The same of UDP, of which `length` bytes were sent; `addresses`: the sum of both. */
  udp(b: Bytes, length: number, addresses: number): boolean
}

export const checksums = (): Checksums => {
  const counts = { ipv4: { right: 0, wrong: 0 }, udp: { right: 0, wrong: 0 } }
  const isException = (kind: keyof typeof counts, isRight: boolean): boolean => {
    const count = counts[kind]
    count[isRight ? 'right' : 'wrong'] += 1
    return !isRight && count.wrong * RIGHT <= count.right
  }
  return {
    ipv4: (b, at) => u16(b, at + 10) !== 0 && isException('ipv4', isRightIpv4(b, at)),
    udp(b, length, addresses) {
      const told = u16(b, 6)
      if (told === 0 || b.length < length || length < 8 || u16(b, 4) !== length) return false
      const pseudo = addresses + 17 + length
      // What is left to the hardware is the sum of the addresses.
      return told !== folded(pseudo) && isException('udp', folded(pseudo + sumOf(b, 0, length)) === 0xffff)
    },
  }
}

/** Whether an IPv4 header is there that agrees with its checksum. */
export const isRightIpv4 = (b: Bytes, at: number): boolean => {
  const end = at + ((b[at] ?? 0) & 15) * 4
  return (b[at] ?? 0) >> 4 === 4 && end >= at + 20 && end <= b.length && folded(sumOf(b, at, end)) === 0xffff
}

/** The sum of words of 16 bits. */
export const sumOf = (b: Bytes, from: number, to: number): number => {
  let sum = 0
  for (let at = from; at + 1 < to; at += 2) sum += u16(b, at)
  return (to - from) % 2 === 1 ? sum + (b[to - 1]! << 8) : sum
}

const folded = (sum: number): number => {
  let rest = sum
  while (rest > 0xffff) rest = (rest & 0xffff) + Math.floor(rest / 0x10000)
  return rest
}

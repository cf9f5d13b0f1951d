/** The pcap format: a header of 24 bytes, then records of 16 bytes and what was captured of a frame. */
import { type Bytes, hex, u32, u32le } from './bytes.ts'
import { CaptureFault } from './fault.ts'
import type { Format } from './format.ts'

const HEADER = 24
const RECORD = 16
/** No record holds more, whatever the header allows: what libpcap takes at most. */
const MOST = 262_144
/** Where frames are looked for after damage, their times differ from the last by at most this. Seconds. */
const NEAR = 86_400

/** How the magic number reads in either order of bytes, and the parts of a second that times are given in. */
const MAGICS: Readonly<Record<string, { readonly read: typeof u32; readonly parts: number }>> = {
  a1b2c3d4: { read: u32, parts: 1e6 },
  d4c3b2a1: { read: u32le, parts: 1e6 },
  a1b23c4d: { read: u32, parts: 1e9 },
  '4d3cb2a1': { read: u32le, parts: 1e9 },
}

/** The format of a capture that begins so; undefined when it is another, `more` when too little has come. */
export const pcapFormat = (b: Bytes, final: boolean): Format | 'more' | undefined => {
  const kind = MAGICS[hex(b, 0, 4)]
  if (!kind) return undefined
  if (b.length < HEADER) {
    if (final) throw new CaptureFault(`ends after ${b.length} of the ${HEADER} bytes of a pcap header.`)
    return 'more'
  }
  const { read, parts } = kind
  const most = Math.max(MOST, Math.min(read(b, 16), 2 ** 20))
  const network = read(b, 20)
  const linkType = network & 0xffff
  /** Octets of checksums at the end of frames: the upper bits tell, in units of two octets. */
  const checksum = network & 0x0400_0000 ? (network >>> 28) * 2 : 0
  let last: number | undefined
  return {
    header: HEADER,
    step: 1,
    least: RECORD,
    most: most + RECORD,
    sizeAt(b, at, strict) {
      const captured = read(b, at + 8)
      const length = read(b, at + 12)
      // Some writers leave the length out, and some round the fraction up to a whole second, which is carried.
      if (captured > most || (captured > length && length !== 0) || read(b, at + 4) > parts) return 0
      if (
        strict &&
        (length > most ||
          length === 0 ||
          captured < 20 ||
          (last !== undefined && Math.abs(read(b, at) - last) > NEAR))
      )
        return 0
      return RECORD + captured
    },
    take(b, at, size, number) {
      last = read(b, at)
      const time = last + read(b, at + 4) / parts
      const told = read(b, at + 12)
      const length = Math.max(0, (told === 0 ? size - RECORD : told) - checksum)
      const bytes = b.subarray(at + RECORD, Math.min(at + size, at + RECORD + length))
      return { number, time, linkType, bytes, length }
    },
  }
}

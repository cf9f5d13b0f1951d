/** Captures in pcap format, Ethernet, microseconds. */
import type { Bytes } from '../capture/formats/bytes.ts'

const MAGIC = 0xa1b2c3d4
const ETHERNET = 1

/** The header of a capture file. */
export const pcapHead = (): Bytes => {
  const b = Buffer.alloc(24)
  b.writeUInt32LE(MAGIC, 0)
  b.writeUInt16LE(2, 4)
  b.writeUInt16LE(4, 6)
  b.writeUInt32LE(262_144, 16)
  b.writeUInt32LE(ETHERNET, 20)
  return b
}

/** A frame in a capture file; `time` in seconds since 1970. */
export const pcapFrame = (time: number, frame: Bytes): Bytes => {
  const b = Buffer.alloc(16 + frame.length)
  const seconds = Math.floor(time)
  b.writeUInt32LE(seconds, 0)
  b.writeUInt32LE(Math.min(999_999, Math.floor((time - seconds) * 1e6)), 4)
  b.writeUInt32LE(frame.length, 8)
  b.writeUInt32LE(frame.length, 12)
  b.set(frame, 16)
  return b
}

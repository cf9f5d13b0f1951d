/** Ethernet frames with IKE messages, ESP packets and datagrams in IPv4, for gateways that are no more than a program. */
import { type Bytes, digestOf } from '../capture/formats/bytes.ts'

export interface FrameWords {
  /** Ethernet addresses, twelve hexadecimal digits. */
  readonly from: string
  readonly to: string
  readonly source: string
  readonly target: string
}

export interface IkeWords {
  readonly spis: string
  readonly exchange: 'IKE_SA_INIT' | 'IKE_AUTH' | 'CREATE_CHILD_SA' | 'INFORMATIONAL'
  readonly fromInitiator: boolean
  readonly response: boolean
  readonly messageId: number
  /** What stands where the encrypted payload is. */
  readonly content: string
}

const UDP = 17
const EXCHANGE = { IKE_SA_INIT: 34, IKE_AUTH: 35, CREATE_CHILD_SA: 36, INFORMATIONAL: 37 }
const SK = 46
const ESP_OVERHEAD = 16

const ipv4 = ({ from, to, source, target }: FrameWords, protocol: number, body: Bytes): Bytes => {
  const b = Buffer.alloc(34 + body.length)
  b.write(to + from, 0, 'hex')
  b.writeUInt16BE(0x0800, 12)
  b[14] = 0x45
  b.writeUInt16BE(20 + body.length, 16)
  b[22] = 64
  b[23] = protocol
  for (const [at, address] of [
    [26, source],
    [30, target],
  ] as const)
    b.set(address.split('.').map(Number), at)
  let sum = 0
  for (let at = 14; at < 34; at += 2) sum += b.readUInt16BE(at)
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  b.writeUInt16BE(~sum & 0xffff, 24)
  b.set(body, 34)
  return b
}

/** A datagram between two equal ports. */
export const udpFrame = (words: FrameWords, port: number, body: Bytes): Bytes => {
  const b = Buffer.alloc(8 + body.length)
  b.writeUInt16BE(port, 0)
  b.writeUInt16BE(port, 2)
  b.writeUInt16BE(b.length, 4)
  b.set(body, 8)
  return ipv4(words, UDP, b)
}

const SEED = 8

/**
 * What looks encrypted: equal texts give equal bytes, and others give altogether other ones, as a cipher would have it.
 * Nothing is hidden.
 */
const sealed = (text: string): Bytes => {
  const inner = Buffer.from(text)
  const seed = Buffer.alloc(SEED)
  seed.writeDoubleBE(digestOf(inner, 0, inner.length))
  return Buffer.concat([seed, masked(inner, seed)])
}

const opened = (b: Bytes): string => masked(b.subarray(SEED), b.subarray(0, SEED)).toString()

/** Exclusive or with numbers that follow from a seed. */
const masked = (b: Bytes, seed: Bytes): Buffer => {
  let x = digestOf(seed, 0, SEED) | 1
  return Buffer.from(
    b.map((byte) => {
      x ^= x << 13
      x ^= x >>> 17
      x ^= x << 5
      return byte ^ (x & 0xff)
    }),
  )
}

/** An IKE message on port 500. */
export const ikeFrame = (
  words: FrameWords,
  { spis, exchange, fromInitiator, response, messageId, content }: IkeWords,
): Bytes => {
  const inner = sealed(content)
  const b = Buffer.alloc(32 + inner.length)
  b.write(spis, 0, 'hex')
  b[16] = SK
  b[17] = 0x20
  b[18] = EXCHANGE[exchange]
  b[19] = (fromInitiator ? 0x08 : 0) | (response ? 0x20 : 0)
  b.writeUInt32BE(messageId, 20)
  b.writeUInt32BE(b.length, 24)
  b.writeUInt16BE(4 + inner.length, 30)
  b.set(inner, 32)
  return udpFrame(words, 500, b)
}

/** What stands where the encrypted payload is, of a frame that `ikeFrame` made. */
export const ikeContent = (frame: Bytes): string => opened(frame.subarray(42 + 32))

/** The payload of a datagram of `udpFrame`. */
export const udpContent = (frame: Bytes): Bytes => frame.subarray(42)

/** An ESP packet on port 4500. */
export const espFrame = (words: FrameWords, spi: number, number: number, content: string): Bytes => {
  const inner = sealed(content)
  const b = Buffer.alloc(ESP_OVERHEAD + inner.length)
  b.writeUInt32BE(spi, 0)
  b.writeUInt32BE(number, 4)
  // The IV, which is that of nobody else: here sequence numbers are not IVs.
  for (let i = 8; i < 16; i++) b[i] = Math.floor(Math.random() * 256)
  b.set(inner, ESP_OVERHEAD)
  return udpFrame(words, 4500, b)
}

/** The content of a packet of `espFrame`. */
export const espContent = (frame: Bytes): string => opened(frame.subarray(42 + ESP_OVERHEAD))

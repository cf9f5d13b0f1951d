/** Makes packets and captures out of nothing: for measurements, and for tests of what no recorded capture has. */

type Bytes = Uint8Array

const bytesOf = (...parts: readonly (readonly number[] | Bytes)[]): Bytes => {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

const be16 = (value: number): readonly number[] => [(value >> 8) & 255, value & 255]
const be32 = (value: number): readonly number[] => [...be16(value >>> 16), ...be16(value & 0xffff)]
const le32 = (value: number): readonly number[] => [...be32(value)].reverse()
const digits = (text: string): readonly number[] =>
  (text.replaceAll(/[^0-9a-f]/gi, '').match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16))

/** Bytes that differ for different seeds. */
export const contentOf = (seed: number, length: number): Bytes => {
  const bytes = new Uint8Array(length)
  let state = Math.imul(seed + 1, 0x9e3779b9)
  for (let i = 0; i < length; i++) {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5
    bytes[i] = state >>> 24
  }
  return bytes
}

/** An ESP packet; `iv` as two halves, and content that depends on `seed`. */
export const esp = (
  spi: number,
  low: number,
  iv: readonly [number, number],
  seed = low,
  length = 64,
): Bytes => bytesOf(be32(spi), be32(low), be32(iv[0]), be32(iv[1]), contentOf(seed, length))

/** An AH packet around content that depends on `seed`. */
export const ah = (spi: number, low: number, seed = low): Bytes =>
  bytesOf([4, 4], be16(0), be32(spi), be32(low), contentOf(seed, 40))

/** What an IKE message says in its header; `seed` decides the rest. */
export interface IkeWords {
  readonly spis: readonly [string, string]
  readonly exchange: number
  readonly messageId: number
  readonly fromInitiator: boolean
  readonly response: boolean
  readonly seed: number
  readonly fragment?: readonly [number, number]
  readonly version?: number
  /** What stands in the protected payload instead, with the type of the first payload inside. */
  readonly body?: Bytes
  readonly innerType?: number
}

/** A protected IKE message, or a fragment of one. */
export const ike = (words: IkeWords): Bytes => {
  const {
    spis,
    exchange,
    messageId,
    fromInitiator,
    response,
    seed,
    fragment,
    version = 0x20,
    innerType = 0,
  } = words
  const flags = (fromInitiator ? 8 : 0) | (response ? 32 : 0)
  const first = exchange === 34 ? 40 : fragment ? 53 : 46
  const body = bytesOf(
    ...(fragment ? [be16(fragment[0]), be16(fragment[1])] : []),
    words.body ?? contentOf(seed, 60),
  )
  const payload = bytesOf([innerType, 0], be16(body.length + 4), body)
  return bytesOf(
    ...spis.map(digits),
    [first, version, exchange, flags],
    be32(messageId),
    be32(28 + payload.length),
    payload,
  )
}

/** A UDP datagram without checksum. */
export const udp = (from: number, to: number, body: Bytes): Bytes =>
  bytesOf(be16(from), be16(to), be16(8 + body.length), be16(0), body)

/** The same behind the marker that sets IKE apart from ESP on port 4500. */
export const marked = (body: Bytes): Bytes => bytesOf([0, 0, 0, 0], body)

/** An IPv4 packet; `fragment` gives the offset in bytes and whether more follow. */
export const ipv4 = (
  source: string,
  target: string,
  protocol: number,
  body: Bytes,
  { id = 1, offset = 0, more = false, ttl = 64 } = {},
): Bytes =>
  bytesOf(
    [0x45, 0],
    be16(20 + body.length),
    be16(id),
    be16((more ? 0x2000 : 0) | (offset / 8)),
    [ttl, protocol, 0, 0],
    source.split('.').map(Number),
    target.split('.').map(Number),
    body,
  )

/** An IPv6 packet; addresses as 32 hexadecimal digits. */
export const ipv6 = (source: string, target: string, protocol: number, body: Bytes): Bytes =>
  bytesOf([0x60, 0, 0, 0], be16(body.length), [protocol, 64], digits(source), digits(target), body)

/** An Ethernet frame; `tags` are VLAN numbers. */
export const ethernet = (from: string, to: string, packet: Bytes, tags: readonly number[] = []): Bytes =>
  bytesOf(
    digits(to),
    digits(from),
    ...tags.map((tag) => [0x81, 0, ...be16(tag)]),
    be16(packet[0]! >> 4 === 6 ? 0x86dd : 0x0800),
    packet,
  )

/** The header of a pcap file with times in microseconds. */
export const pcapHeader = (linkType: number): Bytes =>
  bytesOf(le32(0xa1b2c3d4), [2, 0, 4, 0], le32(0), le32(0), le32(262_144), le32(linkType))

/** A record of such a file. */
export const pcapRecord = (seconds: number, frame: Bytes, length = frame.length): Bytes => {
  const whole = Math.floor(seconds)
  return bytesOf(
    le32(whole),
    le32(Math.round((seconds - whole) * 1e6)),
    le32(frame.length),
    le32(length),
    frame,
  )
}

/** A capture of frames that follow each other in tenths of a second. */
export const pcap = (linkType: number, frames: readonly Bytes[]): Bytes =>
  bytesOf(pcapHeader(linkType), ...frames.map((frame, i) => pcapRecord(1000 + i / 10, frame)))

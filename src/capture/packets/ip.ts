/**
 * IPv4 and IPv6 headers, and datagrams put together again from their fragments; where some are missing, the first
 * fragment still says to which SA a packet belongs, and its number.
 */
import { type Bytes, u16, u32 } from '../formats/bytes.ts'
import { type Checksums, sumOf } from './checksums.ts'

/** An IP packet; of a fragment, the whole datagram once all parts are there. */
export interface IpPacket {
  readonly source: string
  readonly target: string
  readonly ttl: number
  /** IP protocol: 17 UDP, 50 ESP, 51 AH. */
  readonly protocol: number
  /** What was captured of the payload. */
  readonly payload: Bytes
  /** Bytes that the payload had on the wire; of the first fragment alone one more than it has, since more follow. */
  readonly length: number
  /** The sum of both addresses in words, for checksums. */
  readonly addresses: number
}

/** `incomplete`: a fragment, and others are missing yet; `damaged`: its checksum is wrong. */
export type IpResult = IpPacket | 'incomplete' | 'malformed' | 'damaged'

/** A datagram of which the first fragment has come, and others have not. */
export interface FirstFragment {
  readonly packet: IpPacket
  /** Whether the others have come. */
  isWhole(): boolean
  /** By which another beginning of the same datagram is known. */
  readonly datagram: object
  /** Takes the fragment for all that there will be of the datagram. */
  giveUp(): void
}

/** Datagrams of which fragments are kept. */
const MOST_OPEN = 256
/** Fragments that come later are of another datagram with the same identification. Seconds: RFC 791 section 3.2. */
const LIFETIME = 30
/** Texts of addresses that are kept. */
const MOST_NAMES = 65_536

interface Part {
  readonly from: number
  readonly bytes: Bytes
}

interface Datagram {
  readonly time: number
  parts: Part[]
  /** The first fragment has been taken for the whole. */
  givenUp?: boolean
  whole?: boolean
  /** Bytes of the whole payload, once the last fragment has come. */
  length?: number
}

interface Piece {
  readonly packet: IpPacket
  readonly id: number
  readonly offset: number
  readonly more: boolean
}

/** Reads IP packets one after the other. */
export interface IpReader {
  /** The packet that begins at `at`, seen at `time` in seconds; `type` is the EtherType. */
  read(b: Bytes, at: number, type: number, time: number, network: string): IpResult
  /** The first fragment that was read last, where that is what `incomplete` was said of. */
  first(): FirstFragment | undefined
  /** Datagrams of which fragments are missing, or were given up. */
  incomplete(): number
}

export const ipReader = (sums: Checksums): IpReader => {
  const names = new Map<string | number, string>()
  const open = new Map<string, Datagram>()
  let givenUp = 0
  let first: FirstFragment | undefined
  let now = 0
  let where = ''

  const named = (key: string | number, make: () => string): string => {
    let name = names.get(key)
    if (name === undefined) {
      if (names.size >= MOST_NAMES) names.clear()
      name = make()
      names.set(key, name)
    }
    return name
  }

  const put = ({ packet, id, offset, more }: Piece): IpResult => {
    if (offset === 0 && !more) return packet
    const cut = packet.payload.length < packet.length
    if (cut && offset > 0) return 'malformed'
    const key = `${where} ${packet.source} ${packet.target} ${packet.protocol} ${id}`
    let datagram = open.get(key)
    if (!datagram || now - datagram.time > LIFETIME || (datagram.givenUp && offset === 0)) {
      if (datagram) givenUp += 1
      else if (open.size >= MOST_OPEN) {
        open.delete(open.keys().next().value!)
        givenUp += 1
      }
      datagram = { time: now, parts: [] }
      open.delete(key)
      open.set(key, datagram)
    }
    const whole = cut ? undefined : completed(datagram, packet, offset, more)
    if (whole) {
      open.delete(key)
      datagram.whole = true
      return datagram.givenUp ? 'incomplete' : whole
    }
    if (offset === 0 && !datagram.givenUp) {
      const { length, payload } = packet
      const taken = datagram
      first = {
        packet: { ...packet, payload: payload.slice(), length: length + 1 },
        datagram: taken,
        isWhole: () => taken.whole === true,
        giveUp: () => {
          taken.givenUp = true
        },
      }
    }
    return 'incomplete'
  }

  const v4 = (b: Bytes, at: number): IpResult => {
    if (b.length < at + 20) return 'malformed'
    const header = (b[at]! & 15) * 4
    // A length of 0 is what segmentation offload leaves behind.
    const total = u16(b, at + 2) || b.length - at
    if (b[at]! >> 4 !== 4 || header < 20 || total < header) return 'malformed'
    if (b.length >= at + header && sums.ipv4(b, at)) return 'damaged'
    const flags = u16(b, at + 6)
    const name = (o: number): string => named(u32(b, o), () => `${b[o]}.${b[o + 1]}.${b[o + 2]}.${b[o + 3]}`)
    const packet: IpPacket = {
      source: name(at + 12),
      target: name(at + 16),
      ttl: b[at + 8]!,
      protocol: b[at + 9]!,
      payload: b.subarray(at + header, at + total),
      length: total - header,
      addresses: sumOf(b, at + 12, at + 20),
    }
    return (flags & 0x3fff) === 0
      ? packet
      : put({ packet, id: u16(b, at + 4), offset: (flags & 0x1fff) * 8, more: (flags & 0x2000) !== 0 })
  }

  const v6 = (b: Bytes, at: number): IpResult => {
    if (b.length < at + 40 || b[at]! >> 4 !== 6) return 'malformed'
    // A length of 0 is what segmentation offload leaves behind.
    const end = at + 40 + (u16(b, at + 4) || b.length - at - 40)
    const name = (o: number): string =>
      named(String.fromCharCode(...b.subarray(o, o + 16)), () => ipv6Text(b, o))
    let next = b[at + 6]!
    let o = at + 40
    let piece: Omit<Piece, 'packet'> = { id: 0, offset: 0, more: false }
    while ((next === 0 || next === 43 || next === 44 || next === 60) && piece.offset === 0) {
      if (b.length < o + 8) return 'malformed'
      if (next === 44)
        piece = { id: u32(b, o + 4), offset: u16(b, o + 2) & 0xfff8, more: (b[o + 3]! & 1) === 1 }
      const size = next === 44 ? 8 : (b[o + 1]! + 1) * 8
      next = b[o]!
      o += size
    }
    if (end < o) return 'malformed'
    const packet: IpPacket = {
      source: name(at + 8),
      target: name(at + 24),
      ttl: b[at + 7]!,
      protocol: next,
      payload: b.subarray(o, end),
      length: end - o,
      addresses: sumOf(b, at + 8, at + 40),
    }
    return put({ packet, ...piece })
  }

  return {
    read(b, at, type, time, network) {
      first = undefined
      now = time
      where = network
      return type === 0x0800 ? v4(b, at) : v6(b, at)
    },
    first: () => first,
    incomplete: () => givenUp + open.size,
  }
}

/** Adds a part to a datagram; the whole, once no part is missing. */
const completed = (
  datagram: Datagram,
  packet: IpPacket,
  offset: number,
  more: boolean,
): IpPacket | undefined => {
  datagram.parts = [
    ...datagram.parts.filter(({ from }) => from !== offset),
    { from: offset, bytes: packet.payload.slice() },
  ].sort((a, b) => a.from - b.from)
  if (!more) datagram.length = offset + packet.payload.length
  if (datagram.length === undefined) return undefined
  let end = 0
  for (const { from, bytes } of datagram.parts) {
    if (from > end) return undefined
    end = Math.max(end, from + bytes.length)
  }
  if (end < datagram.length) return undefined
  const payload = new Uint8Array(end)
  for (const { from, bytes } of datagram.parts) payload.set(bytes, from)
  return { ...packet, payload: payload.subarray(0, datagram.length), length: datagram.length }
}

/** An IPv6 address with the longest run of zeros left out: RFC 5952. */
const ipv6Text = (b: Bytes, at: number): string => {
  const words = Array.from({ length: 8 }, (_, i) => u16(b, at + 2 * i).toString(16))
  const runs = [...words.join(':').matchAll(/(?<![0-9a-f])0(?::0)+(?![0-9a-f])/g)].map(([run]) => run)
  const longest = runs.reduce((a, run) => (run.length > a.length ? run : a), '')
  return longest === '' ? words.join(':') : words.join(':').replace(new RegExp(`(^|:)${longest}(:|$)`), '::')
}

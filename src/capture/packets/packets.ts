/**
 * What of a capture matters here: ESP, AH and IKE packets, ARP messages, and other IP packets; also those inside
 * tunnels, in AH, and in TCP. A frame may hold several, or a part of one.
 */
import { type Bytes, u16, u32 } from '../formats/bytes.ts'
import type { RawFrame } from '../formats/records.ts'
import { checksums, isRightIpv4 } from './checksums.ts'
import { type IkeHeader, ikeHeader } from './ike-header.ts'
import { type FirstFragment, type IpPacket, ipReader } from './ip.ts'
import { ARP, IPV4, IPV6, type Link, linkName, linkOf, readsLink } from './link.ts'
import { tcpStreams } from './tcp.ts'
import { type Opened, openIp, openUdp, sealedType } from './tunnels.ts'

/** Where and when a packet was seen. Bytes are valid only until the next frame. */
interface Seen {
  readonly frame: number
  /** Seconds since 1970. */
  readonly time: number
  readonly sourceMac: number
  readonly targetMac: number
  /** The network of those that share the wire, such as `VLAN 7, VXLAN 12`; empty where there is one only. */
  readonly network: string
}

interface Addressed extends Seen {
  readonly source: string
  readonly target: string
  readonly ttl: number
  /** UDP or TCP ports of source and target; undefined for what lies in IP at once. */
  readonly ports?: readonly [source: number, target: number]
}

/** A packet of a child SA. */
export interface EspPacket extends Addressed {
  readonly kind: 'esp'
  readonly protocol: 'ESP' | 'AH'
  readonly spi: number
  /** The 32 bits that are sent. */
  readonly low: number
  /** What was captured of it, from the SPI (ESP) or the header (AH) on. */
  readonly bytes: Bytes
  /** Bytes that it had on the wire; more than `bytes` has when it was cut. */
  readonly length: number
  /** The first fragment only was captured: `length` is then just more than that. */
  readonly isFragment?: true
}

/** An IKE message. */
export interface IkePacket extends Addressed {
  readonly kind: 'ike'
  readonly header: IkeHeader
  /** What was captured of it, from the IKE header on. */
  readonly bytes: Bytes
}

/** An ARP message: a station says that it has an address, or asks for another. */
export interface ArpPacket extends Seen {
  readonly kind: 'arp'
  readonly sender: number
  readonly address: string
  /** Sent without being asked, to tell everybody. */
  readonly gratuitous: boolean
}

/** Any other IP packet. */
export interface OtherPacket extends Addressed {
  readonly kind: 'other'
  readonly protocol: number
}

export type Packet = EspPacket | IkePacket | ArpPacket | OtherPacket

/** Why a frame says nothing. */
export const SKIPPED = {
  link: 'of a link type that is not read',
  protocol: 'neither IP nor ARP',
  malformed: 'malformed or cut too short',
  damaged: 'with a wrong checksum, where others are right',
  fragment: 'fragments',
  keepalive: 'NAT keepalives',
  ikev1: 'IKEv1',
  tcp: 'of TCP port 4500 that are no stream of IKE and ESP (RFC 9329)',
  segment: 'TCP segments of IKE and ESP in which no message ends',
} as const
export type Skipped = keyof typeof SKIPPED

/** What comes out of frames. */
export interface PacketSink {
  packet(packet: Packet): void
  skipped(why: Skipped): void
  /** Something inside of which IKE or ESP may be, that cannot be opened; its name. It may also be skipped or `other`. */
  unopened(name: string): void
}

export interface PacketReader {
  read(frame: RawFrame): void
  /** Hands out what has waited for more. */
  end(): void
  /** Datagrams of which fragments are missing. */
  incomplete(): number
}

const IKE_PORT = 500
const NAT_PORT = 4500
const [TCP, UDP, ESP, AH] = [6, 17, 50, 51]
const PART = { isFragment: true } as const
/** Headers inside one another that are opened. */
const DEEPEST = 8
/** Sources of which a first fragment waits. */
const MOST_WAITING = 256

/** How a packet was come to. */
interface Way {
  /** Headers that it lies inside of. */
  readonly depth: number
  /** By AH: what it holds is not in clear. */
  readonly isProtected: boolean
  readonly isFragment: boolean
}
const OUTSIDE: Way = { depth: 0, isProtected: false, isFragment: false }

/** A first fragment, and where it was seen. */
interface Waiting {
  readonly where: Seen
  readonly way: Way
  readonly first: FirstFragment
}

/** Reads packets; IKE also on `ports`, with or without the marker that sets it apart from ESP. */
export const packetReader = (ports: readonly number[], sink: PacketSink): PacketReader => {
  const sums = checksums()
  const ip = ipReader(sums)
  const streams = tcpStreams()
  const natPorts = new Set([NAT_PORT, ...ports])
  const waiting = new Map<string, Waiting>()

  const ikeOf = (at: Addressed, b: Bytes, length: number): void => {
    const header = ikeHeader(b, length)
    if (header === 'ikev1') {
      sink.unopened('IKEv1')
      sink.skipped('ikev1')
    } else if (header) sink.packet({ kind: 'ike', ...at, header, bytes: b.subarray(0, header.length) })
    else sink.skipped('malformed')
  }

  const espOf = (at: Addressed, b: Bytes, length: number, isFragment: boolean): void => {
    if (b.length < 8 || u32(b, 0) === 0) {
      sink.skipped('malformed')
      return
    }
    const part = isFragment ? PART : {}
    sink.packet({
      kind: 'esp',
      ...at,
      protocol: 'ESP',
      spi: u32(b, 0),
      low: u32(b, 4),
      bytes: b,
      length,
      ...part,
    })
  }

  /** AH, and the ESP or the tunnel that it protects: RFC 4302. Its other insides are no packets in clear. */
  const ahOf = (at: Addressed, packet: IpPacket, way: Way): void => {
    const { payload: b, length } = packet
    if (b.length < 12) {
      sink.skipped('malformed')
      return
    }
    const part = way.isFragment ? PART : {}
    sink.packet({
      kind: 'esp',
      ...at,
      protocol: 'AH',
      spi: u32(b, 4),
      low: u32(b, 8),
      bytes: b,
      length,
      ...part,
    })
    const header = (b[1]! + 2) * 4
    const protocol = b[0]!
    if (b.length < header || ![ESP, UDP, 4, 41].includes(protocol)) return
    const inner = { ...packet, protocol, payload: b.subarray(header), length: length - header }
    if (protocol !== UDP || isIkeUdp(inner.payload)) payloadOf(at, inner, { ...way, isProtected: true })
  }

  const isIkeUdp = (b: Bytes): boolean =>
    b.length >= 8 && [u16(b, 0), u16(b, 2)].some((port) => port === IKE_PORT || natPorts.has(port))

  const udpOf = (where: Addressed, { payload: b, length, addresses }: IpPacket, way: Way): void => {
    const { isFragment, isProtected } = way
    if (b.length < 8) {
      sink.skipped('malformed')
      return
    }
    if (!isFragment && sums.udp(b, length, addresses)) {
      sink.skipped('damaged')
      return
    }
    const ports = [u16(b, 0), u16(b, 2)] as const
    const at = { ...where, ports }
    const body = b.subarray(8)
    const told = u16(b, 4)
    const size = (isFragment ? told : Math.min(length, told || length)) - 8
    if (size < 0) {
      sink.skipped('malformed')
      return
    }
    if (ports.some((port) => natPorts.has(port))) {
      if (size === 1 && body[0] === 0xff) {
        sink.skipped('keepalive')
        return
      }
      if (body.length < 4) {
        sink.skipped('malformed')
        return
      }
      const isMarked = u32(body, 0) === 0
      const isBare = !ports.includes(NAT_PORT) && typeof ikeHeader(body, size) === 'object'
      if (!isMarked && !isBare) {
        espOf(at, body.subarray(0, size), size, isFragment)
        return
      }
      // A message that is sent again may have been captured whole once: its parts say nothing that is sure.
      if (isFragment) {
        sink.skipped('fragment')
        return
      }
      if (isMarked) ikeOf(at, body.subarray(4), size - 4)
      else ikeOf(at, body, size)
      return
    }
    if (ports.includes(IKE_PORT)) {
      if (isFragment) sink.skipped('fragment')
      else ikeOf(at, body, size)
      return
    }
    const opened = openUdp(ports[1], body, where)
    if (opened !== null && openedOf(at, opened, body, way)) return
    if (isFragment) sink.skipped('fragment')
    else if (!isProtected) sink.packet({ kind: 'other', ...at, protocol: UDP })
  }

  /** Goes on with what lies inside a tunnel; false when it cannot be opened, which is then counted. */
  const openedOf = (at: Seen, opened: Opened, b: Bytes, way: Way): boolean => {
    if (typeof opened === 'string') {
      sink.unopened(opened)
      return false
    }
    if (!opened) sink.skipped('malformed')
    else if (way.depth >= DEEPEST) {
      sink.unopened(`more than ${DEEPEST} headers inside one another`)
      return false
    } else linkedOf(at, opened, b, { ...way, depth: way.depth + 1 })
    return true
  }

  const tcpOf = (where: Addressed, { payload: b, length }: IpPacket, isProtected: boolean): void => {
    if (b.length < 20) {
      sink.skipped('malformed')
      return
    }
    const ports = [u16(b, 0), u16(b, 2)] as const
    const at = { ...where, ports }
    if (!ports.some((port) => natPorts.has(port))) {
      if (!isProtected) sink.packet({ kind: 'other', ...at, protocol: TCP })
      return
    }
    const key = `${where.network} ${where.source} ${ports[0]} ${where.target} ${ports[1]}`
    const messages = streams.take(key, b, length)
    if (messages === 'unknown') {
      sink.unopened('TCP on port 4500 that is no stream of IKE and ESP')
      sink.skipped('tcp')
      return
    }
    if (messages.length === 0) sink.skipped('segment')
    for (const { bytes, length } of messages) {
      if (length === 1 && bytes[0] === 0xff) sink.skipped('keepalive')
      else if (bytes.length < 4) sink.skipped('malformed')
      else if (u32(bytes, 0) === 0) ikeOf(at, bytes.subarray(4), length - 4)
      else espOf(at, bytes, length, false)
    }
  }

  const payloadOf = (at: Addressed, packet: IpPacket, way: Way): void => {
    const { protocol, payload, length } = packet
    const { isFragment, isProtected } = way
    switch (protocol) {
      case ESP:
        espOf(at, payload, length, isFragment)
        return
      case AH:
        ahOf(at, packet, way)
        return
      case UDP:
        udpOf(at, packet, way)
        return
    }
    if (protocol === TCP) {
      if (isFragment) sink.skipped('fragment')
      else tcpOf(at, packet, isProtected)
      return
    }
    const opened = openIp(protocol, payload, at)
    if (opened !== null && openedOf(at, opened, payload, way)) return
    if (isFragment) sink.skipped('fragment')
    else if (!isProtected) sink.packet({ kind: 'other', ...at, protocol })
  }

  /** Hands out the beginning of a datagram, since others of its source come. */
  const giveUp = (key: string, { where, way, first }: Waiting): void => {
    waiting.delete(key)
    if (first.isWhole()) {
      sink.skipped('fragment')
      return
    }
    first.giveUp()
    const { source, target, ttl } = first.packet
    payloadOf({ ...where, source, target, ttl }, first.packet, { ...way, isFragment: true })
  }

  const wait = (key: string, next: Waiting): void => {
    const before = waiting.get(key)
    if (before && before.first.datagram !== next.first.datagram) giveUp(key, before)
    else if (before) sink.skipped('fragment')
    if (waiting.size >= MOST_WAITING) giveUp(...[...waiting][0]!)
    waiting.set(key, next)
  }

  const ipOf = (where: Seen, b: Bytes, { at, type, network }: Link, way: Way): void => {
    const packet = ip.read(b, at, type, where.time, network)
    if (packet === 'malformed' || packet === 'damaged') {
      sink.skipped(packet)
      return
    }
    if (packet === 'incomplete') {
      const first = ip.first()
      if (!first) {
        sink.skipped('fragment')
        return
      }
      wait(`${network} ${first.packet.source}`, { where, way, first })
      return
    }
    const { source, target, ttl } = packet
    if (waiting.size > 0) {
      const key = `${network} ${source}`
      const before = waiting.get(key)
      if (before) giveUp(key, before)
    }
    payloadOf({ ...where, source, target, ttl }, packet, way)
  }

  const arpOf = (at: Seen, b: Bytes): void => {
    if (b.length < 28 || u16(b, 0) !== 1 || u16(b, 2) !== 0x0800) {
      sink.skipped('malformed')
      return
    }
    const address = (o: number): string => `${b[o]}.${b[o + 1]}.${b[o + 2]}.${b[o + 3]}`
    const sender = u16(b, 8) * 2 ** 32 + u32(b, 10)
    sink.packet({ kind: 'arp', ...at, sender, address: address(14), gratuitous: address(14) === address(24) })
  }

  const linkedOf = ({ frame, time }: Pick<Seen, 'frame' | 'time'>, link: Link, b: Bytes, way: Way): void => {
    const { type, at, sourceMac, targetMac, network } = link
    const seen = { frame, time, sourceMac, targetMac, network }
    if (type === ARP) {
      arpOf(seen, b.subarray(at))
      return
    }
    if (type === IPV4 || type === IPV6) {
      ipOf(seen, b, link, way)
      return
    }
    const name = sealedType(type)
    if (name !== undefined) sink.unopened(name)
    // The EtherType has no checksum; what lies behind it may have one.
    sink.skipped(name === undefined && isRightIpv4(b, at) ? 'damaged' : 'protocol')
  }

  return {
    read({ number, time, linkType, bytes }) {
      if (!readsLink(linkType)) {
        sink.unopened(linkName(linkType))
        sink.skipped('link')
        return
      }
      const link = linkOf(linkType, bytes)
      if (link) linkedOf({ frame: number, time }, link, bytes, OUTSIDE)
      else sink.skipped('malformed')
    },
    end() {
      for (const one of [...waiting].sort(([, a], [, b]) => a.where.frame - b.where.frame)) giveUp(...one)
    },
    incomplete: () => ip.incomplete(),
  }
}

/** What of a capture matters here: ESP, AH and IKE packets, ARP messages, and other IP packets. */
import { type Bytes, u16, u32 } from './bytes.ts'
import { type IkeHeader, ikeHeader } from './ike-header.ts'
import { type IpPacket, ipReader } from './ip.ts'
import { linkOf, readsLink } from './link.ts'
import type { RawFrame } from './records.ts'

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
  /** Bytes that it had on the wire. */
  readonly length: number
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
  fragment: 'fragments',
  keepalive: 'NAT keepalives',
  ikev1: 'IKEv1',
  tcp: 'of TCP port 4500, where IKE and ESP may go as well (RFC 9329) and are not read',
} as const
export type Skipped = keyof typeof SKIPPED

export interface PacketReader {
  read(frame: RawFrame): Packet | Skipped
  /** Datagrams of which fragments are missing. */
  incomplete(): number
}

const IKE_PORT = 500
const NAT_PORT = 4500

/** Whether a TCP segment has the port that IKE and ESP in TCP use. */
const isTcpOfIke = (b: Bytes): boolean => b.length >= 4 && (u16(b, 0) === NAT_PORT || u16(b, 2) === NAT_PORT)

/** Reads packets; IKE also on `ports`, with or without the marker that sets it apart from ESP. */
export const packetReader = (ports: readonly number[] = []): PacketReader => {
  const ip = ipReader()
  const other = new Set(ports)

  const ikeOf = (at: Addressed, b: Bytes, length: number): Packet | Skipped => {
    const header = ikeHeader(b, length)
    if (header === 'ikev1') return 'ikev1'
    return header ? { kind: 'ike', ...at, header, bytes: b.subarray(0, header.length) } : 'malformed'
  }

  const espOf = (at: Addressed, b: Bytes, length: number): Packet | Skipped =>
    b.length < 8 || u32(b, 0) === 0
      ? 'malformed'
      : { kind: 'esp', ...at, protocol: 'ESP', spi: u32(b, 0), low: u32(b, 4), bytes: b, length }

  const ahOf = (at: Addressed, b: Bytes, length: number): Packet | Skipped =>
    b.length < 12
      ? 'malformed'
      : { kind: 'esp', ...at, protocol: 'AH', spi: u32(b, 4), low: u32(b, 8), bytes: b, length }

  const udpOf = (where: Addressed, { payload: b, length }: IpPacket): Packet | Skipped => {
    if (b.length < 8) return 'malformed'
    const ports = [u16(b, 0), u16(b, 2)] as const
    const at = { ...where, ports }
    const body = b.subarray(8)
    const size = Math.min(length, u16(b, 4) || length) - 8
    if (size < 0) return 'malformed'
    if (ports.includes(NAT_PORT) || ports.some((port) => other.has(port))) {
      if (size === 1 && body[0] === 0xff) return 'keepalive'
      if (body.length < 4) return 'malformed'
      if (u32(body, 0) === 0) return ikeOf(at, body.subarray(4), size - 4)
      if (!ports.includes(NAT_PORT) && typeof ikeHeader(body, size) === 'object') return ikeOf(at, body, size)
      return espOf(at, body.subarray(0, size), size)
    }
    if (ports.includes(IKE_PORT)) return ikeOf(at, body, size)
    return { kind: 'other', ...at, protocol: 17 }
  }

  const arpOf = (at: Seen, b: Bytes): Packet | Skipped => {
    if (b.length < 28 || u16(b, 0) !== 1 || u16(b, 2) !== 0x0800) return 'malformed'
    const address = (o: number): string => `${b[o]}.${b[o + 1]}.${b[o + 2]}.${b[o + 3]}`
    const sender = u16(b, 8) * 2 ** 32 + u32(b, 10)
    return { kind: 'arp', ...at, sender, address: address(14), gratuitous: address(14) === address(24) }
  }

  return {
    read({ number, time, linkType, bytes }) {
      if (!readsLink(linkType)) return 'link'
      const link = linkOf(linkType, bytes)
      if (!link) return 'malformed'
      const { type, at, sourceMac, targetMac, network } = link
      if (type === 0x0806)
        return arpOf({ frame: number, time, sourceMac, targetMac, network }, bytes.subarray(at))
      if (type !== 0x0800 && type !== 0x86dd) return 'protocol'
      const packet = ip.read(bytes, at, type)
      if (packet === 'incomplete') return 'fragment'
      if (packet === 'malformed') return 'malformed'
      const { source, target, ttl, protocol, payload, length } = packet
      const where: Addressed = {
        frame: number,
        time,
        sourceMac,
        targetMac,
        network,
        source,
        target,
        ttl,
      }
      switch (protocol) {
        case 50:
          return espOf(where, payload, length)
        case 51:
          return ahOf(where, payload, length)
        case 17:
          return udpOf(where, packet)
        case 6:
          return isTcpOfIke(payload) ? 'tcp' : { kind: 'other', ...where, protocol }
        default:
          return { kind: 'other', ...where, protocol }
      }
    },
    incomplete: () => ip.incomplete(),
  }
}

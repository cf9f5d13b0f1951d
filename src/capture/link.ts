/** Link layers: where in a frame the IP packet or ARP message begins, and which station sent it to which. */
import { type Bytes, u16, u48 } from './bytes.ts'

/** What lies in a frame. */
export interface Link {
  /** EtherType: 0x0800 IPv4, 0x86dd IPv6, 0x0806 ARP. */
  readonly type: number
  /** Where it begins. */
  readonly at: number
  /** Ethernet addresses; -1 where the link layer does not tell. */
  readonly sourceMac: number
  readonly targetMac: number
  /** The network of those that share the wire, from the outside in, such as `VLAN 7`; empty where there is one only. */
  readonly network: string
}

const IPV4 = 0x0800
const IPV6 = 0x86dd
const VLAN = [0x8100, 0x88a8, 0x9100]
const PPPOE = 0x8864

/** What the first half octet of an IP packet says. */
const versionOf = (b: Bytes, at: number): number => {
  const version = (b[at] ?? 0) >> 4
  return version === 4 ? IPV4 : version === 6 ? IPV6 : 0
}

/** Passes over VLAN tags and PPPoE. */
const inner = (
  b: Bytes,
  type: number,
  at: number,
  sourceMac: number,
  targetMac: number,
): Link | undefined => {
  let network = ''
  while (VLAN.includes(type)) {
    if (b.length < at + 4) return undefined
    network = `${network === '' ? '' : `${network}, `}VLAN ${u16(b, at) & 0xfff}`
    type = u16(b, at + 2)
    at += 4
  }
  if (type === PPPOE) {
    at += 8
    type = versionOf(b, at)
  }
  return { type, at, sourceMac, targetMac, network }
}

const ethernet = (b: Bytes): Link | undefined =>
  b.length < 14 ? undefined : inner(b, u16(b, 12), 14, u48(b, 6), u48(b, 0))

const raw = (b: Bytes): Link => ({ type: versionOf(b, 0), at: 0, sourceMac: -1, targetMac: -1, network: '' })

/** Four octets with the address family of the system that captured, in its own order. */
const loopback = (b: Bytes): Link => ({
  type: versionOf(b, 4),
  at: 4,
  sourceMac: -1,
  targetMac: -1,
  network: '',
})

/** Linux cooked captures tell the sender only, where it has an Ethernet address. */
const cooked = (b: Bytes): Link | undefined =>
  b.length < 16 ? undefined : inner(b, u16(b, 14), 16, u16(b, 4) === 6 ? u48(b, 6) : -1, -1)

const cooked2 = (b: Bytes): Link | undefined =>
  b.length < 20 ? undefined : inner(b, u16(b, 0), 20, b[11] === 6 ? u48(b, 12) : -1, -1)

/** By the numbers of the list of link-layer header types that libpcap keeps. */
const LINKS: Readonly<Record<number, (b: Bytes) => Link | undefined>> = {
  0: loopback,
  1: ethernet,
  12: raw,
  14: raw,
  101: raw,
  108: loopback,
  113: cooked,
  228: raw,
  229: raw,
  276: cooked2,
}

/** Whether frames of a link type can be read. */
export const readsLink = (linkType: number): boolean => linkType in LINKS

/** The link layer of a frame; undefined when it is too short or of a type that is not read. */
export const linkOf = (linkType: number, b: Bytes): Link | undefined => LINKS[linkType]?.(b)

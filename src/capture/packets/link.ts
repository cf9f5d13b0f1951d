/**
 * Link layers: where in a frame the IP packet or ARP message begins, which station sent it to which, and in which of
 * several networks that share a wire.
 */
import { type Bytes, u16, u32, u48 } from '../formats/bytes.ts'

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

export const IPV4 = 0x0800
export const IPV6 = 0x86dd
export const ARP = 0x0806
/** An Ethernet frame in something else: the number that GRE and others use for it. */
export const BRIDGED = 0x6558
const VLAN = [0x8100, 0x88a8, 0x9100]
const PPPOE = 0x8864
export const MPLS = [0x8847, 0x8848]
/** Below this the field is a length, and LLC follows: IEEE 802.3. */
const LEAST_TYPE = 0x0600

/** What the first half octet of an IP packet says. */
export const versionOf = (b: Bytes, at: number): number => {
  const version = (b[at] ?? 0) >> 4
  return version === 4 ? IPV4 : version === 6 ? IPV6 : 0
}

/** A network inside another. */
export const within = (network: string, inner: string): string =>
  network === '' ? inner : `${network}, ${inner}`

/** Passes over VLAN tags, LLC with SNAP, PPPoE and MPLS. Undefined when too little was captured. */
export const passed = (b: Bytes, link: Link): Link | undefined => {
  let { type, at, network } = link
  while (VLAN.includes(type)) {
    if (b.length < at + 4) return undefined
    // A tag that gives a priority only names no network: IEEE 802.1Q.
    const vlan = u16(b, at) & 0x0fff
    if (vlan > 0) network = within(network, `VLAN ${vlan}`)
    type = u16(b, at + 2)
    at += 4
  }
  if (type < LEAST_TYPE && b.length >= at + 8 && u16(b, at) === 0xaaaa && b[at + 2] === 3) {
    type = u16(b, at + 6)
    at += 8
  }
  if (type === PPPOE) {
    at += 8
    type = versionOf(b, at)
  }
  const { sourceMac, targetMac } = link
  return MPLS.includes(type)
    ? labelled(b, { ...link, at, network })
    : { type, at, sourceMac, targetMac, network }
}

/**
 * What lies behind a stack of labels, which does not say what it is: RFC 3032; Ethernet behind a control word of zeros
 * or at once: RFC 4448. Labels may change with the path, so that they name no network. Undefined when cut.
 */
const labelled = (b: Bytes, link: Link): Link | undefined => {
  let { at } = link
  for (;;) {
    if (b.length < at + 4) return undefined
    const bottom = (b[at + 2]! & 1) === 1
    at += 4
    if (bottom) break
  }
  const type = versionOf(b, at)
  const header = type === IPV4 ? (b[at]! & 15) * 4 : 40
  const length = type === IPV4 ? u16(b, at + 2) : 40 + u16(b, at + 4)
  if (type !== 0 && header >= 20 && length >= header && b.length >= at + 20) return { ...link, type, at }
  const frames = b.length >= at + 4 && u32(b, at) >>> 28 === 0 ? [at + 4, at] : [at]
  for (const from of frames) {
    const inside = b.length >= from + 14 ? u16(b, from + 12) : 0
    if (isRead(inside)) return ethernetAt(b, from, link.network)
  }
  return { ...link, type: MPLS[0]!, at }
}

const isRead = (type: number): boolean =>
  type === IPV4 || type === IPV6 || type === ARP || VLAN.includes(type) || MPLS.includes(type)

/** An Ethernet frame. Undefined when too little was captured. */
export const ethernetAt = (b: Bytes, at: number, network: string): Link | undefined =>
  b.length < at + 14
    ? undefined
    : passed(b, {
        type: u16(b, at + 12),
        at: at + 14,
        sourceMac: u48(b, at + 6),
        targetMac: u48(b, at),
        network,
      })

const NOWHERE = { sourceMac: -1, targetMac: -1, network: '' }

const raw = (b: Bytes): Link => ({ ...NOWHERE, type: versionOf(b, 0), at: 0 })

/** Four octets with the address family of the system that captured, in its own order. */
const loopback = (b: Bytes): Link => ({ ...NOWHERE, type: versionOf(b, 4), at: 4 })

/** PPP, with or without the framing of HDLC: RFC 1661, RFC 1662. */
const PPP: Readonly<Record<number, number>> = {
  33: IPV4,
  87: IPV6,
  641: MPLS[0]!,
  643: MPLS[1]!,
}
export const pppAt = (b: Bytes, at: number, network: string): Link | undefined => {
  const from = u16(b, at) === 0xff03 ? at + 2 : at
  // The first octet of the protocol may be left out, and is even where it is not.
  const short = ((b[from] ?? 0) & 1) === 1
  const protocol = short ? b[from]! : u16(b, from)
  const next = from + (short ? 1 : 2)
  return b.length < next ? undefined : passed(b, { ...NOWHERE, type: PPP[protocol] ?? 0, at: next, network })
}

/** Cisco HDLC: address, control, EtherType. */
const cisco = (b: Bytes): Link | undefined =>
  b.length < 4 ? undefined : passed(b, { ...NOWHERE, type: u16(b, 2), at: 4 })

/** Linux cooked captures tell the sender only, where it has an Ethernet address. */
const cooked = (b: Bytes): Link | undefined =>
  b.length < 16
    ? undefined
    : passed(b, { ...NOWHERE, type: u16(b, 14), at: 16, sourceMac: u16(b, 4) === 6 ? u48(b, 6) : -1 })

const cooked2 = (b: Bytes): Link | undefined =>
  b.length < 20
    ? undefined
    : passed(b, { ...NOWHERE, type: u16(b, 0), at: 20, sourceMac: b[11] === 6 ? u48(b, 12) : -1 })

/** By the numbers of the list of link-layer header types that libpcap keeps. */
const LINKS: Readonly<Record<number, (b: Bytes) => Link | undefined>> = {
  0: loopback,
  1: (b) => ethernetAt(b, 0, ''),
  9: (b) => pppAt(b, 0, ''),
  12: raw,
  14: raw,
  50: (b) => pppAt(b, 0, ''),
  101: raw,
  104: cisco,
  108: loopback,
  113: cooked,
  228: raw,
  229: raw,
  276: cooked2,
}

/** Names of some that are not read. */
const LINK_NAMES: Readonly<Record<number, string>> = {
  6: 'Token Ring',
  10: 'FDDI',
  105: 'IEEE 802.11',
  107: 'Frame Relay',
  119: 'IEEE 802.11 (Prism)',
  127: 'IEEE 802.11 (radiotap)',
  163: 'IEEE 802.11 (AVS)',
  189: 'USB',
  220: 'USB',
  192: 'IEEE 802.11 (PPI)',
  195: 'IEEE 802.15.4',
  239: 'NFLOG',
  249: 'USB',
  253: 'netlink',
}

/** Whether frames of a link type can be read. */
export const readsLink = (linkType: number): boolean => linkType in LINKS

/** What frames of a link type are called that is not read. */
export const linkName = (linkType: number): string =>
  `link type ${linkType}${linkType in LINK_NAMES ? ` (${LINK_NAMES[linkType]})` : ''}`

/** The link layer of a frame; undefined when it is too short or of a type that is not read. */
export const linkOf = (linkType: number, b: Bytes): Link | undefined => LINKS[linkType]?.(b)

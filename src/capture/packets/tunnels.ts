/**
 * Tunnels that protect nothing: what lies inside a GRE, VXLAN or GENEVE packet, and the names of those that are not
 * opened. Whoever sends what lies inside is told by the Ethernet frame inside, and where there is none by the outer one.
 */
import { type Bytes, u16, u32 } from '../formats/bytes.ts'
import { BRIDGED, ethernetAt, type Link, MPLS, passed, pppAt, versionOf, within } from './link.ts'

/** What lies inside a tunnel; a text names what cannot be opened; undefined when it is malformed or cut. */
export type Opened = Link | string | undefined

/** Where a tunnel packet was seen. */
type Outer = Pick<Link, 'sourceMac' | 'targetMac' | 'network'>

/** The inside of something whose kind an EtherType tells. */
const insideOf = (b: Bytes, at: number, type: number, outer: Outer): Link | undefined =>
  type === BRIDGED ? ethernetAt(b, at, outer.network) : passed(b, { ...outer, type, at })

const ERSPAN2 = 0x88be
const ERSPAN3 = 0x22eb
const PPP = 0x880b

/** GRE: RFC 2784 with the key and number of RFC 2890, the PPP of RFC 2637, and frames that a switch mirrors (ERSPAN). */
export const openGre = (b: Bytes, outer: Outer): Opened => {
  if (b.length < 4) return undefined
  const flags = u16(b, 0)
  const type = u16(b, 2)
  const version = flags & 7
  if (version > 1 || (flags & 0x4000) !== 0)
    return `GRE version ${version}${flags & 0x4000 ? ' with routing' : ''}`
  let at = 4
  if (flags & 0x8000) at += 4
  const keyed = (flags & 0x2000) !== 0
  if (b.length < at + (keyed ? 4 : 0)) return undefined
  // The key of version 1 is a length and a call, which differs in both directions. 24 bits of it name the network where
  // frames are bridged: RFC 7637.
  const key = keyed && version === 0 ? (type === BRIDGED ? u32(b, at) >>> 8 : u32(b, at)) : undefined
  if (keyed) at += 4
  const numbered = (flags & 0x1000) !== 0
  if (numbered) at += 4
  if (version === 1 && flags & 0x0080) at += 4
  if (b.length < at) return undefined
  const network = key === undefined ? outer.network : within(outer.network, `GRE key ${key}`)
  if (version === 1) return type === PPP ? pppAt(b, at, outer.network) : named(type)
  switch (type) {
    case ERSPAN2:
      return ethernetAt(b, at + (numbered ? 8 : 0), outer.network)
    case ERSPAN3:
      return ethernetAt(b, at + 12 + ((b[at + 11] ?? 0) & 1) * 8, outer.network)
    default:
      return insideOf(b, at, type, { ...outer, network })
  }
}

/** Ports of tunnels, and of some that are not opened. */
const VXLAN = [4789, 8472]
const VXLAN_GPE = 4790
const GENEVE = 6081
const MPLS_IN_UDP = 6635
const SEALED_PORTS: Readonly<Record<number, string>> = {
  1194: 'OpenVPN',
  1701: 'L2TP',
  2152: 'GTP',
  3544: 'Teredo',
  5246: 'CAPWAP',
  5247: 'CAPWAP',
  6080: 'GUE',
  51820: 'WireGuard',
}

/** The inside of a datagram to a UDP port; null when nothing is known of that port. `b` begins behind the header. */
export const openUdp = (port: number, b: Bytes, outer: Outer): Opened | null => {
  if (VXLAN.includes(port)) {
    // RFC 7348 section 5.
    if (b.length < 8) return undefined
    return b[0]! & 0x08 ? ethernetAt(b, 8, vni('VXLAN', b, outer)) : 'VXLAN without an identifier'
  }
  if (port === VXLAN_GPE) {
    if (b.length < 8) return undefined
    const network = vni('VXLAN', b, outer)
    const next = [undefined, 0x0800, 0x86dd, BRIDGED, undefined, MPLS[0]][b[3]!]
    return next === undefined ? `VXLAN-GPE of protocol ${b[3]}` : insideOf(b, 8, next, { ...outer, network })
  }
  if (port === GENEVE) {
    // RFC 8926 section 3.4: the length of the options is in units of four octets.
    if (b.length < 8) return undefined
    if (b[0]! >> 6 !== 0) return `GENEVE version ${b[0]! >> 6}`
    const at = 8 + (b[0]! & 0x3f) * 4
    return insideOf(b, at, u16(b, 2), { ...outer, network: vni('GENEVE', b, outer) })
  }
  if (port === MPLS_IN_UDP) return insideOf(b, 0, MPLS[0]!, outer)
  return SEALED_PORTS[port] ?? null
}

const vni = (kind: string, b: Bytes, { network }: Outer): string =>
  within(network, `${kind} ${u32(b, 4) >>> 8}`)

const GRE = 47
const ETHERIP = 97
const MPLS_IN_IP = 137
const ETHERNET = 143
const SEALED_PROTOCOLS: Readonly<Record<number, string>> = {
  55: 'minimal encapsulation (RFC 2004)',
  94: 'IPIP of protocol 94',
  98: 'encapsulation of RFC 1241',
  108: 'IPComp',
  115: 'L2TP',
}

/** The inside of an IP packet by its protocol; null when that is no tunnel. */
export const openIp = (protocol: number, b: Bytes, outer: Outer): Opened | null => {
  switch (protocol) {
    case 4:
    case 41:
      return versionOf(b, 0) === 0 ? undefined : { ...outer, type: versionOf(b, 0), at: 0 }
    case GRE:
      return openGre(b, outer)
    case ETHERIP:
      return ethernetAt(b, 2, outer.network)
    case MPLS_IN_IP:
      return insideOf(b, 0, MPLS[0]!, outer)
    case ETHERNET:
      return ethernetAt(b, 0, outer.network)
    default:
      return SEALED_PROTOCOLS[protocol] ?? null
  }
}

/** EtherTypes that may carry IP, and are not opened. */
const SEALED_TYPES: Readonly<Record<number, string>> = {
  34887: 'MPLS of something else',
  34888: 'MPLS of something else',
  35045: 'MACsec',
  35047: 'provider backbone bridging',
  35151: 'NSH',
  8939: 'ERSPAN',
  8947: 'TRILL',
  35075: 'FabricPath',
  34667: 'compressed TCP/IP',
  34827: 'PPP',
}

/** The name of an EtherType whose inside might be IP and cannot be opened; undefined for all others. */
export const sealedType = (type: number): string | undefined => SEALED_TYPES[type]

const named = (type: number): string =>
  sealedType(type) ?? `EtherType 0x${type.toString(16).padStart(4, '0')} in GRE`

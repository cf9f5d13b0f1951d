/** What an Ethernet frame is to the switch: an IKE message, an ESP packet, a synch message, or nothing that it holds. */
import { type Bytes, digestOf, u16, u32 } from '../capture/formats/bytes.ts'
import { asker, ikeHeader } from '../capture/packets/ike-header.ts'

/** How a driver tells the synch messages of its gateways apart: by the value of one byte of a UDP datagram. */
export interface SynchClassifier {
  readonly udpPort: number
  /** Which byte after the UDP header says what a message is about; absent: all are of the kind `other`. */
  readonly byte?: number
  /** By the value of that byte, in decimal digits. */
  readonly kinds?: Readonly<Record<string, string>>
}

export type FrameKind =
  | {
      readonly kind: 'ike'
      readonly spis: string
      /** Who asks, of a request and of the answer to it. */
      readonly asker: 'initiator' | 'responder'
      readonly response: boolean
      readonly messageId: number
      readonly exchange: string
      /** The set-up of an IKE SA; it is never held. */
      readonly setUp: boolean
      readonly digest: number
    }
  | { readonly kind: 'esp'; readonly spi: number; readonly number: number }
  | { readonly kind: 'synch'; readonly about: string }
  | { readonly kind: 'other' }

const ETHERNET = 14
const IPV4 = 0x0800
const IPV6 = 0x86dd
const UDP = 17
const ESP = 50
const SET_UP = ['IKE_SA_INIT', 'IKE_AUTH', 'IKE_INTERMEDIATE', 'IKE_SESSION_RESUME']
const OTHER = { kind: 'other' } as const

/** The protocol of a frame and where its payload begins; undefined when it is no whole IP packet. */
const transportOf = (b: Bytes): { readonly protocol: number; readonly at: number } | undefined => {
  if (b.length < ETHERNET + 20) return undefined
  const type = u16(b, 12)
  if (type === IPV4) {
    const at = ETHERNET + (b[ETHERNET]! & 15) * 4
    // What is no first fragment has no header of UDP.
    return (u16(b, ETHERNET + 6) & 0x1fff) === 0 ? { protocol: b[ETHERNET + 9]!, at } : undefined
  }
  return type === IPV6 && b.length >= ETHERNET + 40
    ? { protocol: b[ETHERNET + 6]!, at: ETHERNET + 40 }
    : undefined
}

/** Classifies a frame. */
export const frameKind = (b: Bytes, synch: readonly SynchClassifier[]): FrameKind => {
  const transport = transportOf(b)
  if (!transport) return OTHER
  const { protocol, at } = transport
  if (protocol === ESP) return espAt(b, at)
  if (protocol !== UDP || b.length < at + 8) return OTHER
  const ports = [u16(b, at), u16(b, at + 2)]
  const body = b.subarray(at + 8, Math.min(b.length, at + u16(b, at + 4)))
  const classifier = synch.find(({ udpPort }) => ports.includes(udpPort))
  if (classifier) {
    const value = classifier.byte === undefined ? undefined : body[classifier.byte]
    return { kind: 'synch', about: (value === undefined ? undefined : classifier.kinds?.[value]) ?? 'other' }
  }
  if (ports.includes(4500)) {
    if (body.length < 8) return OTHER
    if (u32(body, 0) !== 0) return espAt(b, at + 8)
    return ikeIn(body.subarray(4))
  }
  return ports.includes(500) ? ikeIn(body) : OTHER
}

const espAt = (b: Bytes, at: number): FrameKind =>
  b.length < at + 8 ? OTHER : { kind: 'esp', spi: u32(b, at), number: u32(b, at + 4) }

const ikeIn = (body: Bytes): FrameKind => {
  const header = ikeHeader(body, body.length)
  if (!header || header === 'ikev1') return OTHER
  const { initiatorSpi, responderSpi, exchange, response, messageId } = header
  return {
    kind: 'ike',
    spis: initiatorSpi + responderSpi,
    asker: asker(header),
    response,
    messageId,
    exchange,
    setUp: SET_UP.includes(exchange),
    digest: digestOf(body, 0, header.length),
  }
}

/** The Ethernet address that a frame goes to, or comes from. */
export const addressIn = (b: Bytes, which: 'to' | 'from'): string => {
  const at = which === 'to' ? 0 : 6
  return Buffer.from(b.buffer, b.byteOffset + at, 6).toString('hex')
}

/** The frame, to another Ethernet address. */
export const readdressed = (b: Bytes, to: string): Bytes => {
  const frame = Uint8Array.from(b)
  frame.set(Buffer.from(to, 'hex'), 0)
  return frame
}

/**
 * The frame without a UDP checksum, which IPv4 allows: one that a virtual interface left for hardware to fill in was
 * never filled in.
 */
export const withoutChecksum = (b: Bytes): Bytes => {
  const transport = transportOf(b)
  if (!transport || transport.protocol !== UDP || u16(b, 12) !== IPV4 || b.length < transport.at + 8) return b
  const frame = Uint8Array.from(b)
  frame[transport.at + 6] = 0
  frame[transport.at + 7] = 0
  return frame
}

/** VXLAN (RFC 7348): Ethernet frames in UDP datagrams, which is how gateways are attached to the wire. */
import type { Bytes } from '../capture/formats/bytes.ts'
import type { Segment } from './switch.ts'

export const VXLAN_PORT = 4789
const HEADER = 8

/** A frame as the payload of a datagram. */
export const encapsulated = (network: number, frame: Bytes): Bytes => {
  const b = Buffer.alloc(HEADER + frame.length)
  b[0] = 0x08
  b.writeUIntBE(network, 4, 3)
  b.set(frame, HEADER)
  return b
}

/** The frame in the payload of a datagram; undefined when it is none of VXLAN. */
export const decapsulated = (b: Bytes): { readonly network: number; readonly frame: Bytes } | undefined => {
  if (b.length < HEADER + 14 || (b[0]! & 0x08) === 0) return undefined
  return { network: (b[4]! << 16) | (b[5]! << 8) | b[6]!, frame: b.subarray(HEADER) }
}

/** One attachment. */
export interface Attachment {
  readonly segment: Segment
  readonly party: string
  readonly network: number
}

/** Where the peer and these members are attached: 1 is the peer, 2 and on the members, 12 and on their synch channel. */
export const attachmentsOf = (members: readonly string[]): readonly Attachment[] => [
  { segment: 'net', party: 'P', network: 1 },
  ...members.map((party, i): Attachment => ({ segment: 'net', party, network: 2 + i })),
  ...members.map((party, i): Attachment => ({ segment: 'synch', party, network: 12 + i })),
]

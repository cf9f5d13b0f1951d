/** What carries ESP and IKE: the same reuse is found inside each tunnel, in AH, in TCP and in first fragments. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  contentOf,
  esp,
  ethernet,
  type IkeWords,
  ike,
  ipv4,
  ipv6,
  marked,
  pcap,
  pcapHeader,
  pcapRecord,
  udp,
} from '../bench/packet-writer.ts'
import { judged, summaryOf } from '../cli/testing/captures-under-test.ts'

type Bytes = Uint8Array
const bytesOf = (...parts: readonly (readonly number[] | Bytes)[]): Bytes =>
  Uint8Array.from(parts.flatMap((part) => [...part]))
const be16 = (value: number) => [value >> 8, value & 255]
const be32 = (value: number) => [...be16(value >>> 16), ...be16(value & 0xffff)]
const M1 = '02:00:00:00:00:a1'
const P = '02:00:00:00:00:0b'

const out4 = (protocol: number, body: Bytes) => ipv4('10.0.0.1', '10.0.0.2', protocol, body)
const out6 = (protocol: number, body: Bytes) =>
  ipv6('20010db8000000000000000000000001', '20010db8000000000000000000000002', protocol, body)
const wire = (packet: Bytes) => ethernet(M1, P, packet)
const inner4 = (body: Bytes, protocol = 50) => ipv4('192.168.0.1', '192.168.0.2', protocol, body)
const inner6 = (body: Bytes) =>
  ipv6('20010db80000000000000000000000a1', '20010db80000000000000000000000b2', 50, body)

const packets = [1, 2, 3].map((low) => esp(0x1001, low, [7, low]))
/** Number 2 again, with other content. */
const all = [...packets, esp(0x1001, 2, [7, 2], 55)]

const gre = (type: number, body: Bytes, flags = 0, options: readonly number[] = []) =>
  bytesOf(be16(flags), be16(type), options, body)
const label = (value: number, bottom: boolean) => be32(value * 4096 + (bottom ? 256 : 0) + 64)
const mpls = (body: Bytes) => bytesOf(label(17, false), label(1000, true), body)
const typed = (type: number, body: Bytes) =>
  bytesOf([2, 0, 0, 0, 0, 0x0b], [2, 0, 0, 0, 0, 0xa1], be16(type), body)
const ppp = (body: Bytes) => bytesOf([0xff, 3, 0, 0x21], body)

const CARRIERS: readonly (readonly [string, (body: Bytes) => Bytes])[] = [
  ['VXLAN', (b) => wire(out4(17, udp(40_000, 4789, bytesOf([8, 0, 0, 0, 0, 1, 2, 0], wire(inner4(b))))))],
  ['VXLAN of Linux', (b) => wire(out6(17, udp(1, 8472, bytesOf([8, 0, 0, 0, 0, 1, 2, 0], wire(inner6(b))))))],
  [
    'VXLAN with a VLAN tag inside',
    (b) => wire(out4(17, udp(1, 4789, bytesOf([8, 0, 0, 0, 0, 1, 2, 0], ethernet(M1, P, inner4(b), [9]))))),
  ],
  ['VXLAN-GPE', (b) => wire(out4(17, udp(1, 4790, bytesOf([12, 0, 0, 1, 0, 1, 2, 0], inner4(b)))))],
  [
    'GENEVE with options',
    (b) =>
      wire(
        out4(
          17,
          udp(
            1,
            6081,
            bytesOf([2, 0, ...be16(0x6558), 0, 0, 7, 0], [1, 2, 3, 1, 9, 9, 9, 9], wire(inner4(b))),
          ),
        ),
      ),
  ],
  [
    'GENEVE of IPv6',
    (b) => wire(out6(17, udp(1, 6081, bytesOf([0, 0, ...be16(0x86dd), 0, 0, 7, 0], inner6(b))))),
  ],
  ['GRE', (b) => wire(out4(47, gre(0x0800, inner4(b))))],
  ['GRE over IPv6 of IPv6', (b) => wire(out6(47, gre(0x86dd, inner6(b))))],
  [
    'GRE with checksum, key and number',
    (b) => wire(out4(47, gre(0x0800, inner4(b), 0xb000, [1, 2, 0, 0, 0, 0, 0, 5, 0, 0, 0, 6]))),
  ],
  ['NVGRE', (b) => wire(out4(47, gre(0x6558, wire(inner4(b)), 0x2000, [0, 1, 2, 0])))],
  [
    'ERSPAN',
    (b) =>
      wire(out4(47, gre(0x88be, bytesOf([0, 0, 0, 0, 0, 0, 0, 0], wire(inner4(b))), 0x1000, [0, 0, 0, 1]))),
  ],
  ['PPTP', (b) => wire(out4(47, gre(0x880b, ppp(inner4(b)), 0x3001, [0, 99, 0, 1, 0, 0, 0, 1])))],
  ['MPLS', (b) => typed(0x8847, mpls(inner4(b)))],
  ['MPLS of IPv6', (b) => typed(0x8847, mpls(inner6(b)))],
  [
    'MPLS of Ethernet behind a control word',
    (b) => typed(0x8847, mpls(bytesOf([0, 0, 0, 0], wire(inner4(b))))),
  ],
  ['MPLS of Ethernet', (b) => typed(0x8848, mpls(wire(inner4(b))))],
  ['MPLS in a VLAN', (b) => typed(0x8100, bytesOf(be16(5), be16(0x8847), mpls(inner4(b))))],
  ['MPLS in GRE', (b) => wire(out4(47, gre(0x8847, mpls(inner4(b)))))],
  ['MPLS in UDP', (b) => wire(out4(17, udp(1, 6635, mpls(inner4(b)))))],
  ['IP in IP', (b) => wire(out4(4, inner4(b)))],
  ['IPv6 in IP', (b) => wire(out4(41, inner6(b)))],
  ['IP in IPv6', (b) => wire(out6(4, inner4(b)))],
  ['IPv6 in IPv6', (b) => wire(out6(41, inner6(b)))],
  ['EtherIP', (b) => wire(out4(97, bytesOf([0x30, 0], wire(inner4(b)))))],
  ['PPPoE', (b) => typed(0x8864, bytesOf([0x11, 0, 0, 1, 0, 99, 0, 0x21], inner4(b)))],
  ['LLC with SNAP', (b) => typed(120, bytesOf([0xaa, 0xaa, 3, 0, 0, 0], be16(0x0800), inner4(b)))],
  [
    'UDP in GRE in VXLAN',
    (b) =>
      wire(
        out4(
          17,
          udp(
            1,
            4789,
            bytesOf([8, 0, 0, 0, 0, 1, 2, 0], wire(out4(47, gre(0x0800, inner4(udp(4500, 4500, b), 17))))),
          ),
        ),
      ),
  ],
]
/** AH with a sequence number of its own around what `protocol` says. */
const ah = (n: number, protocol: number, body: Bytes) =>
  bytesOf([protocol, 4, 0, 0], be32(0x9009), be32(n), contentOf(n, 12), body)
const seq1 = (bytes: Bytes, options = {}) => summaryOf(judged(bytes, options))['SEQ-1']

describe('reuse is found inside', () => {
  it.each(CARRIERS)('%s', (_, carrier) => {
    const result = judged(pcap(1, all.map(carrier)))
    expect(summaryOf(result)['SEQ-1']).toBe('certain 1')
    expect(result.unopened).toEqual({})
    expect(result.packets).toEqual({ esp: 4, ike: 0, arp: 0, other: 0 })
  })

  it.each<[string, (body: Bytes, n: number) => Bytes]>([
    ['AH', (b, n) => inner4(ah(n, 50, b), 51)],
    ['AH, in UDP', (b, n) => inner4(ah(n, 17, udp(4500, 4500, b)), 51)],
    ['AH in tunnel mode', (b, n) => out4(51, ah(n, 4, inner4(b)))],
  ])('%s, whose own numbers are judged as well', (_, carrier) => {
    const result = judged(
      pcap(
        1,
        all.map((body, n) => wire(carrier(body, n + 1))),
      ),
    )
    expect(summaryOf(result)['SEQ-1']).toBe('certain 1')
    expect(result.packets.esp).toBe(8)
    expect(result.childSas.map(({ protocol, packets, reused }) => [protocol, packets, reused])).toEqual([
      ['AH', 4, 0],
      ['ESP', 4, 1],
    ])
  })

  it('PPP and Cisco HDLC', () => {
    expect(
      seq1(
        pcap(
          9,
          all.map((body) => ppp(inner4(body))),
        ),
      ),
    ).toBe('certain 1')
    expect(
      seq1(
        pcap(
          50,
          all.map((body) => bytesOf([0x21], inner4(body))),
        ),
      ),
    ).toBe('certain 1')
    expect(
      seq1(
        pcap(
          104,
          all.map((body) => bytesOf([15, 0, 8, 0], inner4(body))),
        ),
      ),
    ).toBe('certain 1')
  })

  it('two networks that VLANs and identifiers tell apart, and says which', () => {
    const seen: string[] = []
    const tagged = (tag: number) => ethernet(M1, P, inner4(ike(words(1)), 50), [7, tag])
    judged(
      pcap(1, [
        ethernet(M1, P, inner4(udp(500, 500, ike(words(1))), 17), [7, 12]),
        wire(
          out4(
            17,
            udp(1, 4789, bytesOf([8, 0, 0, 0, 0, 1, 2, 0], wire(inner4(udp(500, 500, ike(words(2))), 17)))),
          ),
        ),
        tagged(3),
      ]),
      { observe: ({ network }) => seen.push(network) },
    )
    expect(seen).toEqual(['VLAN 7, VLAN 12', 'VXLAN 258'])
  })
})

const words = (messageId: number): IkeWords => ({
  spis: ['1111111111111111', '2222222222222222'],
  exchange: 37,
  fromInitiator: true,
  response: false,
  seed: messageId,
  messageId,
})

describe('what cannot be opened is counted by name', () => {
  it.each<[string, number, Bytes]>([
    ['MACsec', 1, typed(0x88e5, contentOf(1, 60))],
    ['L2TP', 1, wire(out4(17, udp(1701, 1701, contentOf(1, 60))))],
    ['L2TP', 1, wire(out4(115, contentOf(1, 60)))],
    ['GTP', 1, wire(out4(17, udp(2152, 2152, contentOf(1, 60))))],
    ['link type 105 (IEEE 802.11)', 105, contentOf(1, 60)],
    ['link type 7777', 7777, contentOf(1, 60)],
    ['GENEVE version 1', 1, wire(out4(17, udp(1, 6081, bytesOf([0x40, 0], contentOf(1, 60)))))],
    ['IKEv1', 1, wire(out4(17, udp(500, 500, ike({ ...words(1), version: 0x10 }))))],
    ['TCP on port 4500 that is no stream of IKE and ESP', 1, wire(out4(6, tcp(4500, 1, contentOf(3, 50))))],
    [
      'more than 8 headers inside one another',
      1,
      wire([...'123456789ab'].reduce<Bytes>((b) => out4(4, b), out4(50, all[0]!))),
    ],
  ])('%s', (name, linkType, frame) => {
    expect(judged(pcap(linkType, [frame])).unopened).toEqual({ [name]: 1 })
  })

  it('and not what carries no IP, nor what is in clear', () => {
    const stp = typed(38, bytesOf([0x42, 0x42, 3], contentOf(1, 35)))
    expect(judged(pcap(1, [stp, wire(out4(6, tcp(443, 1, contentOf(3, 50))))])).unopened).toEqual({})
  })
})

/** A TCP segment; flag 2 opens a stream. */
function tcp(port: number, number: number, body: Bytes, flags = 16): Bytes {
  return bytesOf(be16(50_000), be16(port), be32(number), be32(0), [0x50, flags], be16(1000), be32(0), body)
}
const framed = (body: Bytes) => bytesOf(be16(body.length + 2), body)
const PREFIX = new TextEncoder().encode('IKETCP')

describe('ESP and IKE in TCP', () => {
  const requests = [5, 6].map((id) => marked(ike({ ...words(id), exchange: 36 })))
  const again = marked(ike({ ...words(5), exchange: 36, seed: 99 }))
  const stream = bytesOf(PREFIX, ...[requests[0]!, ...all, requests[1]!, again].map(framed))
  const FIRST = 0xffff_ff00
  const segment = (from: number, to: number) =>
    wire(out4(6, tcp(4500, (FIRST + 1 + from) >>> 0, stream.subarray(from, to))))
  const opening = wire(out4(6, tcp(4500, FIRST, new Uint8Array(0), 2)))
  const cuts = (at: readonly number[]) =>
    [0, ...at, stream.length].flatMap((from, i, every) =>
      i < every.length - 1 ? [segment(from, every[i + 1]!)] : [],
    )
  const starts: number[] = []
  for (let at = PREFIX.length; at < stream.length; at += (stream[at]! << 8) | stream[at + 1]!) starts.push(at)
  const expected = { 'MID-1': 1, 'SEQ-1': 1 }
  const found = (frames: readonly Bytes[]) => {
    const summary = summaryOf(judged(pcap(1, frames)))
    // What comes at one time may be a damaged copy, so that how sure it is depends on the segments.
    const times = (label: string) => Number(summary[label]?.split(' ').at(-1))
    return { 'MID-1': times('MID-1'), 'SEQ-1': times('SEQ-1') }
  }

  it('is read wherever the stream is cut into segments, also with some again, and with two exchanged', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: stream.length - 1 }), { maxLength: 12 }),
        fc.nat(12),
        fc.nat(12),
        (at, twice, late) => {
          const frames = cuts(at.sort((a, b) => a - b))
          const one = frames[twice % frames.length]!
          const other = late % frames.length
          const order = [...frames.slice(0, twice), one, ...frames.slice(twice)]
          const [moved] = order.splice(other, 1)
          order.splice(other + 2, 0, moved!)
          expect(found([opening, ...order])).toEqual(expected)
        },
      ),
      { numRuns: 200, seed: 4 },
    )
  })

  it('is found again in the middle of a stream, and behind a segment that is missing', () => {
    const frames = cuts(starts)
    const gone = frames.filter((_, i) => i !== 2)
    expect(judged(pcap(1, frames.slice(1))).packets).toMatchObject({ esp: 4, ike: 3 })
    // What is missing may come until many more have.
    const more = Array.from({ length: 80 }, (_, i) =>
      wire(
        out4(
          6,
          tcp(
            4500,
            (FIRST + 1 + stream.length + i * 98) >>> 0,
            framed(esp(0x1001, 10 + i, [7, 10 + i], i, 80)),
          ),
        ),
      ),
    )
    expect(judged(pcap(1, [opening, ...gone, ...more])).packets).toMatchObject({ esp: 83, ike: 3 })
  })

  it('is followed where only the beginning of each segment was captured', () => {
    const bytes = bytesOf(
      pcapHeader(1),
      pcapRecord(1, opening),
      ...cuts(starts).map((frame, i) => pcapRecord(2 + i, frame.subarray(0, 92), frame.length)),
    )
    const { packets, unopened } = judged(bytes)
    expect({ packets, unopened }).toMatchObject({ packets: { esp: 4, ike: 3 }, unopened: {} })
  })
})

describe('first fragments', () => {
  const big = (low: number, seed = low) => esp(0x1001, low, [7, low], seed, 160)
  const first = (body: Bytes, id: number, protocol = 50) =>
    wire(ipv4('192.168.0.1', '192.168.0.2', protocol, body.subarray(0, 96), { id, more: true }))
  const rest = (body: Bytes, id: number, protocol = 50) =>
    wire(ipv4('192.168.0.1', '192.168.0.2', protocol, body.subarray(96), { id, offset: 96 }))
  const bodies = [big(1), big(2), big(3), big(2, 77)]

  it('say enough, in ESP, UDP, AH and tunnels', () => {
    expect(
      seq1(
        pcap(
          1,
          bodies.map((b, id) => first(b, id)),
        ),
      ),
    ).toBe('certain 1')
    expect(
      seq1(
        pcap(
          1,
          bodies.map((b, id) => first(udp(4500, 4500, b), id, 17)),
        ),
      ),
    ).toBe('certain 1')
    expect(
      seq1(
        pcap(
          1,
          bodies.map((b, id) => first(ah(id + 1, 50, b), id, 51)),
        ),
      ),
    ).toBe('certain 1')
    expect(
      seq1(
        pcap(
          1,
          bodies.map((b, id) => wire(out4(47, gre(0x0800, first(b, id).subarray(14))))),
        ),
      ),
    ).toBe('certain 1')
  })

  it('are told in their turn, and not twice when the others come late', () => {
    const frames = [first(bodies[0]!, 1), first(bodies[1]!, 2), rest(bodies[0]!, 1), rest(bodies[1]!, 2)]
    const { packets, childSas } = judged(pcap(1, frames))
    expect(packets.esp).toBe(2)
    expect(childSas).toMatchObject([{ packets: 2, copies: 0, reused: 0, first: { frame: 1 } }])
  })

  it('of IKE messages say nothing, for a message may be sent again', () => {
    const message = ike({ ...words(3), body: contentOf(3, 120) })
    const part = first(udp(500, 500, message), 4, 17)
    const { packets, skipped, incompleteDatagrams } = judged(pcap(1, [part]))
    expect({ packets, skipped, incompleteDatagrams }).toMatchObject({
      packets: { ike: 0 },
      skipped: { fragment: 1 },
      incompleteDatagrams: 1,
    })
  })

  it('whose identification comes again later belong to another datagram', () => {
    const at = (seconds: number, frame: Bytes) => pcapRecord(seconds, frame)
    const bytes = bytesOf(
      pcapHeader(1),
      at(1, first(bodies[0]!, 1)),
      at(2, first(bodies[1]!, 2)),
      at(50, first(bodies[2]!, 1)),
      at(50.1, rest(bodies[2]!, 1)),
    )
    expect(judged(bytes).childSas).toMatchObject([{ packets: 3, reused: 0, highest: 3 }])
  })
})

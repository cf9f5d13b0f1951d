/** What looks like a violation and is none, and what is hard to read: made packets, since nobody has recorded them. */
import { describe, expect, it } from 'vitest'
import {
  ah,
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

const M1 = '02:00:00:00:00:a1'
const M2 = '02:00:00:00:00:a2'
const P = '02:00:00:00:00:0b'
const SPIS = ['1111111111111111', '2222222222222222'] as const
const NONE = '0000000000000000'

/** From the cluster to the peer. */
const out = (protocol: number, body: Uint8Array, mac = M1) =>
  ethernet(mac, P, ipv4('192.168.0.1', '192.168.0.2', protocol, body))
const back = (protocol: number, body: Uint8Array) =>
  ethernet(P, M1, ipv4('192.168.0.2', '192.168.0.1', protocol, body))
const sent = (low: number, { mac = M1, seed = low, mask = 0x5555, spi = 0x1001 } = {}) =>
  out(50, esp(spi, low, [0xabcd, (low ^ mask) >>> 0], seed), mac)
const message = (words: Partial<IkeWords> & { readonly messageId: number }) =>
  ike({ spis: SPIS, exchange: 37, fromInitiator: true, response: false, seed: words.messageId, ...words })
const asks = (words: Partial<IkeWords> & { readonly messageId: number }, mac = M1) =>
  out(17, udp(500, 500, message(words)), mac)
const answers = (words: Partial<IkeWords> & { readonly messageId: number }) =>
  back(17, udp(500, 500, message({ fromInitiator: false, response: true, ...words })))
const verdictsOf = (frames: readonly Uint8Array[], linkType = 1, options = {}) =>
  summaryOf(judged(pcap(linkType, frames), options))

describe('no violation is', () => {
  it.each<[string, readonly Uint8Array[]]>([
    ['a retransmission', [asks({ messageId: 2 }), asks({ messageId: 2 }), answers({ messageId: 2 })]],
    [
      'a response sent again',
      [asks({ messageId: 2 }), answers({ messageId: 2 }), asks({ messageId: 2 }), answers({ messageId: 2 })],
    ],
    [
      'a cookie retry, or one with another group',
      [
        asks({ messageId: 0, exchange: 34, spis: [SPIS[0], NONE], seed: 1 }),
        answers({ messageId: 0, exchange: 34, spis: [SPIS[0], NONE], seed: 2 }),
        asks({ messageId: 0, exchange: 34, spis: [SPIS[0], NONE], seed: 3 }),
        answers({ messageId: 0, exchange: 34, spis: SPIS, seed: 4 }),
      ],
    ],
    [
      'an IKE fragment, nor a message sent again in other fragments',
      [
        asks({ messageId: 1, exchange: 35, fragment: [1, 2], seed: 1 }),
        asks({ messageId: 1, exchange: 35, fragment: [2, 2], seed: 2 }),
        asks({ messageId: 1, exchange: 35, fragment: [1, 3], seed: 3 }),
        asks({ messageId: 1, exchange: 35, fragment: [2, 3], seed: 4 }),
        asks({ messageId: 1, exchange: 35, fragment: [3, 3], seed: 5 }),
        answers({ messageId: 1, exchange: 35, seed: 6 }),
      ],
    ],
    [
      'the reset of message IDs at an IKE rekey',
      [
        asks({ messageId: 0, exchange: 36, seed: 1 }),
        answers({ messageId: 0, exchange: 36, seed: 2 }),
        asks({ messageId: 0, exchange: 36, spis: ['33333333aaaaaaaa', '44444444aaaaaaaa'], seed: 3 }),
        answers({ messageId: 0, exchange: 36, spis: ['33333333aaaaaaaa', '44444444aaaaaaaa'], seed: 4 }),
      ],
    ],
    [
      'one ID in both number spaces',
      [
        asks({ messageId: 2, seed: 1 }),
        answers({ messageId: 2, seed: 2 }),
        back(17, udp(500, 500, message({ messageId: 2, fromInitiator: false, seed: 3 }))),
        out(17, udp(500, 500, message({ messageId: 2, response: true, seed: 4 }))),
      ],
    ],
    [
      'a window above 1',
      [
        ...[2, 3, 4].map((messageId) => asks({ messageId, exchange: 36 })),
        ...[4, 2, 3].map((messageId) => answers({ messageId, exchange: 36, seed: messageId + 9 })),
      ],
    ],
    ['a frame captured twice', [sent(1), sent(1), sent(2), sent(2)]],
    ['a packet replayed later', [sent(1), sent(2), sent(3), sent(1)]],
    ['reordering', [1, 3, 2, 6, 4, 5, 7].map((low) => sent(low))],
    ['an ESN wrap', [0xfffffffe, 0xffffffff, 0, 1, 2].map((low) => sent(low))],
    ['a wrap with reordering', [0xfffffffe, 0, 0xffffffff, 1, 2].map((low) => sent(low))],
    [
      'the same SPI to different destinations',
      [1, 2, 3].flatMap((low) => [
        sent(low),
        ethernet(M1, P, ipv4('192.168.0.1', '192.168.0.3', 50, esp(0x1001, low, [1, low], low + 77))),
      ]),
    ],
    [
      'the same SPI for ESP and AH',
      [1, 2, 3].flatMap((low) => [sent(low), out(51, ah(0x1001, low, low + 50))]),
    ],
    [
      'an address that moves, as with MOBIKE',
      [
        sent(1),
        sent(2),
        ...[3, 4].map((low) =>
          ethernet(M1, P, ipv4('10.9.9.9', '192.168.0.2', 50, esp(0x1001, low, [0xabcd, low ^ 0x5555]))),
        ),
      ],
    ],
    [
      'a gap, such as a good takeover leaves',
      [sent(1), sent(2), ...[5000, 5001].map((low) => sent(low, { mac: M2, mask: 0x77 }))],
    ],
    [
      'IKEv1',
      [asks({ messageId: 7, version: 0x10, seed: 1 }), asks({ messageId: 7, version: 0x10, seed: 2 })],
    ],
    [
      'NULL encryption, where no IV is',
      [1, 2, 3, 4].map((low) => out(50, esp(0x1001, low, [0x45000054, 0x40004001], low, 84))),
    ],
  ])('%s', (_, frames) => {
    expect(verdictsOf(frames)).toEqual({})
  })
})

describe('a violation is', () => {
  it('a request ID used again, with IKE on 500, behind the marker on 4500 and on another port', () => {
    const words = (seed: number) => message({ messageId: 5, exchange: 36, seed })
    const expected = { 'MID-1': 'certain 1' }
    expect(verdictsOf([asks({ messageId: 5, seed: 1 }), asks({ messageId: 5, seed: 2 })])).toEqual(expected)
    expect(verdictsOf([1, 2].map((seed) => out(17, udp(4500, 4500, marked(words(seed))))))).toEqual(expected)
    const odd = [1, 2].map((seed) => out(17, udp(10500, 10500, words(seed))))
    expect(verdictsOf(odd)).toEqual({})
    expect(verdictsOf(odd, 1, { ikePorts: [10500] })).toEqual(expected)
  })

  it('a response ID used again, and only a sign that an old answer comes to a new request', () => {
    expect(
      verdictsOf([
        asks({ messageId: 5 }),
        answers({ messageId: 5, seed: 1 }),
        answers({ messageId: 5, seed: 2 }),
      ]),
    ).toEqual({ 'MID-2': 'certain 1' })
    expect(
      verdictsOf([
        asks({ messageId: 5, seed: 1 }),
        answers({ messageId: 5, seed: 2 }),
        asks({ messageId: 5, seed: 3 }, M2),
        answers({ messageId: 5, seed: 2 }),
      ]),
    ).toEqual({ 'MID-1': 'certain 1', 'MID-4': 'sign 1' })
  })

  it('only a sign where an INFORMATIONAL with ID 0 can be a synch of RFC 6311', () => {
    const responder = (seed: number) =>
      back(17, udp(500, 500, message({ messageId: 0, fromInitiator: false, seed })))
    expect(verdictsOf([responder(1), responder(2)])).toEqual({ 'MID-1': 'sign 1' })
    expect(verdictsOf([asks({ messageId: 0, seed: 1 }), asks({ messageId: 0, seed: 2 })])).toEqual({
      'MID-1': 'sign 1',
    })
  })

  it('only a sign where the SPI may have been negotiated again', () => {
    expect(
      verdictsOf([
        ...[1, 2, 3, 4].map((low) => sent(low)),
        asks({ messageId: 0, exchange: 36 }),
        answers({ messageId: 0, exchange: 36, seed: 5 }),
        ...[1, 2, 3, 4].map((low) => sent(low, { seed: low + 100, mask: 0x99 })),
      ]),
    ).toEqual({ 'SEQ-1': 'sign 4' })
  })

  it('a stale member, whether it begins at once or after the numbers of the other', () => {
    const stale = [1, 2, 3, 4, 5, 6].map((low) => sent(low))
    expect(verdictsOf([...stale, sent(4, { mac: M2, seed: 90, mask: 0x77 })])).toEqual({
      'SEQ-1': 'certain 1',
      'SEQ-2o': 'sign 1',
    })
  })

  it('an IV used again only as sure as the cipher is known', () => {
    const iv = (low: number, n: number, length: number) => out(50, esp(0x1001, low, [0, n], low, length))
    const counting = [1, 2, 3, 4].map((low) => iv(low, low + 9, 61))
    expect(verdictsOf([...counting, iv(5, 11, 61)])).toEqual({ 'IV-1': 'if counter mode 1' })
    const random = [77_131, 9_212, 514_229, 31_337, 9_212].map((n, i) => iv(i + 1, n, 64 + 8 + 16))
    expect(verdictsOf(random)).toEqual({ 'IV-1': 'sign 1' })
    const uneven = [77_131, 9_212, 514_229, 31_337, 9_212].map((n, i) => iv(i + 1, n, 61 + i))
    expect(verdictsOf(uneven)).toEqual({ 'IV-1': 'if counter mode 1' })
  })

  it('an SPI that two senders use at one address, as a sign', () => {
    const other = (low: number) =>
      ethernet(M2, P, ipv4('10.0.0.9', '192.168.0.2', 50, esp(0x1001, low, [9, low], low + 7)))
    expect(verdictsOf([sent(1), sent(2), other(1), sent(3), other(2)])).toEqual({ 'SPI-1': 'sign 1' })
  })

  it('an SPI that a responder chooses for two IKE SAs', () => {
    const begins = (initiator: string, responder: string, seed: number) => [
      asks({ messageId: 0, exchange: 34, spis: [initiator, NONE], seed }),
      answers({ messageId: 0, exchange: 34, spis: [initiator, responder], seed }),
    ]
    const first = begins(SPIS[0], SPIS[1], 1)
    expect(verdictsOf([...first, ...first, ...begins('33'.repeat(8), '44'.repeat(8), 2)])).toEqual({})
    expect(verdictsOf([...first, ...begins('33'.repeat(8), SPIS[1], 2)])).toEqual({ 'SPI-1': 'sign 1' })
  })
})

describe('the same reuse is found', () => {
  const packets = [1, 2, 3].map((low) => esp(0x1001, low, [7, low]))
  const reuse = esp(0x1001, 2, [7, 2], 55)
  const all = [...packets, reuse]
  const v4 = (body: Uint8Array) => ipv4('192.168.0.1', '192.168.0.2', 50, body)
  const v6 = (body: Uint8Array) =>
    ipv6('20010db8000000000000000000000001', '20010db8000000000000000000000002', 50, body)
  const cooked = (type: number) => (packet: Uint8Array) =>
    Uint8Array.from([0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 0xa1, 0, 0, type >> 8, type & 255, ...packet])
  const cooked2 = (packet: Uint8Array) =>
    Uint8Array.from([8, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 6, 2, 0, 0, 0, 0, 0xa1, 0, 0, ...packet])

  it.each<[string, number, readonly Uint8Array[]]>([
    ['behind VLAN tags', 1, all.map((body) => ethernet(M1, P, v4(body), [7, 12]))],
    ['over IPv6', 1, all.map((body) => ethernet(M1, P, v6(body)))],
    ['in raw IP', 101, all.map(v4)],
    ['on a loopback', 0, all.map((body) => Uint8Array.from([2, 0, 0, 0, ...v4(body)]))],
    ['in a cooked capture', 113, all.map((body) => cooked(0x0800)(v4(body)))],
    ['in a cooked capture of version 2', 276, all.map((body) => cooked2(v4(body)))],
    ['in UDP', 1, all.map((body) => out(17, udp(4500, 4500, body)))],
    [
      'in fragments',
      1,
      all.flatMap((body, id) => [
        ethernet(M1, P, ipv4('192.168.0.1', '192.168.0.2', 50, body.subarray(48), { id, offset: 48 })),
        ethernet(M1, P, ipv4('192.168.0.1', '192.168.0.2', 50, body.subarray(0, 48), { id, more: true })),
      ]),
    ],
  ])('%s', (_, linkType, frames) => {
    const { 'SEQ-1': found } = verdictsOf(frames, linkType)
    expect(found).toBe('certain 1')
  })

  it('where only the beginning of each frame was captured', () => {
    const parts = all.map((body) => ethernet(M1, P, v4(body)))
    const bytes = [
      pcapHeader(1),
      ...parts.map((frame, i) => pcapRecord(i, frame.subarray(0, 64), frame.length)),
    ]
    expect(summaryOf(judged(Uint8Array.from(bytes.flatMap((b) => [...b]))))['SEQ-1']).toBe('certain 1')
  })

  it('not in what came before the failover', () => {
    const frames = all.map((body) => ethernet(M1, P, v4(body)))
    expect(verdictsOf(frames, 1, { since: { time: 0.25, relative: true } })['SEQ-1']).toBe('certain 1')
    expect(verdictsOf(frames, 1, { since: { time: 0.35, relative: true } })).toEqual({})
  })
})

describe('IKE and ESP in TCP', () => {
  it('are counted and are neither read nor taken for packets in clear', () => {
    const segment = Buffer.alloc(40, 7)
    segment.writeUInt16BE(4500, 0)
    segment.writeUInt16BE(50_000, 2)
    const other = Buffer.from(segment)
    other.writeUInt16BE(443, 0)
    const result = judged(pcap(1, [sent(1), out(6, segment), back(6, segment), out(6, other)]))
    expect(result.skipped).toEqual({ tcp: 2 })
    expect(result.packets).toMatchObject({ esp: 1, other: 1 })
  })
})

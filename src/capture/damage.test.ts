/** Captures that are damaged, cut short or none at all: a sentence or a verdict with a count, never a crash. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { esp, ethernet, ipv4, pcapHeader, pcapRecord } from '../bench/packet-writer.ts'
import { fixture, judged, summaryOf } from '../cli/testing/captures-under-test.ts'
import { CaptureFault } from './formats/fault.ts'

const b2 = fixture('b2-naive-ha.pcap')
const messageOf = (bytes: Uint8Array): string => {
  try {
    judged(bytes)
  } catch (error) {
    if (error instanceof CaptureFault) return error.message
    throw error
  }
  return 'judged'
}
const with32 = (bytes: Uint8Array, at: number, value: number): Uint8Array => {
  const changed = Uint8Array.from(bytes)
  new DataView(changed.buffer).setUint32(at, value, true)
  return changed
}

describe('the same capture', () => {
  it.each(['a-normal.nsec.pcap', 'a-normal.pcapng'])('says the same as %s', (name) => {
    const { start: _, ...expected } = judged(fixture('a-normal.pcap'))
    const { start: __, ...result } = judged(fixture(name))
    const rounded = (value: unknown) =>
      JSON.parse(JSON.stringify(value, (_, v) => (typeof v === 'number' ? Math.round(v) : v)))
    expect(rounded(result)).toEqual(rounded(expected))
  })

  it('says the same in chunks of any size', () => {
    const whole = judged(b2)
    for (const size of [1, 7, 100, 4096]) expect(judged(b2, {}, size)).toEqual(whole)
    const other = fixture('a-normal.pcapng')
    for (const size of [3, 64]) expect(judged(other, {}, size)).toEqual(judged(other))
  })
})

/** Bytes of clean captures that were changed by damage, and looked like reuse. */
const CHANGES: readonly (readonly [
  what: string,
  name: string,
  changes: readonly (readonly [number, number])[],
])[] = [
  [
    'the length of a request in an IKE header',
    'f2-spi-reuse-newkey',
    [
      [841, 115],
      [1121, 139],
    ],
  ],
  ['the time of an answer', 'f2-spi-reuse-newkey', [[4903, 37]]],
  ['the time of a later request', 'f2-spi-reuse-newkey', [[8485, 46]]],
  ['the first number of a new SA', 'f2-spi-reuse-newkey', [[5987, 60]]],
  ['the EtherType of an answer', 'f2-spi-reuse-newkey', [[5535, 154]]],
  [
    'the time of a packet and the number of another',
    'f2-spi-reuse-newkey',
    [
      [7974, 5],
      [6669, 246],
    ],
  ],
  [
    'both of two copies',
    'v4-any-duplicates',
    [
      [12158, 208],
      [7832, 100],
      [8810, 95],
      [2419, 190],
      [8849, 7],
      [8727, 34],
      [11056, 148],
      [275, 78],
      [2566, 19],
      [8522, 126],
      [7580, 55],
      [11619, 50],
    ],
  ],
  [
    'an IKE message that was captured twice',
    'v4-any-duplicates',
    [
      [4294, 107],
      [11689, 144],
      [2637, 109],
      [11167, 5],
      [6968, 129],
      [7673, 67],
      [7889, 48],
      [10824, 16],
      [4075, 126],
      [2321, 38],
      [5669, 78],
    ],
  ],
]

describe('damage of a clean capture', () => {
  it.each(CHANGES)('of %s makes nothing of %s violated', (_, name, changes) => {
    const damaged = Uint8Array.from(fixture(`${name}.pcap`))
    for (const [at, by] of changes) damaged[at]! ^= by
    const violated = judged(damaged).verdicts.filter(({ verdict }) => verdict === 'violated')
    expect(violated.map(({ label }) => label)).toEqual([])
  })

  it('is counted where a checksum shows it', () => {
    expect(judged(b2).skipped.damaged).toBeUndefined()
    let wrong = 0
    for (let at = 4000; at < 4170; at++) {
      const one = Uint8Array.from(b2)
      one[at]! ^= 1
      wrong += judged(one).skipped.damaged ?? 0
    }
    expect(wrong).toBeGreaterThanOrEqual(12)
  })
})

describe('a capture of an unusual writer loses no record', () => {
  const packets = [1, 2, 3].map((low) =>
    ethernet(
      '02:00:00:00:00:a1',
      '02:00:00:00:00:0b',
      ipv4('192.168.0.1', '192.168.0.2', 50, esp(1, low, [7, low])),
    ),
  )
  const record = (seconds: number, fraction: number, frame: Uint8Array, length = frame.length) => {
    const made = Uint8Array.from(pcapRecord(seconds, frame, length))
    new DataView(made.buffer).setUint32(4, fraction, true)
    return made
  }
  const joined = (...parts: readonly Uint8Array[]) => Buffer.concat(parts)

  it('that rounds a fraction up to a whole second', () => {
    for (const [magic, parts] of [
      [0xa1b2c3d4, 1e6],
      [0xa1b23c4d, 1e9],
    ] as const) {
      const records = packets.map((frame, i) => record(10 + i, i === 1 ? parts : 0, frame))
      const { frames, damage, seconds, start } = judged(joined(with32(pcapHeader(1), 0, magic), ...records))
      expect({ frames, unreadable: damage.unreadable, seconds, start }).toEqual({
        frames: 3,
        unreadable: 0,
        seconds: 2,
        start: 10,
      })
      const beyond = packets.map((frame, i) => record(10 + i, i === 1 ? parts + 1 : 0, frame))
      expect(judged(joined(with32(pcapHeader(1), 0, magic), ...beyond)).damage.unreadable).toBe(1)
    }
  })

  it('that leaves the length on the wire out', () => {
    const records = packets.map((frame, i) => record(10 + i, 0, frame, 0))
    const { frames, damage, packets: kinds } = judged(joined(pcapHeader(1), ...records))
    expect({ frames, damage, esp: kinds.esp }).toMatchObject({ frames: 3, damage: { unreadable: 0 }, esp: 3 })
  })

  it.each([1, 2])('that says %i times 16 bits of checksum follow each frame', (units) => {
    const records = packets.map((frame, i) => record(10 + i, 0, joined(frame, Buffer.alloc(2 * units, 0xee))))
    const header = pcapHeader(((units << 28) | 0x0400_0000 | 1) >>> 0)
    const { frames, packets: kinds, childSas } = judged(joined(header, ...records))
    expect({ frames, esp: kinds.esp, lost: childSas[0]?.lost }).toEqual({ frames: 3, esp: 3, lost: 0 })
  })
})

describe('a damaged capture', () => {
  it('that is empty is named so', () => {
    expect(messageOf(new Uint8Array(0))).toBe('is empty.')
  })

  it('with another magic number is named so', () => {
    expect(messageOf(new TextEncoder().encode('hello, world'))).toBe(
      'begins with 68656c6c, which is neither pcap (a1b2c3d4, a1b23c4d) nor pcapng (0a0d0d0a).',
    )
  })

  it('with a header cut short is named so', () => {
    expect(messageOf(b2.subarray(0, 3))).toBe('ends after 3 bytes, before its header is complete.')
    expect(messageOf(b2.subarray(0, 20))).toBe('ends after 20 of the 24 bytes of a pcap header.')
  })

  it('without any record is judged and has seen nothing', () => {
    const { frames, damage, verdicts } = judged(b2.subarray(0, 24))
    expect({ frames, damage }).toEqual({ frames: 0, damage: { unreadable: 0, bytes: 0, cut: false } })
    expect(new Set(verdicts.map(({ verdict }) => verdict))).toEqual(new Set(['vacuous']))
  })

  it('that ends in the middle of a record says so', () => {
    const { frames, damage } = judged(b2.subarray(0, b2.length - 30))
    expect({ frames, damage }).toEqual({ frames: 90, damage: { unreadable: 1, bytes: 28, cut: true } })
  })

  it('with a record that claims 4 GiB goes on behind it', () => {
    // The record of frame 3 begins behind two ARP messages of 42 bytes.
    const { frames, damage, verdicts } = judged(with32(b2, 24 + 2 * 58 + 8, 0xffff_ffff))
    expect(frames).toBe(90)
    expect(damage).toMatchObject({ unreadable: 1, cut: false })
    expect(verdicts.find(({ label }) => label === 'SEQ-1')?.findings[0]?.count).toBe(18)
  })

  it('whose only record claims 4 GiB counts it', () => {
    const { frames, damage } = judged(with32(b2.subarray(0, 24 + 58), 24 + 8, 0xffff_ffff))
    expect({ frames, damage }).toEqual({ frames: 0, damage: { unreadable: 1, bytes: 58, cut: false } })
  })

  it.each(['b2-naive-ha.pcap', 'a-normal.pcapng'])(
    'gets a verdict or a sentence: 500 variants of %s',
    (name) => {
      const bytes = fixture(name)
      const flips = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 })), {
        minLength: 1,
        maxLength: 12,
      })
      let whole = 0
      fc.assert(
        fc.property(flips, fc.nat(bytes.length), fc.integer({ min: 1, max: 5000 }), (changes, end, chunk) => {
          const changed = Uint8Array.from(bytes.subarray(0, end % 4 === 0 ? end : bytes.length))
          for (const [at, by] of changes) if (at < changed.length) changed[at]! ^= by
          try {
            const result = judged(changed, {}, chunk)
            const read = Object.values(result.packets).reduce((sum, n) => sum + n, 0)
            const skipped = Object.values(result.skipped).reduce((sum, n) => sum + n, 0)
            // A frame may hold more than one packet.
            expect(read + skipped).toBeGreaterThanOrEqual(result.frames)
            if (result.damage.bytes > 0 || result.damage.cut)
              expect(result.damage.unreadable).toBeGreaterThan(0)
            if (result.damage.unreadable === 0) whole += 1
            summaryOf(result)
          } catch (error) {
            if (!(error instanceof CaptureFault)) throw error
            expect(error.message).toMatch(/\.$/)
          }
        }),
        { numRuns: 500, seed: 8 },
      )
      expect(whole).toBeGreaterThan(0)
      expect(whole).toBeLessThan(500)
    },
  )
})

/**
 * Campaigns of damage, order, cuts, merges and duplications: a clean capture is never `violated`, and a violated one
 * never silently `clean`. `CLUSTERCHECK_CAPTURE_CAMPAIGN=10000,2000` runs so many damages and re-orderings,
 * `CLUSTERCHECK_SEED` others.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fixture, judged } from '../cli/testing/captures-under-test.ts'
import { B, making, takeover } from '../testing/captures/made-captures.ts'
import { CaptureFault } from './formats/fault.ts'
import type { CaptureResult } from './result.ts'

const [DAMAGES = 140, ORDERS = 100] = (process.env.CLUSTERCHECK_CAPTURE_CAMPAIGN ?? '')
  .split(',')
  .filter(Boolean)
  .map(Number)
const SEED = Number(process.env.CLUSTERCHECK_SEED ?? 21)
const HEADER = 24

/** The records of a pcap file, each with its header. */
const recordsOf = (bytes: Uint8Array): readonly Uint8Array[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const records: Uint8Array[] = []
  for (let at = HEADER; at + 16 <= bytes.length; ) {
    const size = 16 + view.getUint32(at + 8, true)
    records.push(bytes.subarray(at, at + size))
    at += size
  }
  return records
}
const fileOf = (head: Uint8Array, records: readonly Uint8Array[]): Uint8Array =>
  Buffer.concat([head.subarray(0, HEADER), ...records])

const good = (() => {
  const made = making()
  made.setUp()
  made.esp(1, 60)
  made.exchange({ id: 2, exchange: 36 })
  made.esp(61, 80)
  takeover(made)
  made.esp(5000, 5040, { mac: B, mask: [0x1234, 0x9876] })
  return made.pcap()
})()

const CLEAN: readonly (readonly [string, Uint8Array])[] = [
  ...[
    'a-normal',
    'c2-good-ha',
    'f2-spi-reuse-newkey',
    'v1-natt',
    'v3-esn-wrap',
    'v4-any-duplicates',
    'v6-invalid-ke',
  ].map((name) => [name, fixture(`${name}.pcap`)] as const),
  ['a good takeover', good],
]
const VIOLATED = [
  'b1-naive-manual',
  'b2-naive-ha',
  'd2-doomed-mid-reuse',
  'e1-both-active-manual',
  'l3-libipsec-ha-naive-iv',
].map((name) => [name, fixture(`${name}.pcap`)] as const)

/** Labels that are violated; none where the file is refused. */
const violatedIn = (bytes: Uint8Array): readonly string[] =>
  (resultOf(bytes)?.verdicts ?? []).flatMap(({ label, verdict, findings }) =>
    verdict === 'violated'
      ? [`${label}: ${findings[0]?.first.text} ${findings[0]?.certainty} ${findings[0]?.evidence ?? ''}`]
      : [],
  )
const resultOf = (bytes: Uint8Array): CaptureResult | undefined => {
  try {
    return judged(bytes)
  } catch (error) {
    if (error instanceof CaptureFault) return undefined
    throw error
  }
}
/** Whether nothing is said against a capture, and nothing that it could not be judged. */
const isSilent = (bytes: Uint8Array): boolean => {
  const result = resultOf(bytes)
  return (
    result !== undefined &&
    result.damage.unreadable === 0 &&
    result.verdicts.every(({ verdict }) => verdict === 'clean' || verdict === 'vacuous')
  )
}

/** Order, cut, merge and duplication of records, by numbers that a generator draws. */
const shuffled = (
  records: readonly Uint8Array[],
  moves: readonly (readonly [number, number])[],
): Uint8Array[] => {
  const all = [...records]
  for (const [a, b] of moves) {
    const [one] = all.splice(a % all.length, 1)
    all.splice(b % (all.length + 1), 0, one!)
  }
  return all
}
const changed = (
  kind: number,
  bytes: Uint8Array,
  moves: readonly (readonly [number, number])[],
): Uint8Array => {
  const records = recordsOf(bytes)
  const [[a, b]] = moves as [readonly [number, number]]
  const from = a % records.length
  switch (kind) {
    case 0:
      return fileOf(bytes, shuffled(records, moves))
    case 1:
      return fileOf(bytes, records.slice(from, from + 1 + (b % records.length)))
    case 2:
      return fileOf(bytes, [...records.slice(from), ...records.slice(0, from)])
    case 3:
      return fileOf(
        bytes,
        records.flatMap((record, i) =>
          moves.some(([m]) => m % records.length === i) ? [record, record] : [record],
        ),
      )
    default:
      return fileOf(bytes, [...records, ...records.slice(from)])
  }
}
const MOVES = fc.array(fc.tuple(fc.nat(10_000), fc.nat(10_000)), { minLength: 1, maxLength: 12 })

describe('a clean capture', () => {
  const numRuns = Math.ceil(DAMAGES / CLEAN.length)
  it.each(CLEAN)(`%s is not violated by damage, ${numRuns} times`, (_, bytes) => {
    const flips = fc.array(
      fc.tuple(fc.integer({ min: HEADER, max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 })),
      {
        minLength: 1,
        maxLength: 12,
      },
    )
    fc.assert(
      fc.property(flips, (changes) => {
        const damaged = Uint8Array.from(bytes)
        for (const [at, by] of changes) damaged[at]! ^= by
        expect(violatedIn(damaged)).toEqual([])
      }),
      { numRuns, seed: SEED, endOnFailure: true },
    )
  })

  const orders = Math.ceil(ORDERS / CLEAN.length)
  it.each(CLEAN)(
    `%s is not violated by order, cuts, merges and duplications, ${orders} times`,
    (_, bytes) => {
      fc.assert(
        fc.property(fc.nat(4), MOVES, (kind, moves) => {
          expect(violatedIn(changed(kind, bytes, moves))).toEqual([])
        }),
        { numRuns: orders, seed: SEED + 1, endOnFailure: true },
      )
    },
  )
})

describe('a violated capture', () => {
  const orders = Math.ceil(ORDERS / VIOLATED.length)
  it.each(VIOLATED)(
    `%s is not silently clean after order, merges and duplications, ${orders} times`,
    (_, bytes) => {
      fc.assert(
        fc.property(fc.constantFrom(0, 2, 3, 4), MOVES, (kind, moves) => {
          expect(isSilent(changed(kind, bytes, moves))).toBe(false)
        }),
        { numRuns: orders, seed: SEED + 2, endOnFailure: true },
      )
    },
  )
})

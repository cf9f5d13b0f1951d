/** Packed layouts and the hash keys drawn for them. */
import { describe, expect, test } from 'vitest'
import {
  bag,
  bool,
  each,
  id,
  oneOf,
  queue,
  type RecordOf,
  range,
  record,
  type Schema,
  setOf,
} from '../modelling/schema.ts'
import { addPackedState, type PackedFaults } from './codegen/packed.ts'
import { Source } from './codegen/source.ts'
import { keysOf } from './keys.ts'
import { bitsFor, type Layout, layoutOf } from './layout.ts'

const layout = (schema: RecordOf): Layout => layoutOf([{ path: '', schema }])
const slotsOf = (schema: Schema) => layout(record({ x: schema })).slots
const bitsOf = (schema: Schema) => slotsOf(schema).map(({ bits }) => bits)
const wordsOf = (schema: RecordOf) => addPackedState(new Source(), layout(schema), {} as PackedFaults).words

describe('the layout', () => {
  test('gives a scalar as many bits as its values need', () => {
    expect([1, 2, 3, 4, 5, 8, 9, 1_024, 1_025].map(bitsFor)).toEqual([0, 1, 2, 2, 3, 3, 4, 10, 11])
    expect(bitsOf(bool)).toEqual([1])
    expect(bitsOf(oneOf('a', 'b', 'c'))).toEqual([2])
    expect(bitsOf(id(['a', 'b', 'c', 'd'], 'none'))).toEqual([3])
    expect(bitsOf(range(-4, 3))).toEqual([3])
    expect(bitsOf(range(-(2 ** 29), 2 ** 29))).toEqual([31])
  })

  test('gives a range of one value no bits', () => {
    expect(bitsOf(range(7, 7))).toEqual([0])
    expect(bitsOf(oneOf('only'))).toEqual([0])
    const fixed = { a: range(7, 7), b: oneOf('only') }
    expect(wordsOf(record({ ...fixed, n: range(0, 2 ** 29) }))).toBe(1)
    expect(bitsOf(queue(record({ ...fixed, n: bool }), 1))).toEqual([2])
  })

  test('spreads a set over slots of 31 bits', () => {
    expect(bitsOf(setOf(range(1, 31)))).toEqual([31])
    expect(bitsOf(setOf(range(1, 32)))).toEqual([31, 1])
    expect(bitsOf(setOf(range(1, 63)))).toEqual([31, 31, 1])
  })

  test('gives every message of a channel one bit more than its fields', () => {
    const message = record({
      kind: oneOf('a', 'b', 'c'),
      body: record({ n: range(0, 4) }),
      of: setOf(['a', 'b']),
    })
    expect(bitsOf(bag(message, 3))).toEqual([8, 8, 8])
    expect(slotsOf(bag(message, 3)).map(({ path }) => path)).toEqual(['x[0]', 'x[1]', 'x[2]'])
  })

  test('spreads a wide message over several slots, none beyond 31 bits', () => {
    const wide = record({ a: setOf(range(1, 30)), b: range(0, 1), c: setOf(range(1, 30)), d: range(0, 7) })
    expect(bitsOf(queue(wide, 2))).toEqual([31, 31, 3, 31, 31, 3])
  })

  test('names every slot of an each by its identity', () => {
    const member = each(['a', 'b'], record({ up: bool, n: range(0, 2) }))
    expect(slotsOf(member).map(({ path }) => path)).toEqual(['x.a.up', 'x.a.n', 'x.b.up', 'x.b.n'])
  })

  test('packs slots into words without splitting one', () => {
    expect(wordsOf(record({ a: range(0, 2 ** 16 - 1), b: range(0, 2 ** 15 - 1) }))).toBe(1)
    expect(wordsOf(record({ a: range(0, 2 ** 16 - 1), b: range(0, 2 ** 15) }))).toBe(2)
    expect(wordsOf(record({ fixed: range(1, 1) }))).toBe(1)
  })
})

describe('the keys', () => {
  const { slots, roots } = layout(
    record({
      n: range(0, 999),
      wide: range(0, 5_000),
      seen: setOf(range(1, 40)),
      up: bool,
      fixed: range(3, 3),
      net: bag(record({ id: range(0, 100) }), 2),
    }),
  )
  const { base, low, high } = keysOf({ slots, roots })
  const zeroes = slots.flatMap(({ hash }, i) => (hash === 'table' ? [base[i]!] : []))
  const others = [...low.keys()].filter((i) => !zeroes.includes(i))

  test('are 0 for the zero value of every slot that has a table', () => {
    expect(zeroes).toHaveLength(5)
    for (const i of zeroes) expect([low[i], high[i]]).toEqual([0, 0])
  })

  test('are distinct and not 0 otherwise, in both lanes', () => {
    expect(others.length).toBeGreaterThan(1_000)
    for (const lane of [low, high]) {
      expect(new Set(others.map((i) => lane[i])).size).toBe(others.length)
      expect(others.every((i) => lane[i] !== 0)).toBe(true)
    }
  })

  test('differ between the lanes', () => {
    expect(others.some((i) => low[i] === high[i])).toBe(false)
  })

  test('are one for each value, bit or mixed slot', () => {
    const keys = slots.map(({ bits, hash }) => (hash === 'table' ? 2 ** bits : hash === 'bits' ? bits : 1))
    expect(slots.map(({ hash }) => hash)).toEqual([
      'table',
      'mixed',
      'bits',
      'bits',
      'table',
      'table',
      'table',
      'table',
    ])
    expect(low).toHaveLength(keys.reduce((sum, n) => sum + n, 0))
  })

  test('do not depend on each other: no two pairs of one slot have the same sum', () => {
    const sums = new Set<number>()
    for (let a = 1; a < 200; a++)
      for (let b = a + 1; b < 200; b++) sums.add(low[base[0]! + a]! ^ low[base[0]! + b]!)
    // 19,701 pairs; among 2^32 sums a chance collision has a probability of 4 percent, and this draw is fixed.
    expect(sums.size).toBe(19_701)
  })
})

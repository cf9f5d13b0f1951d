/** The table as several threads see it: what one writes while another looks. */
import { describe, expect, it } from 'vitest'
import { Source } from '../../../state/codegen/source.ts'
import { SEGMENTS, Table, type TableShape, tableText } from './table.ts'

const SHAPE: TableShape = { hashing: 'mixed', numbered: false, shared: false }

/** The text that looks for a pair, in a table whose segments are what is given. */
const lookingIn = (segment: object) => {
  const table = new Table(SHAPE)
  table.segments.fill(segment as Int32Array)
  table.scale.fill(4 / 2 ** 32)
  const source = new Source()
  const text = tableText(source, 'visited', table, SHAPE)
  source.add(`return (a, b) => {
  let h = ${text.hash('a', 'b')}, g = 0, T, p = 0, there = 0
  ${text.find}
  return ${text.found}
}`)
  return source.run() as (a: number, b: number) => boolean
}

/** Puts a pair into a table; returns -1, or its number if it is there. */
const puttingInto = (table: Table, shape: TableShape) => {
  const source = new Source()
  const text = tableText(source, 'visited', table, shape)
  source.add(`return (a, b, number) => {
  let h = ${text.hash('a', 'b')}, g = 0, T, p = 0, there = 0
  ${text.find}
  if (${text.found}) return ${shape.numbered ? text.number : '0'}
  ${text.claim('number')}
  return -1
}`)
  return source.run() as (a: number, b: number, number: number) => number
}

/** A segment of four entries of which each is written, with another pair, as soon as its first word was read. */
const filledBehindTheBack = () =>
  new Proxy(new Int32Array(8), {
    get(words, key) {
      const value = Reflect.get(words, key) as unknown
      if (typeof key === 'string' && /^[0246]$/.test(key)) words.fill(99)
      return value
    },
  })

describe('a table', () => {
  it('finds what is there and nothing else', () => {
    const words = new Int32Array(8)
    const finds = lookingIn(words)
    expect(finds(7, 11)).toBe(false)
    words.set([7, 11], 0)
    words.set([7, 11], 2)
    words.set([7, 11], 4)
    expect(finds(7, 11)).toBe(true)
    expect(finds(7, 12)).toBe(false)
  })

  it('does not take for found what another thread writes where it has just looked', () => {
    const finds = lookingIn(filledBehindTheBack())
    expect(finds(7, 11)).toBe(false)
  })

  it.each([
    { hashing: 'mixed', numbered: true, shared: false },
    { hashing: 'first', numbered: false, shared: true },
  ] as const)('keeps what is in it when it grows: %j', (shape) => {
    const table = new Table(shape)
    const put = puttingInto(table, shape)
    const { bytes } = table
    const dropped: number[] = []
    table.onGrowth = (_, before) => dropped.push(before)
    const first = (n: number) => Math.imul(n, 0x9e3779b1) || 1
    const numbers = Array.from({ length: 20_000 }, (_, i) => i + 1)
    expect(numbers.filter((n) => put(first(n), n, n) !== -1)).toEqual([])
    expect(dropped.length).toBeGreaterThanOrEqual(SEGMENTS)
    expect(table.bytes).toBeGreaterThan(2 * bytes)
    const sizes = table.segments.map(({ byteLength }) => byteLength)
    expect(table.bytes).toBe(sizes.reduce((sum, size) => sum + size))
    expect(numbers.filter((n) => put(first(n), n, 0) !== (shape.numbered ? n : 0))).toEqual([])
  })

  it('grows its segments one after another', () => {
    const { segments } = new Table(SHAPE)
    const sizes = segments.map(({ length }) => length)
    expect(new Set(sizes).size).toBeGreaterThan(SEGMENTS / 2)
    expect(Math.max(...sizes)).toBeLessThan(4 * Math.min(...sizes))
  })
})

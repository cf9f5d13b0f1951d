/** Memories without bounds: their sets are gone through in the order in which those with a domain are. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { range, record, setOf } from '../modelling/schema.ts'
import { plainSet } from './channels.ts'
import { poolOf } from './numbers.ts'
import { unboundedMemory } from './unbounded.ts'

const NAMES = ['a', 'b', 'c'] as const
const names = setOf(NAMES)
const schema = record({ names, numbers: setOf(range(0, 1)) })

interface Walked {
  [Symbol.iterator](): Iterator<unknown>
  add(value: unknown): void
  delete(value: unknown): void
  some(test: (value: unknown) => boolean): boolean
  every(test: (value: unknown) => boolean): boolean
  find(test: (value: unknown) => boolean): unknown
  count(test: (value: unknown) => boolean): number
}

const memory = () =>
  (
    unboundedMemory(schema, { numbers: 1e6, records: 1e6, pool: poolOf(1e6) }) as unknown as {
      readonly memory: { readonly names: Walked; readonly numbers: Walked }
    }
  ).memory

test('a set of numbers is gone through from the lowest on', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.boolean(), fc.oneof(fc.nat(40), fc.nat(5000), fc.nat(2 ** 40)))),
      (changes) => {
        const { numbers } = memory()
        const known = new Set<number>()
        for (const [adds, n] of changes) {
          numbers[adds ? 'add' : 'delete'](n)
          known[adds ? 'add' : 'delete'](n)
        }
        const sorted = [...known].sort((a, b) => a - b)
        expect([...numbers]).toEqual(sorted)
        expect(numbers.find((n) => (n as number) % 3 === 1)).toBe(sorted.find((n) => n % 3 === 1))
        expect(numbers.count((n) => (n as number) % 2 === 0)).toBe(sorted.filter((n) => n % 2 === 0).length)
      },
    ),
    { seed: 42, numRuns: 100 },
  )
})

test('a set of names is gone through as a plain one', () => {
  const own = memory().names
  for (const name of ['c', 'a']) own.add(name)
  expect([...own]).toEqual(['a', 'c'])
  expect([...own]).toEqual([...plainSet(names, ['c', 'a'])])
  expect(own.some((name) => name === 'b')).toBe(false)
  expect(own.every((name) => name !== 'b')).toBe(true)
})

/** JSON in pieces is JSON, whatever is in it. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { jsonPieces } from './json-pieces.ts'

it('is the text of JSON.stringify', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.oneof(fc.array(fc.anything()), fc.anything())), (value) => {
      let whole: string
      try {
        whole = JSON.stringify(value, null, 2)
      } catch {
        return // What JSON cannot hold, such as a bigint.
      }
      expect([...jsonPieces(value)].join('')).toBe(whole)
    }),
  )
})

it('comes in pieces where lists are long', () => {
  const value = { a: 1, list: Array.from({ length: 20_000 }, (_, i) => ({ number: i, text: 'some text' })) }
  const pieces = [...jsonPieces(value)]
  expect(pieces.join('')).toBe(JSON.stringify(value, null, 2))
  expect(pieces.length).toBeGreaterThan(10)
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(70_000)
})

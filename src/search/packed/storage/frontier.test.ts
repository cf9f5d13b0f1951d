/** The frontier: chunks are used again, and their bytes are counted once. */
import { expect, test } from 'vitest'
import { CHUNK } from './chunks.ts'
import { Frontier } from './frontier.ts'

test('counts the bytes of its chunks, and uses those that were passed again', () => {
  const frontier = new Frontier(3, false)
  const bytes = 3 * CHUNK * Int32Array.BYTES_PER_ELEMENT
  const first = frontier.open(0)
  expect(frontier.bytes).toBe(bytes)
  frontier.open(CHUNK)
  expect(frontier.bytes).toBe(2 * bytes)
  frontier.pass(CHUNK + 1, CHUNK + 5)
  expect(frontier.chunks[0]).toBeUndefined()
  expect(frontier.open(2 * CHUNK)).toBe(first)
  expect(frontier.bytes).toBe(2 * bytes)
})

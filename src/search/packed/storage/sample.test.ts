/** The sample of a search: the first states and a few later ones, spread evenly. */
import { expect, test } from 'vitest'
import { Sample } from './sample.ts'

test('a sample has the first four states, and from four to eight of all later ones', () => {
  const sample = new Sample(1)
  const sizes: number[] = []
  for (let n = 1; n <= 1000; n++) {
    sample.see(Int32Array.of(n, 0))
    sizes.push(sample.states.length)
  }
  expect(sizes.slice(0, 12)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
  expect(Math.max(...sizes)).toBe(12)
  expect(Math.min(...sizes.slice(12))).toBeGreaterThanOrEqual(8)
  const states = sample.states.map((words) => [...words])
  expect(states.slice(0, 4)).toEqual([[1], [2], [3], [4]])
  const later = states.slice(4).map(([n]) => n!)
  const gaps = later.slice(1).map((n, i) => n - later[i]!)
  expect(new Set(gaps).size).toBe(1)
  expect(gaps[0]).toBeGreaterThan(60)
})

/** Shares of times that are given. */
import { expect, test } from 'vitest'
import { Stopwatch } from './stopwatch.ts'

const stopped = (states: number, lap: (state: number) => readonly number[]): Stopwatch => {
  const watch = new Stopwatch(2)
  for (let state = 0; state < states; state++) {
    watch.laps.set(lap(state))
    watch.stop()
  }
  return watch
}

test('shares are of the time without that of reading the clock', () => {
  expect(stopped(100, () => [4, 2, 6, 1]).shares).toEqual({ actions: [0.3333, 0.1111], storing: 0.5556 })
})

test('an action that takes less than reading the clock takes no time', () => {
  expect(stopped(100, () => [1, 3, 4, 2]).shares).toEqual({ actions: [0, 0.3333], storing: 0.6667 })
  expect(stopped(100, () => [1, 1, 1, 1]).shares).toEqual({ actions: [0, 0], storing: 0 })
})

test('a state in which the thread was held up is left out', () => {
  const lap = (state: number) => (state === 50 ? [900, 0, 0, 0] : [1, 1, 2, 0])
  expect(stopped(101, lap).shares).toEqual({ actions: [0.25, 0.25], storing: 0.5 })
})

test('nothing is said of fewer than a hundred states, and many are timed more rarely', () => {
  expect(stopped(99, () => [1, 1, 1, 0]).shares).toBeUndefined()
  const watch = new Stopwatch(2)
  expect(Array.from({ length: 8191 }, () => watch.stop()).every((next) => next === 61)).toBe(true)
  expect(watch.stop()).toBe(122)
})

/** Trees of answers by what was read: what is found again, what is given up, and what is left when there is no room. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Answers } from './answers.ts'
import { ANSWER, type Reading, ReadTrees, type RecallLimits } from './read-trees.ts'

/** Two words; slots 0 to 3 lie in the first, 8 bits each but for the last, slot 4 is all of the second. */
const NAMES = { wordOf: Int32Array.of(0, 0, 0, 0, 1), shiftOf: Int32Array.of(0, 8, 16, 24, 0) }
const BITS = [8, 8, 8, 7, 31]
const PATIENT: RecallLimits = { room: 1 << 16, trial: 1 << 30, pending: 64 }

/** Walks a tree as the program text does. */
const walk = ({ nodes }: ReadTrees, root: number, words: Int32Array): number => {
  let t = root
  while (t > 0) {
    const h = nodes[t]!
    t = nodes[t + 1 + ((words[h >>> 10]! >>> h) & ((h >>> 5) & 31))]!
  }
  return t
}

const readingOf = (words: Int32Array, slots: readonly number[]): Reading => ({
  words,
  count: slots.length,
  reads: Int32Array.from(slots.flatMap((slot) => [slot, 0, BITS[slot]!])),
})

describe('an answer', () => {
  const words = fc.tuple(fc.nat(2 ** 31 - 1), fc.nat(2 ** 31 - 1)).map((pair) => Int32Array.from(pair))

  test('is found again on every state that agrees in what was read, and on no other', () => {
    // What is read next depends on what was read: slot 4 only where slot 0 is odd, as a guard would do.
    const slotsRead = (state: Int32Array) => ((state[0]! & 1) === 1 ? [0, 4] : [0, 2])
    const answerTo = (state: Int32Array) =>
      -2 - ((state[0]! & 1) === 1 ? state[1]! % 1000 : (state[0]! >>> 16) & 255)
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 60 }), (states) => {
        const trees = new ReadTrees(NAMES, PATIENT)
        const answers = new Answers(trees, 1)
        const known = new Map<string, number>()
        for (const [i, state] of states.entries()) {
          const read = slotsRead(state)
          const text = read.map((slot) => (slot === 4 ? state[1] : (state[0]! >>> (8 * slot)) & 255)).join()
          const found = walk(trees, answers.roots[0]!, state)
          expect(found).toBe(known.get(text) ?? ANSWER.unknown)
          if (found !== ANSWER.unknown) continue
          expect(answers.learn(0, readingOf(state, read), answerTo(state), i + 1)).toBe(true)
          known.set(text, answerTo(state))
        }
      }),
    )
  })

  test('that depends on nothing stands in the root', () => {
    const trees = new ReadTrees(NAMES, PATIENT)
    const answers = new Answers(trees, 2)
    answers.learn(1, readingOf(new Int32Array(2), []), -7, 1)
    expect([...answers.roots]).toEqual([ANSWER.unknown, -7])
  })
})

describe('nothing is learnt of a closure', () => {
  test('for a while, when it was asked less than four times as often as something was learnt', () => {
    const answers = new Answers(new ReadTrees(NAMES, { ...PATIENT, trial: 4 }), 1)
    const learn = (value: number, asked: number) =>
      answers.learn(0, readingOf(Int32Array.of(value, 0), [0]), -2, asked)
    for (let value = 0; value < 3; value++) learn(value, value + 1)
    learn(3, 16)
    expect(answers.pauses(0)).toBe(false)
    for (let value = 4; value < 7; value++) learn(value, 20)
    learn(7, 31)
    expect(answers.pauses(0)).toBe(true)
    let runs = 0
    while (!answers.learns(0)) runs += 1
    expect(runs).toBe(4 * 8)
    expect(learn(8, 90)).toBe(true)
  })

  test('any more, when it does not read the same on the same state', () => {
    const trees = new ReadTrees(NAMES, PATIENT)
    const answers = new Answers(trees, 1)
    expect(answers.learn(0, readingOf(new Int32Array(2), [0]), -2, 1)).toBe(true)
    expect(answers.learn(0, readingOf(new Int32Array(2), [1]), -2, 2)).toBe(false)
    expect(answers.roots[0]).toBe(ANSWER.run)
    answers.restart(0, 2)
    expect(answers.learns(0)).toBe(true)
  })

  test('any more where there is no room, and what was remembered before stays', () => {
    const trees = new ReadTrees(NAMES, { ...PATIENT, room: 100 })
    const answers = new Answers(trees, 1)
    const kept = Int32Array.of(0, 0)
    expect(answers.learn(0, readingOf(kept, [0]), -5, 1)).toBe(true)
    const others = Array.from({ length: 40 }, (_, i) => Int32Array.of(i * 6 + 6, 0))
    expect(others.map((state) => answers.learn(0, readingOf(state, [0, 4]), -2, 99)).includes(false)).toBe(
      true,
    )
    expect(answers.learns(0)).toBe(false)
    expect(walk(trees, answers.roots[0]!, kept)).toBe(-5)
    expect(trees.nodes.length).toBeLessThanOrEqual(100)
  })
})

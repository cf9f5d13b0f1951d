/** Shrinking against what it promises, and the estimate of distinct states against what is known. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DistinctSample } from './distinct.ts'
import { randomOf } from './numbers.ts'
import { shrink } from './shrink.ts'

/** Shows it once the wanted steps have been taken in their order. */
const showing = (wanted: readonly number[]) => (steps: readonly number[]) => {
  let next = 0
  const to = steps.findIndex((step, i) => i > 0 && step === wanted[next] && ++next === wanted.length)
  return to < 0 ? undefined : steps.slice(0, to + 1)
}

describe('shrinking', () => {
  test('leaves the steps that are needed, in their order, and no other', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(20), { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat(20), { maxLength: 60 }),
        fc.infiniteStream(fc.nat(1_000)),
        (wanted, others, places) => {
          const path = [...others]
          let from = 0
          for (const step of wanted) {
            const at = from + ([...places.take(1)][0]! % (path.length - from + 1))
            path.splice(at, 0, step)
            from = at + 1
          }
          const { path: small } = shrink([99, ...path], showing(wanted))
          expect(small).toEqual([99, ...wanted])
        },
      ),
      { seed: 6027 },
    )
  })

  test('leaves a path from which no single step can be left out, where steps depend on each other', () => {
    const even = (steps: readonly number[]) => {
      const sum = steps.slice(1).reduce((a, b) => a + b, 0)
      return sum > 10 && sum % 2 === 0 ? steps : undefined
    }
    const { path, tried } = shrink([0, ...Array.from({ length: 40 }, (_, i) => 1 + (i % 3))], even)
    expect(even(path)).toBeDefined()
    path.slice(1).forEach((_, i) => {
      expect(even(path.toSpliced(i + 1, 1))).toBeUndefined()
    })
    expect(tried).toBeGreaterThan(path.length)
  })
})

describe('the estimate of distinct states', () => {
  const sampleOf = (states: number, draws: number, use = 0) => {
    const random = randomOf(1, states, use)
    const sample = new DistinctSample()
    for (let i = 0; i < draws; i++)
      sample.add(Number((BigInt(random.nextInt(1, states)) * 0x9e3779b97f4a7c15n) & (2n ** 53n - 1n)))
    return sample
  }

  test('is exact when every state was met often', () => {
    expect(sampleOf(500, 20_000).estimate).toEqual({ met: 500, all: 500 })
  })

  test.each([
    [5_000, 5_000],
    [400_000, 400_000],
    [1_000_000, 3_000_000],
  ])('of %d states after %d draws is near', (states, draws) => {
    const { met, all } = sampleOf(states, draws).estimate
    expect(Math.abs(all / states - 1)).toBeLessThan(0.06)
    expect(met).toBeLessThan(all)
  })

  test('of two samples together is that of all draws', () => {
    const [one, other] = [sampleOf(300_000, 100_000, 1), sampleOf(300_000, 500_000, 2)]
    const merged = new DistinctSample()
    merged.merge(one.data)
    merged.merge(other.data)
    expect(merged.data.bits).toBe(other.data.bits)
    expect(Math.abs(merged.estimate.all / 300_000 - 1)).toBeLessThan(0.06)
  })
})

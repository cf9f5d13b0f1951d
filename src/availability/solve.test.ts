/** The solver against elimination, closed forms, and chains whose rates are far apart. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Chain, direct, expected, residual, stationary } from './solve.ts'

const chainFrom = (states: number, edges: readonly (readonly [number, number, number])[]): Chain => {
  const sorted = [...edges].sort(([a], [b]) => a - b)
  const first = new Uint32Array(states + 1)
  for (const [from] of sorted) first[from + 1]! += 1
  for (let s = 0; s < states; s++) first[s + 1]! += first[s]!
  return {
    states,
    first,
    target: Int32Array.from(sorted, ([, to]) => to),
    rate: Float64Array.from(sorted, ([, , rate]) => rate),
  }
}

/** A ring, so that every state is reached, and more. */
const randomChain = fc.integer({ min: 2, max: 12 }).chain((states) =>
  fc
    .array(
      fc.tuple(
        fc.nat(states - 1),
        fc.nat(states - 1),
        fc.integer({ min: -6, max: 3 }).map((power) => 10 ** power),
      ),
      { maxLength: 30 },
    )
    .map((more) => ({
      states,
      edges: [
        ...Array.from({ length: states }, (_, s) => [s, (s + 1) % states, 1] as const),
        ...more.filter(([from, to]) => from !== to),
      ],
    })),
)

describe('shares of time', () => {
  it('are those of an elimination', () => {
    fc.assert(
      fc.property(randomChain, ({ states, edges }) => {
        const rates = new Float64Array(states * states)
        for (const [from, to, rate] of edges) rates[from * states + to]! += rate
        const exact = direct(rates, states)
        const chain = chainFrom(states, edges)
        const { values } = stationary(chain)
        for (let s = 0; s < states; s++) expect(values[s]! / exact[s]!).toBeCloseTo(1, 8)
        expect(residual(chain, values)).toBeLessThan(1e-10)
      }),
      { seed: 1, numRuns: 200 },
    )
  })

  it('are exact where a state is rarer than the precision of one', () => {
    const chain = chainFrom(3, [
      [0, 1, 1e-12],
      [1, 2, 1],
      [2, 0, 1e3],
    ])
    const { values } = stationary(chain)
    expect(values[1]! / 1e-12).toBeCloseTo(1, 9)
    expect(values[2]! / 1e-15).toBeCloseTo(1, 9)
  })

  it('do not come slowly where the chain stays long in one part', () => {
    // Two rings that are left once in a million turns.
    const ring = (from: number): readonly (readonly [number, number, number])[] =>
      Array.from({ length: 10 }, (_, i) => [from + i, from + ((i + 1) % 10), 1] as const)
    const chain = chainFrom(20, [...ring(0), ...ring(10), [0, 10, 1e-6], [10, 0, 3e-6]])
    const { values, sweeps } = stationary(chain)
    expect(values.slice(0, 10).reduce((a, b) => a + b)).toBeCloseTo(0.75, 6)
    expect(sweeps).toBeLessThan(300)
  })

  it('are 0 where nothing comes back', () => {
    const { values } = stationary(
      chainFrom(3, [
        [0, 1, 1],
        [1, 2, 1],
        [2, 1, 1],
      ]),
    )
    for (const [i, share] of [0, 0.5, 0.5].entries()) expect(values[i]).toBeCloseTo(share, 12)
  })
})

describe('the chain of one SA in six states', () => {
  // Up, failed and undetected, takeover, doomed and undetected, set up again.
  const [failure, detection, takeover, giveUp, setUp, doom] = [1 / 3.6e6, 1.6, 0.1, 165, 0.2, 0.01]
  const chain = chainFrom(5, [
    [0, 1, failure],
    [1, 2, 1 / detection],
    [2, 0, (1 - doom) / takeover],
    [2, 3, doom / takeover],
    [3, 4, 1 / giveUp],
    [4, 0, 1 / setUp],
  ])
  const outage = detection + takeover + doom * (giveUp + setUp)

  it('is down for the failure rate times the outage', () => {
    const { values } = stationary(chain)
    const down = values.slice(1).reduce((a, b) => a + b)
    expect(down / ((failure * outage) / (1 + failure * outage))).toBeCloseTo(1, 9)
  })

  it('has that outage after a failure', () => {
    const up = Uint8Array.from([1, 0, 0, 0, 0])
    const { values } = expected(chain, up, { gain: Float64Array.from([0, 1, 1, 1, 1]) })
    expect(values[1]).toBeCloseTo(outage, 9)
  })

  it('is doomed with the chance that was put in', () => {
    const fixed = Uint8Array.from([1, 0, 0, 1, 0])
    const { values } = expected(chain, fixed, { end: Float64Array.from([0, 0, 0, 1, 0]) })
    expect(values[1]).toBeCloseTo(doom, 12)
  })
})

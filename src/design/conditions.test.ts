/** Conditions: exact on every design, made of prime implicants only, and short. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Condition, conditionOf, fulfils, type Point, primesOf } from './conditions.ts'

/** All combinations, with those that are no designs left out. */
const spaceOf = (
  sizes: readonly number[],
  holds: (at: readonly number[]) => boolean,
  isDesign: (at: readonly number[]) => boolean = () => true,
): readonly Point[] => {
  const all = sizes.reduce<readonly (readonly number[])[]>(
    (found, size) => found.flatMap((at) => Array.from({ length: size }, (_, value) => [...at, value])),
    [[]],
  )
  return all.filter(isDesign).map((at) => ({ at, holds: holds(at) }))
}

const isExact = (points: readonly Point[], condition: Condition | undefined): boolean =>
  condition === undefined
    ? new Set(points.map(({ holds }) => holds)).size <= 1
    : points.every(({ at, holds }) => fulfils(condition, at) === holds)

/** The definition: a term that leaves a design that does not hold is none, and one that could leave more is not prime. */
const primesByDefinition = (points: readonly Point[], sizes: readonly number[]): readonly string[] => {
  const terms = spaceOf(
    sizes.map((size) => 2 ** size - 1),
    () => true,
  ).map(({ at }) => at)
  const implies = (term: readonly number[]): boolean =>
    points.every(({ at, holds }) => holds || at.some((value, i) => (term[i]! & (1 << value)) !== 0))
  return terms
    .filter(implies)
    .filter((term) =>
      term.every((bits, i) =>
        Array.from({ length: sizes[i]! }, (_, value) => value).every(
          (value) =>
            (bits & (1 << value)) === 0 || !implies(term.map((of, j) => (j === i ? of & ~(1 << value) : of))),
        ),
      ),
    )
    .map(String)
    .sort()
}

const randomSpace = fc
  .array(fc.integer({ min: 2, max: 3 }), { minLength: 1, maxLength: 4 })
  .chain((sizes) => {
    const count = sizes.reduce((product, size) => product * size, 1)
    return fc.tuple(
      fc.constant(sizes),
      fc.array(fc.constantFrom('holds', 'not', 'none'), { minLength: count, maxLength: count }),
    )
  })
  .map(([sizes, kinds]) => {
    let next = 0
    const points = spaceOf(sizes, () => true).flatMap(({ at }) => {
      const kind = kinds[next++]!
      return kind === 'none' ? [] : [{ at, holds: kind === 'holds' }]
    })
    return { sizes, points }
  })

describe('the condition of a space', () => {
  it('says of every design what is so, also where combinations are no designs', () => {
    fc.assert(
      fc.property(randomSpace, ({ sizes, points }) => {
        expect(isExact(points, conditionOf(points, sizes))).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('has no literal that it could do without', () => {
    fc.assert(
      fc.property(randomSpace, ({ sizes, points }) => {
        const condition = conditionOf(points, sizes)
        for (const [t, term] of (condition?.terms ?? []).entries())
          for (const l of term.keys()) {
            const shorter = term.filter((_, i) => i !== l)
            const terms = condition!.terms.map((of, i) => (i === t ? shorter : of))
            expect(isExact(points, { ...condition!, terms })).toBe(false)
          }
      }),
      { numRuns: 300 },
    )
  })

  it('is not there where all designs are alike', () => {
    expect(
      conditionOf(
        spaceOf([2, 2], () => true),
        [2, 2],
      ),
    ).toBeUndefined()
    expect(
      conditionOf(
        spaceOf([2, 2], () => false),
        [2, 2],
      ),
    ).toBeUndefined()
    expect(conditionOf([], [2, 2])).toBeUndefined()
  })

  it('names only the policies that decide', () => {
    const sizes = [3, 2, 2, 2]
    const points = spaceOf(sizes, ([a, b, c]) => a === 2 && (b === 0 || c === 1))
    expect(conditionOf(points, sizes)).toEqual({
      form: 'all',
      terms: expect.arrayContaining([
        [{ policy: 0, values: [2] }],
        [
          { policy: 1, values: [0] },
          { policy: 2, values: [1] },
        ],
      ]),
    })
  })

  it('takes what cannot be together as it is shortest', () => {
    // The second policy is a consequence of the first, in all designs that there are.
    const points = spaceOf(
      [2, 2],
      ([a, b]) => a === 1 && b === 1,
      ([a, b]) => a === 0 || b === 1,
    )
    expect(conditionOf(points, [2, 2])).toEqual({ form: 'any', terms: [[{ policy: 0, values: [1] }]] })
  })
})

describe('prime implicants', () => {
  it('are those of the definition', () => {
    fc.assert(
      fc.property(randomSpace, ({ sizes, points }) => {
        expect(primesOf(points, sizes).map(String).sort()).toEqual(primesByDefinition(points, sizes))
      }),
      { numRuns: 200 },
    )
  })
})

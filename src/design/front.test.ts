/** The front: nothing on it is worse than another design, and nothing that is not worse is left out. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frontOf } from './front.ts'

const design = (name: string, met: readonly string[], ...prices: readonly number[]) => ({
  name,
  met: new Set(met),
  prices,
})
const names = (groups: readonly (readonly { readonly name: string }[])[]) =>
  groups.map((group) => group.map(({ name }) => name).join('='))

describe('the front', () => {
  it('has the cheapest of those that meet all that is required', () => {
    const designs = [
      design('dear', ['X', 'Y'], 2, 2),
      design('cheap', ['X', 'Y'], 1, 2),
      design('other', ['X', 'Y'], 2, 1),
      design('again', ['X', 'Y', 'Z'], 1, 2),
      design('free', ['X'], 0, 0),
    ]
    expect(names(frontOf(designs, ['X', 'Y']))).toEqual(['cheap=again', 'other'])
  })

  it('has what meets most where nothing meets all', () => {
    const designs = [
      design('first', ['X'], 1),
      design('second', ['Y'], 1),
      design('both-but-one', ['X', 'Y'], 5),
      design('third', ['Z'], 9),
      design('none', [], 0),
    ]
    expect(names(frontOf(designs, ['X', 'Y', 'Z']))).toEqual(['both-but-one', 'third'])
  })

  it('is empty for no designs', () => {
    expect(frontOf([], ['X'])).toEqual([])
  })

  it('leaves out exactly what is worse', () => {
    const designs = fc.array(
      fc.record({
        met: fc.subarray(['X', 'Y', 'Z']).map((labels) => new Set(labels)),
        prices: fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })),
      }),
      { maxLength: 20 },
    )
    const required = ['X', 'Y']
    const metOf = ({ met }: { readonly met: ReadonlySet<string> }) =>
      required.filter((label) => met.has(label))
    fc.assert(
      fc.property(designs, (all) => {
        const front = frontOf(all, required).flat()
        const isWorse = (one: (typeof all)[number]): boolean =>
          all.some((other) => {
            const [mine, theirs] = [metOf(one), metOf(other)]
            if (!mine.every((label) => theirs.includes(label))) return false
            if (theirs.length > mine.length) return true
            const no = one.prices.some((price, i) => other.prices[i]! > price)
            return !no && one.prices.some((price, i) => other.prices[i]! < price)
          })
        for (const one of all) expect(front.includes(one)).toBe(!isWorse(one))
      }),
    )
  })
})

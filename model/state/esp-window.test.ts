/** The receive window against a receiver that remembers everything, and the inferred number against its definition. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { advance, allSeen, checkNumber, inferNumber, mergeWindow } from './esp-window.ts'

/** RFC 4303 section 3.4.3 with an unlimited memory: what `checkNumber` and `advance` must amount to. */
class Remembering {
  readonly accepted = new Set<number>()
  top = 0
  readonly width: number
  constructor(width: number) {
    this.width = width
  }
  takes(number: number): boolean {
    if (this.width === 0) return true
    if (number < 1 || number <= this.top - this.width || this.accepted.has(number)) return false
    this.accepted.add(number)
    this.top = Math.max(this.top, number)
    return true
  }
}

const numbers = fc.array(fc.nat(40), { maxLength: 60 })
const widths = fc.integer({ min: 0, max: 8 })

describe('the receive window', () => {
  it('takes what a receiver takes that remembers every number', () => {
    fc.assert(
      fc.property(widths, numbers, (width, sent) => {
        const reference = new Remembering(width)
        const window = { top: 0, seen: 0 }
        for (const number of sent) {
          const fits = checkNumber(window, number, width) === 'fits'
          if (fits) advance(window, number, width)
          expect(fits).toBe(reference.takes(number))
          if (width > 0) expect(window.top).toBe(reference.top)
          expect(window.seen).toBeLessThanOrEqual(allSeen(width))
        }
      }),
    )
  })

  it('tells a replay from what is too old', () => {
    const window = { top: 0, seen: 0 }
    for (const number of [5, 6]) advance(window, number, 3)
    expect([3, 4, 5, 6, 7].map((number) => checkNumber(window, number, 3))).toEqual([
      'stale',
      'fits',
      'replayed',
      'replayed',
      'fits',
    ])
  })

  it('merged with another takes only what both would take', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), numbers, numbers, (width, one, other) => {
        const windowOf = (taken: readonly number[]) => {
          const window = { top: 0, seen: 0 }
          for (const n of taken) if (checkNumber(window, n, width) === 'fits') advance(window, n, width)
          return window
        }
        const merged = windowOf(one)
        mergeWindow(merged, windowOf(other), width)
        for (let n = 1; n <= 45; n++)
          expect(checkNumber(merged, n, width) === 'fits').toBe(
            checkNumber(windowOf(one), n, width) === 'fits' &&
              checkNumber(windowOf(other), n, width) === 'fits',
          )
      }),
    )
  })
})

describe('the inferred number', () => {
  const cases = [2, 3, 4, 5].flatMap((bits) =>
    Array.from({ length: 2 ** (bits - 1) }, (_, i) => ({ bits, width: i + 1 })),
  )

  it.each(cases)('of $bits bits, window $width, is the one from T-W+1 to T-W+2^k', ({ bits, width }) => {
    for (let top = 0; top < 3 * 2 ** bits; top++)
      for (let low = 0; low < 2 ** bits; low++) {
        const lowest = top - width + 1
        const nearest = Array.from({ length: 2 ** bits }, (_, i) => lowest + i).find(
          (n) => (((n - low) % 2 ** bits) + 2 ** bits) % 2 ** bits === 0,
        )
        expect(inferNumber(top, low, width, bits)).toBe(nearest)
      }
  })

  it('is the number that was sent within the bound, and no other', () => {
    const wrong = cases.flatMap(({ bits, width }) =>
      Array.from({ length: 3 * 2 ** bits }, (_, top) => top).flatMap((top) =>
        Array.from({ length: 6 * 2 ** bits }, (_, sent) => sent)
          .filter(
            (sent) =>
              (inferNumber(top, sent % 2 ** bits, width, bits) === sent) !==
              (top - width + 1 <= sent && sent <= top - width + 2 ** bits),
          )
          .map((sent) => ({ bits, width, top, sent })),
      ),
    )
    expect(wrong).toEqual([])
  })
})

/** Tests of the nearest name to one that is unknown. */
import { describe, expect, it } from 'vitest'
import { distanceBetween, nearest, unknownName } from './suggestions.ts'

describe('nearest', () => {
  it('counts letters inserted, removed or replaced', () => {
    expect(distanceBetween('kitten', 'sitting')).toBe(3)
    expect(distanceBetween('', 'abc')).toBe(3)
    expect(distanceBetween('same', 'same')).toBe(0)
  })

  it('names what is close or contains what was asked for, nearest first', () => {
    const known = ['no-synch', 'synch-sas', 'single-gateway']
    expect(nearest('no-sync', known)).toEqual(['no-synch'])
    expect(nearest('GATEWAY', known)).toEqual(['single-gateway'])
    expect(nearest('zzz', known)).toEqual([])
  })

  it('makes one sentence of it', () => {
    expect(unknownName('scheme', 'b', ['aa', 'ab']).message).toBe(
      "No scheme is called 'b'. Did you mean 'ab' or 'aa'?",
    )
    expect(unknownName('scheme', 'b', []).message).toBe("No scheme is called 'b'. Known: none.")
  })

  it('names five at most', () => {
    const known = ['aa', 'ab', 'ac', 'ad', 'ae', 'af', 'ag']
    expect(unknownName('scheme', 'a', known).message).toBe(
      "No scheme is called 'a'. Did you mean 'aa', 'ab', 'ac', 'ad' or 'ae'?",
    )
    expect(unknownName('scheme', 'xyz', known).message).toBe(
      "No scheme is called 'xyz'. Known: aa, ab, ac, ad, ae and 2 more.",
    )
  })
})

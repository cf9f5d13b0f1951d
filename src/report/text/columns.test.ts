/** Tests of numbers as text. */
import { describe, expect, it } from 'vitest'
import { compact, durationText, grouped, numberText, withUnit } from './columns.ts'

describe('a number', () => {
  it.each([
    [0, '0'],
    [551, '551'],
    [999, '999'],
    [1_000, '1.0k'],
    [5_163, '5.2k'],
    [9_949, '9.9k'],
    [9_960, '10k'],
    [757_058, '757k'],
    [999_499, '999k'],
    [999_501, '1.0M'],
    [1_182_024, '1.2M'],
    [18_500_000, '19M'],
    [2_000_000_000, '2.0G'],
  ])('%i is %s in few letters', (count, text) => {
    expect(compact(count)).toBe(text)
  })

  it.each([
    [3, '3'],
    [1_000, '1,000'],
    [2 / 3, '0.67'],
    [-1 / 3, '-0.33'],
    [2.5, '2.5'],
    [1_234.567, '1234.57'],
    [0.000_123_4, '0.00012'],
  ])('%f is %s where it may be a fraction', (value, text) => {
    expect(numberText(value)).toBe(text)
  })

  it.each([
    [0, 'messages', '0 messages'],
    [1, 'messages', '1 message'],
    [1, 'round trips', '1 round trip'],
    [1.5, 'SAs', '1.5 SAs'],
    [1, 'SAs', '1 SA'],
    [1, 'retries', '1 retry'],
    [1, 'losses', '1 loss'],
    [1, 'responses', '1 response'],
    [1, 'ms', '1 ms'],
  ])('%f %s is %s', (value, unit, text) => {
    expect(withUnit(value, unit)).toBe(text)
  })

  it.each([
    [0.2, '1 s'],
    [40, '40 s'],
    [119, '119 s'],
    [600, '10 min'],
    [7_300, '3 h'],
    [200_000, '3 d'],
  ])('%f seconds are %s', (seconds, text) => {
    expect(durationText(seconds)).toBe(text)
  })

  it('has a comma between thousands', () => {
    expect([7, 1_501, 5_695_948].map(grouped)).toEqual(['7', '1,501', '5,695,948'])
  })
})

/** Tests of option values: numbers, seconds and sizes, and the sentence for what is none. */
import { describe, expect, it } from 'vitest'
import { countOf, secondsOf, sizeOf } from './arguments.ts'

describe('values of options', () => {
  it.each([
    [countOf, '1', 1],
    [countOf, '1_000_000', 1_000_000],
    [countOf, '1,000', 1000],
    [secondsOf, '0.5', 0.5],
    [sizeOf, '4096', 4096],
    [sizeOf, '512MB', 512 * 2 ** 20],
    [sizeOf, '1.5 GiB', 1.5 * 2 ** 30],
    [sizeOf, '2g', 2 ** 31],
  ])('%o reads %s as %d', (read, text, value) => {
    expect(read('--option', text)).toBe(value)
  })

  it.each([
    [countOf, ['abc', '', ' ', '0', '-1', '1.5', 'NaN', 'Infinity', '1e400']],
    [secondsOf, ['abc', '', '0', '-1', 'NaN', 'Infinity']],
    [sizeOf, ['abc', '', '0', '-1', 'MB', '5 apples', '1e3']],
  ])('%o refuses everything else', (read, texts) => {
    for (const text of texts)
      expect(() => read('--option', text)).toThrow(
        new RegExp(`^--option takes a .*; it was given '${text}'\\.$`),
      )
  })
})

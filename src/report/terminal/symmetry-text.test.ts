/** Tests of the lines on symmetry. */
import { expect, test } from 'vitest'
import { symmetryLines } from './symmetry-text.ts'

const names = (stem: string, n: number) => Array.from({ length: n }, (_, i) => `${stem}${i + 1}`)

test('a long family is told by its ends, with the number of permutations', () => {
  expect(symmetryLines({ families: [{ identities: names('r', 14) }], order: 87_178_291_200 })).toEqual([
    'symmetry: r1..r14 (14! permutations)',
  ])
})

test('families that are not permuted come with their reasons', () => {
  const families = [
    { identities: ['x', 'y'] },
    { identities: names('t', 2) },
    { identities: ['A', 'B', 'C'], reason: 'TakeOver tells A from B.' },
  ]
  expect(symmetryLines({ families, order: 4 })).toEqual([
    'symmetry: x, y, t1, t2 (2! * 2! permutations)',
    'not permuted: A, B, C. TakeOver tells A from B.',
  ])
})

test('nothing may be left to permute', () => {
  expect(symmetryLines({ families: [], order: 1 })).toEqual(['symmetry: none'])
})

/** Tests of exit codes: the most serious finding decides. */
import { describe, expect, it } from 'vitest'
import { checkExit, matrixExit } from './exit-codes.ts'

const good = { verdict: 'holds', asDeclared: true }
const declared = { verdict: 'violated', asDeclared: true }
const violated = { verdict: 'violated', asDeclared: false }
const vacuous = { verdict: 'vacuous', asDeclared: false }
const unknown = { verdict: 'unknown', asDeclared: false }

describe('exit codes', () => {
  it.each([
    ['nothing was judged', [], 0, 0],
    ['all is well', [good], 0, 0],
    ['a violation is declared', [good, declared], 0, 1],
    ['a violation is not declared', [good, violated], 1, 1],
    ['a property is vacuous', [good, vacuous], 1, 1],
    ['a search was cut', [good, unknown], 4, 4],
    ['a search was cut after it found a violation', [violated, unknown], 1, 1],
    ['a search was cut and a violation is declared', [declared, unknown], 4, 1],
  ])('%s: matrix %#', (_, verdicts, matrix, check) => {
    expect(matrixExit(verdicts, false)).toBe(matrix)
    expect(checkExit(verdicts, false)).toBe(check)
    expect([matrixExit(verdicts, true), checkExit(verdicts, true)]).toEqual([4, 4])
  })
})

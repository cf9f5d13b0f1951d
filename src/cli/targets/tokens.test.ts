/** Tests of replay tokens: what is written is read again, and damage is named. */
import { describe, expect, it } from 'vitest'
import { twoPhaseCommit } from '../../examples/two-phase-commit.ts'
import { UsageError } from '../process/errors.ts'
import { structureHash, tokenData, tokenOf } from './tokens.ts'

const data = { target: 'hot-standby', focus: 'all', label: 'MID-1', hash: '0f6a2c31', path: [0, 3, 12, 5] }

describe('a token', () => {
  it('is readable', () => {
    expect(tokenOf(data)).toBe('cc1:hot-standby:all:MID-1:0f6a2c31:0.3.12.5')
    expect(tokenOf({ ...data, scope: 'small', label: 'PRC-1', value: 2.5 })).toBe(
      'cc1:hot-standby@small:all:PRC-1=2.5:0f6a2c31:0.3.12.5',
    )
  })

  it.each([
    data,
    { ...data, target: '../other folder/$(rm) & "it\'s".ts', label: 'a:b|c;d*~!' },
    { ...data, target: 'C:/x%20y.ts', path: [0] },
    { ...data, label: 'a=b', value: -2 / 3 },
    { ...data, value: 1e21 },
    { ...data, scope: 'small' as const },
    { ...data, target: 'my@small.ts' },
  ])('comes back as it was, in a word that a shell leaves alone: $target', (d) => {
    const token = tokenOf(d)
    expect(token).toMatch(/^[\w:./%=+@-]+$/)
    expect(tokenData(token)).toEqual(d)
  })

  it.each([
    ['', "starts with '' and not with 'cc1:'"],
    ['cc2:a:b:c:00000000:0', "starts with 'cc2'"],
    ['cc1:a:b:c:00000000', 'has 5 parts and not 6'],
    ['cc1:a:b:c:00000000:', "has the steps ''"],
    ['cc1:a:b:c:00000000:0..1', "has the steps '0..1'"],
    ['cc1:a:b:c:00000000:0.1.', "has the steps '0.1.'"],
    ['cc1:a:b:c:xyz:0', "has the hash 'xyz'"],
    ['cc1::b:c:00000000:0', 'names no target'],
    ['cc1:a@huge:b:c:00000000:0', "has the scope 'huge', which is none of small, default, large"],
    ['cc1:@small:b:c:00000000:0', 'names no target'],
    ['cc1:a:b:=3:00000000:0', 'names no property'],
    ['cc1:a:b:c=:00000000:0', "has the value ''"],
    ['cc1:a:b:c=1=2:00000000:0', "has the value '1=2', which is no number"],
    ['cc1:%:b:c:00000000:0', 'holds a % that'],
  ])('that is damaged says where: %s', (token, what) => {
    expect(() => tokenData(token)).toThrow(UsageError)
    expect(() => tokenData(token)).toThrow(what)
  })
})

describe('structureHash', () => {
  it('is the same for a model that is built again, and another for another scope', () => {
    expect(structureHash(twoPhaseCommit(3))).toBe(structureHash(twoPhaseCommit(3)))
    expect(structureHash(twoPhaseCommit(3))).not.toBe(structureHash(twoPhaseCommit(4)))
  })
})

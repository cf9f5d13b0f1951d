/** Models written with and without what goes through collections: the same states and steps, and those that are known. */
import { expect, test } from 'vitest'
import { check } from '../search/breadth-first.ts'
import { checkNaively } from '../search/naive.ts'
import { BOTH_WAYS } from './both-ways.ts'

test.each(BOTH_WAYS)('$before.name: $source', async ({ before, after, states }) => {
  const [one, two] = [await check(before), await check(after)]
  expect(one).toMatchObject({ distinct: states, complete: true })
  expect(two).toMatchObject({ distinct: states, complete: true })
  expect([two.generated, two.depth]).toEqual([one.generated, one.depth])
  expect(checkNaively(after).distinct).toBe(states)
})

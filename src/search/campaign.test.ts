/**
 * Random models that keep hidden state, and random models with one configuration in which identities differ: none is said to
 * hold wrongly. CLUSTERCHECK_RUNS and CLUSTERCHECK_SEED make it larger, and look at others.
 */
import { expect, test } from 'vitest'
import { asymmetryCampaign, hiddenStateCampaign } from '../testing/campaign.ts'
import { HIDDEN } from '../testing/hidden-state.ts'

const RUNS = Number(process.env.CLUSTERCHECK_RUNS ?? HIDDEN.length * 3)
const SEED = Number(process.env.CLUSTERCHECK_SEED ?? 1)

test('no model with hidden state is said to hold wrongly', { timeout: 3_600_000 }, async () => {
  const tallies = await hiddenStateCampaign(RUNS, SEED)
  for (const { wrong } of tallies.values()) expect(wrong).toEqual([])
  const refused = [...tallies.values()].reduce((sum, tally) => sum + tally.refused, 0)
  // Most show themselves; a variable may also make no difference.
  expect(refused).toBeGreaterThan(RUNS / 2)
})

test('no asymmetric model is said to hold wrongly', { timeout: 3_600_000 }, async () => {
  const { wrong, refused, agreed, found } = await asymmetryCampaign(RUNS, SEED)
  expect(wrong).toEqual([])
  expect(agreed + refused + found).toBe(RUNS)
  expect(refused + found).toBeGreaterThan(RUNS / 4)
})

/** A search that is saved and taken up again ends as one that was not, with any number of threads. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { factsOf } from '../../testing/disagreements.ts'
import { modelOf, recipe } from '../../testing/models.ts'
import { choicesFrom, engineInTurns } from '../../testing/turns.ts'
import { NO_LIMITS, search } from '../breadth-first.ts'
import { packedEngine } from '../packed/packed-engine.ts'
import type { Saved } from './saved.ts'

/** As a file would keep it. */
const kept = ({ facts, arrays }: Saved): Saved => ({
  facts: JSON.parse(JSON.stringify(facts)),
  arrays: arrays.map((array) => array.slice()),
})

test('is the same search at every level, exact or not', { timeout: 600_000 }, async () => {
  let taken = 0
  for (const r of fc.sample(recipe, { seed: 31, numRuns: 120 })) {
    const exact = taken % 2 === 0
    const engines = [
      () => packedEngine(modelOf(r), { exact }),
      () => engineInTurns(modelOf(r), { exact }, 2, choicesFrom(taken)),
    ]
    const options = { limits: { ...NO_LIMITS, states: 2_000 }, deadlock: true }
    const saved: Saved[] = []
    const checkpoints = { isDue: () => true, write: (now: Saved) => void saved.push(kept(now)) }
    const whole = await search(engines[0]!(), { ...options, checkpoints })
    if (!whole.complete) continue
    for (const [i, from] of saved.slice(0, 6).entries()) {
      const rest = await search(engines[i % 2]!(), { ...options, from })
      expect(factsOf(rest)).toEqual(factsOf(whole))
      taken += 1
    }
  }
  expect(taken).toBeGreaterThan(150)
})

test('a search that was cut is saved, and goes on where it was', async () => {
  const [r] = fc.sample(
    recipe.filter((r) => modelOf(r).actions.length > 2),
    { seed: 5, numRuns: 1 },
  )
  const make = () => packedEngine(modelOf(r!), { exact: true })
  const saved: Saved[] = []
  const checkpoints = { isDue: () => false, write: (now: Saved) => void saved.push(kept(now)) }
  const cut = await search(make(), {
    limits: { ...NO_LIMITS, states: 2 },
    deadlock: true,
    checkpoints,
  })
  expect(cut.cut).toBe('states')
  expect(saved).toHaveLength(1)
  const options = { limits: { ...NO_LIMITS, states: 5_000 }, deadlock: true }
  const rest = await search(make(), { ...options, from: saved[0]! })
  expect(factsOf(rest)).toEqual(factsOf(await search(make(), options)))
})

/** States beyond a constraint: counted, judged and not expanded, by every interpreter alike. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { actionsOn } from '../modelling/action.ts'
import { model } from '../modelling/model.ts'
import { always, alwaysPossible, eventually, sometimes } from '../modelling/property.ts'
import { range, record } from '../modelling/schema.ts'
import { modelWithConstraint, recipeWithConstraint } from '../testing/models.ts'
import { hunt } from './bitstate-search.ts'
import { check, NO_LIMITS, search } from './breadth-first.ts'
import { checkNaively } from './naive.ts'
import { packedEngine } from './packed/packed-engine.ts'
import { plainEngine } from './plain-engine.ts'

const SEED = Number(process.env.CLUSTERCHECK_SEED ?? 2551)
const RUNS = Number(process.env.CLUSTERCHECK_RUNS ?? 60)

const state = record({ n: range(0, 100) })
const action = actionsOn<typeof state>()
const counter = model('Counter', {
  state,
  actions: [
    action('Up', {
      guard: (s) => s.n < 100,
      effect: (d) => {
        d.n += 1
      },
    }),
    action('Double', {
      guard: (s) => s.n > 0 && s.n <= 50,
      effect: (d) => {
        d.n *= 2
      },
    }),
  ],
  constraint: (s) => s.n <= 5,
  properties: [
    always<typeof state>('Small', { holds: (s) => s.n <= 9 }),
    always<typeof state>('Within', { holds: (s) => s.n <= 5 }),
    sometimes<typeof state>('Ten', { holds: (s) => s.n === 10 }),
    sometimes<typeof state>('Eleven', { holds: (s) => s.n === 11 }),
    alwaysPossible<typeof state>('Ends', { holds: (s) => s.n === 100 }),
    eventually<typeof state>('Goes', { holds: (s) => s.n === 3, fair: 'weak' }),
  ],
})

test('states beyond it are judged, counted apart and not expanded, as TLC does', async () => {
  const outcome = await check(counter, { deadlock: true })
  // 0 to 5 lie within it; 6, 8 and 10 are met from 3, 4 and 5. TLC counts the same.
  expect(outcome).toMatchObject({ distinct: 6, generated: 12, depth: 5, beyond: 3, stuck: 0, complete: true })
  expect(Object.fromEntries(outcome.judgements.map(({ property, verdict }) => [property, verdict]))).toEqual({
    Small: 'violated',
    Within: 'violated',
    Ten: 'reached',
    Eleven: 'unreached',
    // What may come beyond is taken for good.
    Ends: 'holds',
    Goes: 'holds',
    Deadlock: 'holds',
  })
  const { verdicts, ...counts } = checkNaively(counter)
  expect(counts).toEqual({ distinct: 6, generated: 12, depth: 5, beyond: 3, stuck: 0 })
  const bitstate = await hunt(
    counter,
    { bytes: 1 << 14, hashes: 3, depth: 50, seed: 1 },
    {
      limits: NO_LIMITS,
      deadlock: true,
    },
  )
  expect(bitstate).toMatchObject({ distinct: 6, beyond: 3 })
})

test('random models are counted and judged alike by the packed search, the plain one and the definition', async () => {
  let some = 0
  await fc.assert(
    fc.asyncProperty(recipeWithConstraint, async (recipe) => {
      const made = modelWithConstraint(recipe)
      const limits = { ...NO_LIMITS, states: 200 }
      const packed = await check(made, { limits, fewestChanges: false, deadlock: true })
      fc.pre(packed.complete)
      const plain = await search(plainEngine(made), { limits, deadlock: true })
      const { verdicts, ...naive } = checkNaively(made, { twice: false })
      const { distinct, generated, depth, stuck, beyond } = packed
      expect(naive).toEqual({ distinct, generated, depth, stuck, beyond })
      expect(plain).toMatchObject({ distinct, generated, depth, stuck, beyond })
      const told = ({ judgements }: typeof packed) =>
        judgements.map(({ property, verdict, path }) => [property, verdict, path])
      expect(told(plain)).toEqual(told(packed))
      for (const { property, verdict } of packed.judgements)
        if (property !== 'Deadlock')
          expect([property, verdicts[property]!.verdict]).toEqual([property, verdict])
      const exact = await search(packedEngine(made, { exact: true }), { limits, deadlock: true })
      expect(exact).toMatchObject({ distinct, generated, depth, stuck, beyond })
      if (beyond! > 0 && distinct > 1) some += 1
    }),
    { seed: SEED, numRuns: RUNS },
  )
  expect(some).toBeGreaterThan(RUNS / 30)
})

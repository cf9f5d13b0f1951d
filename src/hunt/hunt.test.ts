/** Hunts against complete searches on random models, and what must not depend on the number of workers. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { actionsOn, always, alwaysPossible, model, range, record, sometimes } from '../index.ts'
import { check } from '../search/breadth-first.ts'
import { replay, shows } from '../search/engine/path.ts'
import { modelOf, recipe } from '../testing/models.ts'
import { HUNT, hunt } from './hunt.ts'
import { Hunter } from './hunter.ts'
import { concluded, gathered } from './outcome.ts'

const SEED = Number(process.env.CLUSTERCHECK_SEED ?? 6027)
const RUNS = Number(process.env.CLUSTERCHECK_RUNS ?? 50)
const LIMITS = { seed: SEED, length: 32, runs: 400, seconds: 60 }

test('what a hunt shows is true, and in small models that is nearly all there is', {
  timeout: 900_000,
}, async () => {
  let violated = 0
  let doomed = 0
  let found = 0
  let short = 0
  await fc.assert(
    fc.asyncProperty(recipe, async (r) => {
      const made = modelOf(r)
      const { judgements, complete } = await check(made, {
        exact: true,
        limits: { states: 3_000, seconds: 60, bytes: Number.POSITIVE_INFINITY },
      })
      fc.pre(complete)
      const outcome = hunt(made, LIMITS)
      for (const { property, verdict, small, value, undecided } of outcome.found) {
        const judgement = judgements.find((j) => j.property === property.name)!
        expect(undecided).toBeUndefined()
        if (property.kind === 'measure')
          expect(value ?? -Infinity).toBeLessThanOrEqual(judgement.value ?? -Infinity)
        else if (verdict !== 'unknown') {
          expect(verdict).toBe(judgement.verdict)
          expect(shows(replay(made, small!.path), property.name)).toBe(true)
          expect(small!.path.length).toBeGreaterThanOrEqual(judgement.path!.length)
          found += 1
          if (small!.path.length === judgement.path!.length) short += 1
        }
        if (judgement.verdict !== 'violated' && judgement.verdict !== 'reached') continue
        violated += 1
        if (property.kind === 'alwaysPossible') doomed += 1
      }
    }),
    { seed: SEED, numRuns: RUNS, maxSkipsPerRun: 10, unbiased: true },
  )
  expect(violated).toBeGreaterThan(RUNS / 2)
  expect(doomed).toBeGreaterThan(RUNS / 20)
  expect(found / violated).toBeGreaterThan(0.95)
  expect(short / found).toBeGreaterThan(0.95)
})

const state = record({ here: range(0, 30), burnt: range(0, 1) })
const action = actionsOn<typeof state>()
/** A walk on which a bridge can be burnt behind one: then the start is out of reach. */
const bridge = model('Bridge', {
  state,
  actions: [
    action('Go', {
      choose: { by: [1, 2, 3] },
      guard: (s, { by }) => s.here + by <= 30,
      effect: (d, { by }) => {
        d.here += by
      },
    }),
    action('Back', {
      guard: (s) => s.here > 0 && (s.burnt === 0 || s.here > 10),
      effect: (d) => {
        d.here -= 1
      },
    }),
    action('Burn', {
      fault: true,
      guard: (s) => s.here > 10,
      effect: (d) => {
        d.burnt = 1
      },
    }),
  ],
  properties: [
    alwaysPossible<typeof state>('Home', { holds: (s) => s.here === 0 }),
    always<typeof state>('Near', { holds: (s) => s.here < 20 }),
    always<typeof state>('Inside', { holds: (s) => s.here <= 30, situation: (s) => s.burnt === 1 }),
    sometimes<typeof state>('End', { holds: (s) => s.here === 30 }),
  ],
})

describe('a hunt', () => {
  test('shows a violation, a doom and a witness by their shortest traces', () => {
    const { found, coverage } = hunt(bridge, { runs: 3_000 })
    expect(found.map(({ verdict, small }) => [verdict, small && small.path.length - 1])).toEqual([
      ['violated', 5],
      ['violated', 7],
      ['unknown', undefined],
      ['reached', 10],
    ])
    expect(found[2]!.arose).toBeGreaterThan(0)
    expect(coverage.actions.map(({ taken }) => taken > 0)).toEqual([true, true, true])
  })

  test('finds the same with any number of workers', () => {
    const options = { ...HUNT, seed: 7, runs: 600, seconds: 60 }
    const outcomeWith = (workers: number) => {
      const hunters = Array.from({ length: workers }, () => new Hunter(bridge, options))
      const parts = hunters.map((hunter, k) => hunter.hunt(k, workers, () => false))
      const small = gathered(bridge, parts).map((of, i) =>
        of.length > 0 ? hunters[i % workers]!.trace(of) : undefined,
      )
      return concluded(bridge, parts, small)
    }
    const alone = outcomeWith(1)
    for (const workers of [2, 3]) {
      const together = outcomeWith(workers)
      expect(together.found.map(({ small }) => small)).toEqual(alone.found.map(({ small }) => small))
      expect(together.runs).toBe(alone.runs)
      expect(together.steps).toBe(alone.steps)
      const { sample, ...counts } = alone.coverage
      expect(together.coverage).toMatchObject(counts)
      expect(new Map(together.coverage.sample.met)).toEqual(new Map(sample.met))
    }
  })

  test('finds the same twice, and something else with another seed', () => {
    const of = (seed: number) => hunt(bridge, { seed, runs: 100 }).found.map(({ small }) => small?.run)
    expect(of(1)).toEqual(of(1))
    expect(of(2)).not.toEqual(of(1))
  })

  test('says unknown when it is interrupted before the first run', () => {
    const { found, runs } = hunt(bridge, { interrupted: () => true })
    expect(runs).toBe(0)
    expect(found.map(({ verdict }) => verdict)).toEqual(['unknown', 'unknown', 'unknown', 'unknown'])
  })

  test('takes an action of weight 0 never, and refuses what is no weight', () => {
    const { coverage } = hunt(bridge, { runs: 100, weights: { Burn: 0 } })
    expect(coverage.actions[2]).toMatchObject({ action: 'Burn', taken: 0 })
    expect(coverage.actions[2]!.enabled).toBeGreaterThan(0)
    expect(() => hunt(bridge, { weights: { Bun: 1 } })).toThrow(
      "A weight is given for 'Bun', which is no action. Known: Go, Back, Burn.",
    )
    expect(() => hunt(bridge, { weights: { Burn: -1 } })).toThrow('expected a whole number from 0 to 1000')
    expect(() => hunt(bridge, { weights: { Go: 0, Back: 0, Burn: 0 } })).toThrow('no run has a step')
  })
})

/** Limits, interruption, progress and what a search may say after each. */
import { describe, expect, test } from 'vitest'
import { actionsOn } from '../modelling/action.ts'
import { model } from '../modelling/model.ts'
import { always, alwaysPossible, monitorOn, sometimes } from '../modelling/property.ts'
import { bool, range, record } from '../modelling/schema.ts'
import { check, NO_LIMITS, type Progress, search } from './breadth-first.ts'
import type { Engine } from './engine/engine.ts'
import { missProbabilityOf } from './engine/outcome.ts'
import { MOST_STATES } from './packed/storage/chunks.ts'
import { plainEngine } from './plain-engine.ts'

/** A square of `side` by `side` states; properties of every kind that need all of it, and some that do not. */
const square = (side: number, at = 0) => {
  const schema = record({ x: range(0, side - 1), y: range(0, side - 1) })
  const action = actionsOn<typeof schema>()
  return model('Square', {
    state: schema,
    actions: [
      action('Right', {
        guard: (s) => s.x < side - 1,
        effect: (d) => {
          d.x += 1
        },
      }),
      action('Up', {
        guard: (s) => s.y < side - 1,
        effect: (d) => {
          d.y += 1
        },
      }),
    ],
    properties: [
      always<typeof schema>('Inside', { holds: (s) => s.x < side && s.y < side }),
      always<typeof schema>('NeverFar', { holds: () => true, situation: (s) => s.x > 1_000_000 }),
      always<typeof schema>('NeverThere', { holds: (s) => s.x + s.y !== at }),
      sometimes<typeof schema>('There', { holds: (s) => s.x + s.y === at }),
      sometimes<typeof schema>('Outside', { holds: (s) => s.x > side }),
      alwaysPossible<typeof schema>('ReachesCorner', { holds: (s) => s.x === side - 1 && s.y === side - 1 }),
      monitorOn<Record<never, never>>()('Silent', { memory: record({ heard: bool }), on: {} }),
    ],
    final: (s) => s.x === side - 1 && s.y === side - 1,
  })
}

const COMPLETE = {
  Inside: 'holds',
  NeverFar: 'vacuous',
  NeverThere: 'violated',
  There: 'reached',
  Outside: 'unreached',
  ReachesCorner: 'holds',
  Silent: 'vacuous',
  Deadlock: 'holds',
}
/** A search that was cut never says that something holds, is unreached or vacuous. */
const CUT = {
  Inside: 'unknown',
  NeverFar: 'unknown',
  NeverThere: 'violated',
  There: 'reached',
  Outside: 'unknown',
  ReachesCorner: 'unknown',
  Silent: 'unknown',
  Deadlock: 'unknown',
}

const verdictsOf = ({ judgements }: { judgements: readonly { property: string; verdict: string }[] }) =>
  Object.fromEntries(judgements.map(({ property, verdict }) => [property, verdict]))

describe('a complete search', () => {
  test('says what holds, what is unreached and what is vacuous', async () => {
    const outcome = await check(square(50), { deadlock: true })
    expect(outcome).toMatchObject({
      distinct: 2_500,
      generated: 2 * 50 * 49 + 1,
      depth: 99,
      stuck: 1,
      complete: true,
      frontier: 0,
    })
    expect(outcome.cut).toBeUndefined()
    expect(verdictsOf(outcome)).toEqual(COMPLETE)
  })

  test('gives the shortest path, the one that is first in declaration order', async () => {
    const { judgements } = await check(square(50, 3))
    expect(judgements.find(({ property }) => property === 'NeverThere')?.path).toEqual([0, 0, 0, 0])
  })

  test('is complete when the limit is not less than what there is', async () => {
    const outcome = await check(square(10), { limits: { ...NO_LIMITS, states: 101 }, deadlock: true })
    expect(outcome.complete).toBe(true)
    expect(verdictsOf(outcome)).toEqual(COMPLETE)
  })
})

describe('a search that was cut', () => {
  test.for<readonly [cut: string, options: Parameters<typeof check>[1]]>([
    ['states', { limits: { ...NO_LIMITS, states: 600 } }],
    ['seconds', { limits: { ...NO_LIMITS, seconds: 0 } }],
    ['bytes', { limits: { ...NO_LIMITS, bytes: 1 } }],
    ['interrupt', { interrupted: () => true }],
  ])('by %s says unknown of all it did not decide', async ([cut, options]) => {
    const outcome = await check(square(50), { ...options, deadlock: true })
    expect(outcome).toMatchObject({ complete: false, cut })
    expect(outcome.frontier).toBeGreaterThan(0)
    expect(outcome.distinct).toBeLessThan(2_500)
    expect(verdictsOf(outcome)).toEqual(CUT)
  })

  test('where states have no numbers any more says so', async () => {
    // Without what is judged over all states, of which there are none here.
    const engine = plainEngine({ ...square(50), properties: [] })
    const late = Object.create(engine, { distinct: { get: () => MOST_STATES - 600 + engine.distinct } })
    const outcome = await search(late as Engine, { limits: NO_LIMITS, deadlock: true })
    expect(outcome).toMatchObject({ complete: false, cut: 'states' })
  })

  test('on plain states says the same', async () => {
    const limits = { ...NO_LIMITS, states: 600 }
    const outcome = await search(plainEngine(square(50)), { limits, deadlock: true })
    expect(outcome).toMatchObject({ complete: false, cut: 'states' })
    expect(verdictsOf(outcome)).toEqual(CUT)
  })
})

test('a search tells how far it has come and can be interrupted by what it tells', async () => {
  const told: Progress[] = []
  const outcome = await check(square(2_000), {
    onProgress: (progress) => told.push(progress),
    interrupted: () => told.length > 1,
  })
  expect(outcome.cut).toBe('interrupt')
  expect(told[1]!.distinct).toBeGreaterThan(told[0]!.distinct)
  for (const { distinct, generated, frontier, depth, bytes, elapsedSeconds } of told) {
    expect(generated).toBeGreaterThanOrEqual(distinct)
    expect(frontier).toBeGreaterThan(0)
    expect(depth).toBeGreaterThan(1)
    expect(bytes).toBeGreaterThan(0)
    expect(elapsedSeconds).toBeGreaterThan(0)
  }
})

test('a model without initial states has nothing to say', async () => {
  const schema = record({ x: bool })
  const action = actionsOn<typeof schema>()
  const nowhere = model('Nowhere', {
    state: schema,
    initial: [action('Begin', { guard: (s) => s.x, effect: () => {} })],
    actions: [action('Step', { effect: () => {} })],
    properties: [always<typeof schema>('Always', { holds: () => false })],
  })
  for (const outcome of [
    await check(nowhere, { deadlock: true }),
    await search(plainEngine(nowhere), { limits: NO_LIMITS, deadlock: true }),
  ]) {
    expect(outcome).toMatchObject({ distinct: 0, generated: 0, depth: 0 })
    expect(verdictsOf(outcome)).toEqual({ Always: 'vacuous', Deadlock: 'vacuous' })
  }
})

describe('the probability that a state was missed', () => {
  test('is the number of pairs of states over the number of fingerprints, at most', () => {
    expect(missProbabilityOf(0)).toBe(0)
    expect(missProbabilityOf(2 ** 20)).toBe(2 ** -25)
    const exactly = (n: number) => (n * (n - 1)) / 2 / 2 ** 64
    for (const n of [2, 1_000, 1_182_024, 1e9]) {
      expect(missProbabilityOf(n)).toBeGreaterThanOrEqual(exactly(n))
      expect(missProbabilityOf(n)).toBeLessThan(exactly(n) * 2.1)
    }
  })

  test('is 0 for an exact search', async () => {
    expect((await check(square(10))).missProbability).toBe(0)
    expect((await check(square(10), { exact: true })).missProbability).toBe(0)
    expect((await check(square(10), { exact: false })).missProbability).toBe(missProbabilityOf(100))
  })
})

/** Sets of records: what they mean, by every interpreter alike, what is refused, and what a trace says of them. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { paxos } from '../examples/paxos.ts'
import { type Action, actionsOn } from '../modelling/action.ts'
import { model } from '../modelling/model.ts'
import { always, alwaysPossible, step } from '../modelling/property.ts'
import { bool, each, id, oneOf, range, record, setOf } from '../modelling/schema.ts'
import { compare, packedDisagreements } from '../testing/disagreements.ts'
import { modelWithDrawn, recipeWithRecords } from '../testing/models.ts'
import { type Row, testRows } from '../testing/noticing.ts'
import { check } from './breadth-first.ts'
import type { Outcome } from './engine/outcome.ts'
import { replay } from './engine/path.ts'
import { checkNaively } from './naive.ts'
import { packedEngine } from './packed/packed-engine.ts'

const SEED = Number(process.env.CLUSTERCHECK_SEED ?? 6027)
const RUNS = Number(process.env.CLUSTERCHECK_RUNS ?? 10)

describe('on random models', { timeout: 900_000 }, () => {
  const outcomes: Outcome[] = []

  test('all checkers agree', async () => {
    await fc.assert(
      fc.asyncProperty(recipeWithRecords, async (r) => {
        const comparison = await compare(modelWithDrawn(r)!, 150)
        fc.pre(comparison !== undefined && comparison.outcome.distinct > 3)
        expect(comparison.disagreements).toEqual([])
        outcomes.push(comparison.outcome)
      }),
      { seed: SEED, numRuns: RUNS, maxSkipsPerRun: 20, unbiased: true },
    )
    const taken = outcomes.filter(({ coverage }) =>
      coverage.some(({ action, taken }) => action.startsWith('D') && taken > 0),
    )
    expect(taken.length).toBeGreaterThan(RUNS / 3)
  })

  const ROWS: readonly Row[] = [
    ['records lose a field', /all = all \* (\d+) \+ x/, 'all = all * $1'],
    ['records are counted in another base', /all = all \* \d+ \+ x/, 'all = all + x'],
    [
      'elements are shown as the next',
      /(const elements_\d+ = elements\d+)\n/,
      '$1.map((_, i, a) => a[(i + 1) % a.length])\n',
    ],
  ]
  testRows('of a broken program', ROWS, {
    models: () => outcomes.length,
    compare: (i, rewrite) =>
      packedDisagreements(outcomes[i]!, (of, options) => packedEngine(of, { ...options, rewrite })),
  })
})

const RM = ['r1', 'r2'] as const
const state = record({
  network: setOf(record({ kind: oneOf('Ask', 'Tell'), to: record({ rm: id(RM, 'all') }), urgent: bool })),
  /** Over more than one slot. */
  seen: each(RM, setOf(record({ a: range(1, 6), b: range(0, 6) }))),
  n: range(0, 7),
})
const action = actionsOn<typeof state>()
const ask = action('Ask', {
  choose: { rm: RM },
  effect: (d, { rm }) => {
    d.network.add({ kind: 'Ask', to: { rm }, urgent: rm === 'r2' })
    d.seen[rm].add({ a: 6, b: 6 })
  },
})

test('elements are gone through in the order of their fields, the last varying fastest, in every interpreter', async () => {
  const gather = action('Gather', {
    effect: (d) => {
      const order: number[] = []
      for (const b of [6, 0, 3]) for (const a of [4, 1]) d.seen.r1.add({ a, b })
      d.seen.r1.delete({ b: 3, a: 4 })
      for (const { a, b } of d.seen.r1) order.push(10 * a + b)
      if (order.join() !== '10,13,16,40,46' && order.join() !== '10,13,16,40,46,66')
        throw new Error(order.join())
      const first = d.seen.r1.find(({ b }) => b > 0)!
      const fits =
        d.seen.r1.count(({ a }) => a === 1) === 3 &&
        d.seen.r1.every(({ a }) => a > 0) &&
        d.seen.r1.has(first) &&
        !d.seen.r2.some(({ b }) => b < 6)
      d.n = fits ? d.seen.r1.size : 0
    },
  })
  const forget = action('Forget', {
    choose: { m: (s) => s.network },
    guard: (s, { m }) => m.to.rm !== 'all' && s.network.has(m),
    effect: (d, { m }) => {
      d.network.delete(m)
      if (m.urgent) d.seen.r2.clear()
    },
  })
  const comparison = await compare(model('Gathers', { state, actions: [ask, gather, forget] }), 1_000)
  expect(comparison!.disagreements).toEqual([])
  expect(comparison!.outcome.coverage.every(({ taken }) => taken > 0)).toBe(true)
})

test('in one call an element is one object, in every interpreter', async () => {
  const same = action('Same', {
    choose: { m: (s) => s.network, k: (s) => s.network },
    guard: (s, { m, k }) =>
      s.n < 7 && s.network.some((one) => one === m) && (m === k) === (m.to.rm === k.to.rm),
    effect: (d, { m }) => {
      d.n = new Set([...d.network, ...d.network, m]).size
    },
  })
  const properties = [
    always<typeof state>('OneObject', {
      holds: (s) => !s.network.some((m) => s.network.find((k) => k === m) !== m),
    }),
    step<typeof state>(
      'TheSameAfterwards',
      (before, after) => !before.network.some((m) => !after.network.some((k) => k === m)),
    ),
  ]
  const comparison = await compare(model('Compares', { state, actions: [ask, same], properties }), 1_000)
  expect(comparison!.disagreements).toEqual([])
  expect(comparison!.outcome.judgements.slice(0, 2).map(({ verdict }) => verdict)).toEqual(['holds', 'holds'])
  expect(comparison!.outcome.coverage.every(({ taken }) => taken > 0)).toBe(true)
})

test('no property sees what it stands in as this, in any interpreter', async () => {
  const alone = function (this: unknown): boolean {
    return this === undefined
  }
  const properties = [
    always<typeof state>('Alone', { holds: alone, situation: alone }),
    alwaysPossible<typeof state>('AlonePossible', { holds: alone, whenever: alone }),
    step<typeof state>('AloneInSteps', { holds: alone, situation: alone }),
  ]
  const comparison = await compare(model('Alone', { state, actions: [ask], properties }), 100)
  expect(comparison!.disagreements).toEqual([])
  expect(comparison!.outcome.judgements.slice(0, 3).map(({ verdict }) => verdict)).toEqual(
    Array(3).fill('holds'),
  )
})

test('a trace says what was chosen by its fields, and a property of steps gets it', async () => {
  const tell = action('Tell', {
    choose: { m: (s) => s.network },
    guard: (_, { m }) => m.kind === 'Ask',
    effect: (d, { m }) => d.network.add({ kind: 'Tell', to: { rm: m.to.rm }, urgent: false }),
  })
  const made = model('Tells', {
    state,
    actions: [ask, tell],
    properties: [
      step<typeof state>(
        'NobodyIsTold',
        (_, __, { name, choice }) =>
          name !== 'Tell' || (choice as { m: { urgent: boolean } }).m.urgent !== true,
      ),
    ],
  })
  const { steps } = replay(made, (await check(made)).judgements[0]!.path!)
  expect(steps.map(({ instance }) => instance.text)).toEqual([
    'init',
    'Ask(rm: r2)',
    'Tell(m: Ask r2 urgent)',
  ])
  expect(steps.at(-1)!.instance.chosen).toEqual({ m: { kind: 'Ask', to: { rm: 'r2' }, urgent: true } })
})

const ELEMENT = "network[].kind = 'Say' is outside Ask, Tell."
const WRITTEN = 'network[].kind belongs to a record of a set, which is not changed.'
const odd = { kind: 'Say' as 'Ask', to: { rm: 'r1' as const }, urgent: true }
const written = (m: object): true => {
  ;(m as { kind: string }).kind = 'Tell'
  return true
}

test.each<readonly [string, Action, string]>([
  ['adds', action('Odd', { effect: (d) => d.network.add(odd) }), ELEMENT],
  [
    'adds what is no record',
    action('Odd', { effect: (d) => d.network.add(1 as never) }),
    'network[] = 1 is outside a record of kind, to, urgent.',
  ],
  [
    'lacks a record',
    action('Odd', { effect: (d) => d.network.add({ kind: 'Ask', urgent: true } as never) }),
    'network[].to = undefined is outside a record of rm.',
  ],
  [
    'asks for',
    action('Odd', { guard: (s) => s.network.has(odd), effect: () => {} }),
    `network was asked about a record that it cannot hold: ${ELEMENT}`,
  ],
  [
    'deletes',
    action('Odd', { effect: (d) => void d.network.delete(odd) }),
    `network was asked about a record that it cannot hold: ${ELEMENT}`,
  ],
  ['writes to each', action('Odd', { effect: (d) => void d.network.every(written) }), WRITTEN],
  [
    'writes to what is chosen',
    action('Odd', { choose: { m: (s) => s.network }, effect: (_, { m }) => void written(m) }),
    WRITTEN,
  ],
  [
    'writes in a guard',
    action('Odd', { choose: { m: (s) => s.network }, guard: (_, { m }) => written(m), effect: () => {} }),
    WRITTEN,
  ],
  [
    'misspells a field',
    action('Odd', {
      choose: { m: (s) => s.network },
      guard: (_, { m }) => (m as unknown as { kimd: string }).kimd === 'Ask',
      effect: () => {},
    }),
    "network[] has no field 'kimd'; it has kind, to, urgent.",
  ],
])('a model that %s is at fault', async (_, faulty, problem) => {
  const made = model('Faulty', { state, actions: [ask, faulty] })
  const about = expect.objectContaining({ data: expect.objectContaining({ problem }) as unknown })
  await expect(check(made)).rejects.toEqual(about)
  expect(() => checkNaively(made)).toThrow(problem)
})

test('the compiler knows the records of a set, and refuses others', () => {
  const never = (_: () => unknown): void => {}
  never(() =>
    action('A', {
      choose: { m: (s) => s.network },
      // @ts-expect-error: a record of this set has no number
      guard: (s, { m }) => m.n === 1 && s.network.has(m),
      effect: (d, { m }) => {
        // @ts-expect-error: a word that this field cannot have
        d.network.add({ kind: 'Say', to: { rm: 'r1' }, urgent: true })
        // @ts-expect-error: a field is missing
        d.network.add({ kind: 'Ask', to: { rm: 'r1' } })
        // @ts-expect-error: nobody of that name
        d.network.has({ kind: 'Ask', to: { rm: 'r3' }, urgent: true })
        // @ts-expect-error: the records of a set are not changed
        m.kind = 'Tell'
        for (const { a } of d.seen.r1) {
          // @ts-expect-error: a number is no word
          a satisfies string
        }
        // @ts-expect-error: what is found may be absent
        d.seen.r1.find(({ b }) => b > 1).a satisfies number
      },
    }),
  )
  never(() =>
    action('B', {
      guard: (s) => {
        // @ts-expect-error: a guard does not write
        s.network.add({ kind: 'Ask', to: { rm: 'r1' }, urgent: true })
        return true
      },
      effect: () => {},
    }),
  )
  // @ts-expect-error: a record of a set has scalars, and records of these
  never(() => setOf(record({ of: setOf(RM) })))
  // @ts-expect-error: nor has it records per identity
  never(() => setOf(record({ inner: record({ of: each(RM, bool) }) })))
  // @ts-expect-error: a set of a scalar is given by a list or a range
  never(() => setOf(oneOf('a', 'b')))
})

test('Paxos chooses one value: 3,921 states, as TLC counts MCPaxosTiny.cfg of tlaplus/Examples', async () => {
  const { distinct, depth, judgements } = await check(paxos(1))
  expect({ distinct, depth }).toEqual({ distinct: 3_921, depth: 17 })
  expect(judgements.map(({ verdict }) => verdict)).toEqual(['holds', 'reached'])
})

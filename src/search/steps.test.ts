/** Properties of steps: known answers, and agreement of the interpreters on random models. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hunt } from '../hunt/hunt.ts'
import { actionsOn } from '../modelling/action.ts'
import { model } from '../modelling/model.ts'
import { step } from '../modelling/property.ts'
import { bag, each, queue, range, record, setOf } from '../modelling/schema.ts'
import { modelWithSteps, recipeWithSteps } from '../testing/models.ts'
import { check, NO_LIMITS, search } from './breadth-first.ts'
import { replay, shows } from './engine/path.ts'
import { checkNaively } from './naive.ts'
import { plainEngine } from './plain-engine.ts'

const SEED = Number(process.env.CLUSTERCHECK_SEED ?? 4303)
const RUNS = Number(process.env.CLUSTERCHECK_RUNS ?? 60)

const state = record({
  n: range(0, 3),
  member: each(['A', 'B'], record({ sent: range(0, 3), seen: setOf(range(0, 3)) })),
  line: queue(record({ value: range(0, 3) }), 2),
  net: bag(record({ value: range(0, 3) }), 2),
})
const action = actionsOn<typeof state>()
const actions = [
  action('Send', {
    choose: { by: ['A', 'B'] },
    guard: (s, { by }) => s.member[by].sent < 3 && s.line.length < 2 && s.net.length < 2,
    effect: (d, { by }) => {
      d.member[by].sent += 1
      d.line.push({ value: d.member[by].sent })
      d.net.add({ value: d.member[by].sent })
      d.n = d.member[by].sent
    },
  }),
  action('Receive', {
    guard: (s) => s.line.length > 0,
    effect: (d) => {
      const { value } = d.line.shift()!
      d.net.remove({ value })
      d.member.B.seen.add(value)
    },
  }),
  action('Rest', { effect: () => {} }),
]

const judged = async (...properties: readonly ReturnType<typeof step>[]) => {
  const made = model('Line', { state, actions, properties })
  const { judgements } = await check(made)
  for (const { property, path } of judgements)
    if (path) expect(shows(replay(made, path), property)).toBe(true)
  return judgements.map(({ verdict, path }) => (path ? `${verdict} in ${path.length - 1}` : verdict))
}

describe('a property of steps', () => {
  test('sees the state before and after it, and what was done', async () => {
    expect(
      await judged(
        step<typeof state>('CountsUp', (before, after) => after.member.A.sent >= before.member.A.sent),
        step<typeof state>('NeverSecond', (before, after) => !(before.n === 1 && after.n === 2)),
        step<typeof state>('OnlySendSends', (before, after, { name }) => {
          return name === 'Send' || before.line.length >= after.line.length
        }),
        step<typeof state>('OnlyASends', (before, after, { name, choice }) => {
          return name !== 'Send' || choice.by === 'A' || before.member.B.sent === after.member.B.sent
        }),
        step<typeof state>('FirstOut', (before, after) => {
          if (after.line.length >= before.line.length) return true
          return after.member.B.seen.has(before.line.at(0)!.value)
        }),
        step<typeof state>('InTheBag', (before, after) => {
          if (after.line.length >= before.line.length) return true
          const { value } = before.line.at(0)!
          return before.net.count({ value }) === after.net.count({ value }) + 1
        }),
      ),
    ).toEqual(['holds', 'violated in 2', 'holds', 'violated in 1', 'holds', 'holds'])
  })

  test('is vacuous when no step is of its situation', async () => {
    expect(
      await judged(
        step<typeof state>('Never', { holds: () => true, situation: (before) => before.net.length > 2 }),
        step<typeof state>('Often', { holds: () => true, situation: (_, after) => after.net.length === 2 }),
      ),
    ).toEqual(['vacuous', 'holds'])
  })

  test('cannot write, and answers yes or no', async () => {
    await expect(
      judged(
        step<typeof state>('Writes', (before) => {
          ;(before as { n: number }).n = 3
          return true
        }),
      ),
    ).rejects.toThrow(/^The property Writes/)
    await expect(judged(step<typeof state>('Odd', () => 1 as unknown as boolean))).rejects.toThrow(
      'The property Odd returned 1; expected true or false.',
    )
  })

  test('is found by random runs as well', async () => {
    const made = model('Line', {
      state,
      actions,
      properties: [step<typeof state>('NeverThird', (before, after) => !(before.n === 2 && after.n === 3))],
    })
    const { found } = await hunt(made, { runs: 500, length: 20, seed: 7, seconds: 20 })
    expect(found[0]).toMatchObject({ verdict: 'violated' })
    expect(shows(replay(made, found[0]!.small!.path), 'NeverThird')).toBe(true)
  })
})

/** A test that keeps what it said by an object that it is given, and says it again. */
type Counted = { readonly n: number }
const cachedBy = (
  keyOf: (before: Counted, after: Counted, taken: { readonly choice: unknown }) => object,
) => {
  const said = new WeakMap<object, boolean>()
  return (before: Counted, after: Counted, taken: { readonly choice: unknown }): boolean => {
    const key = keyOf(before, after, taken)
    if (!said.has(key)) said.set(key, after.n !== 3)
    return said.get(key)!
  }
}
const counted = record({ n: range(0, 3), seen: setOf(record({ n: range(0, 3) })) })
const counts = actionsOn<typeof counted>()

test.each([
  ['the state before', cachedBy((before) => before)],
  ['the state after', cachedBy((_, after) => after)],
  ['a set of it', cachedBy((_, after) => (after as { n: number; seen: object }).seen)],
  ['the step', cachedBy((_, __, taken) => taken)],
  ['what was chosen', cachedBy((_, __, { choice }) => choice as object)],
  [
    'an element that was chosen',
    cachedBy((_, __, { choice }) => (choice as { m?: object }).m ?? (choice as object)),
  ],
])('a test of steps that keeps its answers by %s never holds wrongly', async (_, holds) => {
  const made = model('Counts', {
    state: counted,
    actions: [
      counts('See', {
        guard: (s) => s.n === 0,
        effect: (d) => {
          d.n = 1
          d.seen.add({ n: 0 })
        },
      }),
      counts('Count', {
        choose: { m: (s) => s.seen },
        guard: (s, { m }) => s.n + m.n < 3,
        effect: (d) => {
          d.n += 1
        },
      }),
      counts('Again', {
        effect: (d) => {
          d.n = 0
        },
      }),
    ],
    properties: [step<typeof counted>('NeverThree', { holds, situation: (before) => before.n > 0 })],
  })
  const verdict = await check(made).then(
    ({ judgements: [found] }) => found!.verdict,
    (fault: Error) => fault.message,
  )
  expect(verdict).toMatch(/violated|The property NeverThree is not a function of the state/)
})

test('random models are judged alike by the packed search, the plain one and the definition', async () => {
  let violated = 0
  await fc.assert(
    fc.asyncProperty(recipeWithSteps, async (recipe) => {
      const made = modelWithSteps(recipe)
      const limits = { ...NO_LIMITS, states: 200 }
      const packed = await check(made, { limits, fewestChanges: false })
      fc.pre(packed.complete)
      const plain = await search(plainEngine(made), { limits, deadlock: false })
      const { verdicts } = checkNaively(made, { twice: false })
      for (const [i, p] of made.properties.entries()) {
        if (p.kind !== 'step') continue
        const { verdict, path, situation } = packed.judgements[i]!
        expect(plain.judgements[i]).toMatchObject({ verdict, ...(path && { path }) })
        expect(plain.judgements[i]!.situation).toEqual(situation)
        expect(verdicts[p.name]).toEqual({ verdict, ...(path && { length: path.length - 1 }) })
        if (path) expect(shows(replay(made, path), p.name)).toBe(true)
        if (verdict === 'violated') violated += 1
      }
    }),
    { seed: SEED, numRuns: RUNS },
  )
  expect(violated).toBeGreaterThan(RUNS / 10)
})

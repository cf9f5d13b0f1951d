/** Choices that depend on the state: what they mean, by every interpreter alike, and how traces show them. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { actionsOn } from '../modelling/action.ts'
import { type ModelBody, model } from '../modelling/model.ts'
import { always, step } from '../modelling/property.ts'
import { bag, bool, each, id, oneOf, queue, range, record, setOf } from '../modelling/schema.ts'
import { compare, plainOutcome } from '../testing/disagreements.ts'
import { modelWithDrawn, recipeWithDrawn } from '../testing/models.ts'
import { check } from './breadth-first.ts'
import { replay } from './engine/path.ts'
import { checkNaively } from './naive.ts'

const SEED = Number(process.env.CLUSTERCHECK_SEED ?? 424)
const RUNS = Number(process.env.CLUSTERCHECK_RUNS ?? 15)

test('all checkers agree, and with the same model written by hand', { timeout: 900_000 }, async () => {
  let drawn = 0
  await fc.assert(
    fc.asyncProperty(recipeWithDrawn, async (r) => {
      const made = modelWithDrawn(r)
      fc.pre(made !== undefined)
      const comparison = await compare(made, 150)
      fc.pre(comparison !== undefined)
      expect(comparison.disagreements).toEqual([])
      const { judgements, complete, ...byHand } = await plainOutcome(modelWithDrawn(r, true)!)
      const { distinct, generated, depth, stuck } = comparison.outcome
      expect({ distinct, generated, depth, stuck }).toMatchObject({
        distinct: byHand.distinct,
        generated: byHand.generated,
        depth: byHand.depth,
        stuck: byHand.stuck,
      })
      expect(comparison.outcome.judgements.map(({ verdict }) => verdict)).toEqual(
        judgements.map(({ verdict }) => verdict),
      )
      expect(complete).toBe(true)
      if (comparison.outcome.coverage.some(({ action, taken }) => action.startsWith('D') && taken > 0))
        drawn += 1
    }),
    { seed: SEED, numRuns: RUNS, maxSkipsPerRun: 20, unbiased: true },
  )
  expect(drawn).toBeGreaterThan(RUNS / 3)
})

const WHO = ['a', 'b'] as const
const state = record({
  net: bag(record({ kind: oneOf('Ask', 'Tell'), to: id(WHO), first: bool }), 3),
  line: queue(record({ n: range(0, 2) }), 2),
  known: setOf(WHO),
  ranks: setOf(range(0, 1)),
  lead: id(WHO),
  at: each(WHO, record({ inbox: bag(record({ n: range(0, 2) }), 1) })),
})
const action = actionsOn<typeof state>()
const ask = action('Ask', {
  choose: { to: WHO },
  guard: (s) => s.net.length < 3,
  effect: (d, { to }) => d.net.add({ kind: 'Ask', to, first: !d.known.has(to) }),
})

test('a trace says what was chosen, a property of steps gets it, and of equal messages one is chosen', async () => {
  const hear = action('Hear', {
    choose: { m: (s) => s.net },
    guard: (s, { m }) => m.kind === 'Ask' && s.net.length > 2,
    effect: (d, { m }) => {
      d.net.remove(m)
      d.known.add(m.to)
    },
  })
  const made = model('Hears', {
    state,
    actions: [ask, hear],
    properties: [
      step<typeof state>(
        'NotB',
        (before, _, { name, choice }) =>
          name !== 'Hear' || before.net.length < 3 || (choice as { m: { to: string } }).m.to !== 'b',
      ),
    ],
  })
  const { judgements, coverage } = await check(made)
  const { steps } = replay(made, judgements[0]!.path!)
  expect(steps.map(({ instance }) => instance.text)).toEqual([
    'init',
    'Ask(to: a)',
    'Ask(to: a)',
    'Ask(to: b)',
    'Hear(m: Ask b first)',
  ])
  expect(steps.at(-1)!.instance.chosen).toEqual({ m: { kind: 'Ask', to: 'b', first: true } })
  // Of three equal messages one is heard, so there are fewer steps than messages.
  const heard = coverage.find(({ action }) => action === 'Hear')!
  expect(heard.taken).toBeLessThan(3 * heard.enabled)
})

test('what is chosen may depend on scalars and on what was chosen before, and is shown as one likes', async () => {
  const put = action('Put', {
    choose: { at: WHO, n: [1, 2] },
    guard: (s, { at }) => s.at[at].inbox.length === 0,
    effect: (d, { at, n }) => d.at[at].inbox.add({ n }),
  })
  const take = action('Take', {
    choose: { at: WHO, m: (s, { at }: { readonly at: (typeof WHO)[number] }) => s.at[at].inbox },
    shows: { m: ({ n }) => `number ${n}` },
    effect: (d, { at, m }) => {
      d.at[at].inbox.remove(m)
      if (m.n === 2) d.lead = at
    },
  })
  const lead = action('Lead', {
    choose: { m: (s) => s.at[s.lead].inbox, who: (s) => s.known },
    guard: (_, { m, who }) => m.n === 1 && who === 'b',
    effect: (d, { who }) => {
      d.lead = who
    },
  })
  const know = action('Know', { effect: (d) => d.known.add('b') })
  const made = model('Leads', {
    state,
    actions: [put, take, lead, know],
    properties: [always<typeof state>('OnlyA', { holds: (s) => s.lead === 'a' })],
  })
  const comparison = await compare(made, 10_000)
  expect(comparison!.disagreements).toEqual([])
  const { path } = comparison!.outcome.judgements[0]!
  expect(replay(made, path!).steps.map(({ instance }) => instance.text)).toEqual([
    'init',
    'Put(at: b, n: 2)',
    'Take(at: b, m: number 2)',
  ])
})

test.each([
  ['no collection', () => 3, 'is drawn from 3; expected a set, a queue or a bag of the state.'],
  ['a record', (s: object) => s, 'is drawn from a record; expected a set, a queue or a bag of the state.'],
  [
    'what a collection holds',
    (s: object) => ((s as { known: Set<string> }).known.has('a') ? (s as { net: unknown }).net : undefined),
    'is drawn from nothing that can be found before a search: it reads known.has, and a collection is named by scalars alone.',
  ],
  [
    'what comes later',
    async (s: object) => (s as { net: { length: number } }).net.length,
    'is drawn from something asynchronous; it is what the function returns.',
  ],
  [
    'sets of other values',
    (s: object) => {
      const { lead, known, ranks } = s as { lead: string; known: unknown; ranks: unknown }
      return lead === 'a' ? known : ranks
    },
    'is drawn from a set here and a set there, which do not hold the same; expected collections of one kind.',
  ],
  [
    'now this and now that',
    (s: object) => {
      const { lead, net, line } = s as { lead: string; net: unknown; line: unknown }
      return lead === 'a' ? net : line
    },
    'is drawn from a bag here and a queue there, which do not hold the same; expected collections of one kind.',
  ],
])('drawing from %s is refused', (_, source, problem) => {
  const drawing = { name: 'Draw', choose: { m: [] }, from: { m: source }, effect: () => {} }
  expect(() => model('Draws', { state, actions: [drawing] } as ModelBody<typeof state>)).toThrow(
    `Parameter 'm' of action 'Draw' ${problem}`,
  )
})

test.each(['guard', 'effect', 'property'] as const)(
  'what is drawn cannot be written to in a %s',
  async (where) => {
    const writes = (choice: object): true => {
      ;(choice as { m: unknown }).m = undefined
      return true
    }
    const hear = action('Hear', {
      choose: { m: (s) => s.net },
      guard: (_, choice) => where !== 'guard' || writes(choice),
      effect: (_, choice) => {
        if (where === 'effect') writes(choice)
      },
    })
    const made = model('Writes', {
      state,
      actions: [ask, hear],
      properties: [
        step<typeof state>(
          'S',
          (_, __, { name, choice }) => where !== 'property' || name === 'Ask' || writes(choice),
        ),
      ],
    })
    await expect(check(made)).rejects.toThrow("Cannot assign to read only property 'm'")
    expect(() => checkNaively(made)).toThrow("Cannot assign to read only property 'm'")
  },
)

test('who acts cannot depend on a message', () => {
  const said = action('Hear', {
    choose: { m: (s) => s.net },
    by: ({ m }) => m.to,
    effect: () => {},
  })
  expect(() => model('Acts', { state, actions: [said] })).toThrow(
    "Who acts in action 'Hear' was asked of m, which depends on the state; it is a function of the parameters with fixed domains.",
  )
})

test('the compiler refuses what is no collection, and knows what is chosen', () => {
  const never = (_: () => unknown): void => {}
  never(() =>
    action('A', {
      // @ts-expect-error: a number is no collection
      choose: { m: (s) => s.net.length },
      effect: () => {},
    }),
  )
  never(() =>
    action('B', {
      choose: { m: (s) => s.net, who: (s) => s.known },
      // @ts-expect-error: a message of this bag has no number
      guard: (_, { m }) => m.n === 1,
      // @ts-expect-error: nobody of that name is in the set
      effect: (d, { who }) => d.known.add(who === 'c' ? 'a' : 'b'),
    }),
  )
  never(() =>
    action('C', {
      // @ts-expect-error: what was chosen before has to be given its type
      choose: { at: WHO, m: (s, { at }) => s.at[at].inbox },
      effect: () => {},
    }),
  )
})

/** Models that are no functions of the state, and other mistakes: each is a fault that says what is wrong and what to do. */
import { describe, expect, test } from 'vitest'
import { watched, watchMemory } from '../cli/jobs/watch.ts'
import {
  actionsOn,
  always,
  bag,
  bool,
  each,
  eventsOf,
  type Model,
  model,
  monitorOn,
  oneOf,
  queue,
  range,
  record,
  setOf,
  type View,
} from '../index.ts'
import type { FaultData } from '../modelling/fault.ts'
import { isModel } from '../modelling/model.ts'
import { picturesOf } from '../report/trace/happenings.ts'
import { faultOf, forged } from '../testing/faulty.ts'
import { check, NO_LIMITS, search } from './breadth-first.ts'
import { plainEngine } from './plain-engine.ts'

const MEMBER = ['a', 'b'] as const
const state = record({
  x: range(0, 40),
  y: range(0, 40),
  up: bool,
  seen: setOf(range(0, 3)),
  member: each(MEMBER, record({ sent: range(0, 3), up: bool })),
  net: bag(record({ id: range(0, 3) }), 2),
})
type S = typeof state
type Told = { Moved: { x: number } }
const action = actionsOn<S, Told>()
const events = eventsOf<Told>(['all'], { Moved: () => ({ shape: 'mark', lane: 'all', text: 'moved' }) })
const goX = action('X', {
  guard: (s) => s.x < 6,
  effect: (d) => {
    d.x += 1
  },
})
const goY = action('Y', {
  guard: (s) => s.y < 6,
  effect: (d) => {
    d.y += 1
  },
})
const holding = (holds: (s: View<S>) => boolean): Model =>
  model('Grid', { state, events, actions: [goX, goY], properties: [always<S>('P', { holds })] })
const acting = (...more: Parameters<typeof action>[]): Model =>
  model('Grid', { state, events, actions: [goX, goY, ...more.map(([name, body]) => action(name, body))] })

// biome-ignore lint/suspicious/noExplicitAny: a model in JavaScript knows no types.
const loose = (value: unknown): any => value

const packed = (m: Model): Promise<FaultData> => faultOf((one) => check(one), m)

describe('a model that is no function of the state', () => {
  test('keeps answers under the state object', async () => {
    const known = new WeakMap<object, boolean>()
    const holds = (s: View<S>): boolean => {
      const answer = known.get(s) ?? s.x + s.y < 12
      known.set(s, answer)
      return answer
    }
    expect(await packed(holding(holds))).toMatchObject({
      problem: expect.stringMatching(/^The property P is not a function of the state: /) as unknown,
      hint: expect.stringContaining('memoised') as unknown,
    })
  })

  test('keeps answers under a part of the state', async () => {
    const known = new Map<number, boolean>()
    const holds = (s: View<S>): boolean => {
      const { x } = s
      const answer = known.get(x) ?? x + s.y < 12
      known.set(x, answer)
      return answer
    }
    expect((await packed(holding(holds))).hint).toContain('cache')
  })

  const asynchronous = async (): Promise<boolean> => true
  const failing = async (): Promise<boolean> => {
    throw new Error('later')
  }
  test.each<readonly [string, () => unknown, string]>([
    ['some', asynchronous, 'is asynchronous; its answer is what it returns.'],
    ['every', failing, 'is asynchronous; its answer is what it returns.'],
    ['find', () => 1, 'returned 1; expected true or false.'],
    ['count', () => undefined, 'returned undefined; expected true or false.'],
  ])('tests elements by %s with what is neither true nor false', async (method, answers, problem) => {
    const m = acting(
      [
        'Look',
        { guard: (s) => s.net.length > 0 && Boolean(loose(s.net)[method](answers)), effect: () => {} },
      ],
      ['Add', { guard: (s) => s.net.length < 2, effect: (d) => d.net.add({ id: 1 }) }],
    )
    const sentence = `A test of the elements of a collection ${problem}`
    expect((await packed(m)).problem).toBe(sentence)
    expect(
      (await faultOf((one) => search(plainEngine(one), { limits: NO_LIMITS, deadlock: false }), m)).problem,
    ).toBe(sentence)
  })

  test('finds in a guard what the effect uses', async () => {
    let found = 0
    const m = acting([
      'Pick',
      {
        guard: (s) => {
          found = s.y
          return s.y === 6
        },
        effect: (d) => {
          d.x = found
        },
      },
    ])
    expect((await packed(m)).problem).toMatch(/^The effect of Pick is not a function of the state: run twice/)
  })

  test.each([
    ['the time', () => Date.now() > 0],
    ['the time', () => new Date(2020, 0).getFullYear() < new Date().getFullYear()],
    ['the time', () => performance.now() > 0],
    ['chance', () => Math.random() < 2],
    ['chance', () => crypto.randomUUID().length > 0],
  ])('asks for %s', async (what, ask) => {
    expect((await packed(holding(ask))).problem).toContain(`The property P asks for ${what} (`)
  })

  test('keeps a variable in a monitor', async () => {
    let heard = 0
    const monitor = monitorOn<Told>()('Counts', {
      memory: record({ last: range(0, 1) }),
      on: {
        Moved: (_memory, _event, judge) => {
          heard += 1
          if (heard % 2 === 0) judge.arose()
        },
      },
    })
    const tells = action('Tell', { effect: (d, _, emit) => emit.Moved({ x: d.x }) })
    const m = model('Grid', { state, events, actions: [goX, tells], properties: [monitor] })
    expect((await packed(m)).problem).toMatch(/^The effect of Tell is not a function of the state: .*Counts/)
  })

  test('uses a view after its call', async () => {
    let kept: View<S> | undefined
    const holds = (s: View<S>): boolean => {
      const answer = kept === undefined || kept.x >= 0
      kept = s
      return answer
    }
    expect((await packed(holding(holds))).problem).toMatch(
      /kept a view of the state and used it after it had returned|is not a function of the state/,
    )
  })

  test('uses a view when no call is under way', async () => {
    const holds = (s: View<S>): boolean => {
      void Promise.resolve().then(() => s.x)
      return true
    }
    expect((await packed(holding(holds))).problem).toMatch(/^The property P kept a view/)
  })
})

describe.for([
  ['packed', (m: Model) => check(m)],
  ['plain', (m: Model) => search(plainEngine(m), { limits: NO_LIMITS, deadlock: false })],
] as const)('the %s interpreter', ([, run]) => {
  test.for([
    ['an asynchronous effect', { effect: forged(async () => {}) }, /^The effect of Odd is asynchronous/],
    [
      'an asynchronous guard',
      { guard: forged(async () => true), effect: () => {} },
      /^The guard of Odd is asynchronous/,
    ],
    [
      'a guard that answers a number',
      { guard: () => forged(1), effect: () => {} },
      /^The guard of Odd returned 1; expected/,
    ],
    [
      'a field that is not there',
      { guard: (s) => loose(s).nothing === 1, effect: () => {} },
      /^The state has no field 'nothing'/,
    ],
    [
      'an identity that is not there',
      { guard: (s) => loose(s).member.c.up, effect: () => {} },
      /^member has no field 'c'; it has a, b/,
    ],
    [
      'a value that no set can hold',
      { guard: (s) => s.seen.has(9), effect: () => {} },
      /^seen was asked about 9, which is outside 0, 1, 2, 3/,
    ],
    [
      'a message that no bag can hold',
      { guard: (s) => s.net.has({ id: 7 }), effect: () => {} },
      /^net\[\].id = 7 is outside 0..3/,
    ],
    [
      'a spread of a view',
      { guard: (s) => loose({ ...s }).x === 0, effect: () => {} },
      /^The state was spread/,
    ],
    [
      'an assigned record',
      {
        effect: (d) => {
          loose(d).member.a = { sent: 1, up: true }
        },
      },
      /^member.a is a record and cannot be assigned/,
    ],
    [
      'what no set has',
      { guard: (s) => loose(s.seen).entries() !== undefined, effect: () => {} },
      /^seen is a set and has no entries/,
    ],
  ] as readonly [string, Parameters<typeof action>[1], RegExp][])('names %s', async ([, body, problem]) => {
    expect((await faultOf(run, acting(['Odd', body]))).problem).toMatch(problem)
  })
})

describe('what is no schema or no model', () => {
  const faultIn = (make: () => unknown): string => {
    try {
      make()
    } catch (thrown) {
      return (thrown as Error).message
    }
    return 'no fault'
  }

  test('is a queue of sets, a set of records of sets, an each over numbers', () => {
    const made = (n: unknown) => () => model('M', { state: record({ n: forged(n) }), actions: [goX] })
    expect(faultIn(made(queue(forged(setOf(range(0, 3))), 3)))).toMatch(
      /^state.n is a queue of a set; it holds records or scalars/,
    )
    expect(faultIn(made(bag(forged(queue(bool, 1)), 3)))).toMatch(
      /^state.n is a bag of a queue; it holds records or scalars/,
    )
    expect(faultIn(() => setOf(forged(oneOf('a', 'b'))))).toMatch(/^setOf was given a oneOf/)
    expect(faultIn(made(setOf(forged(record({ a: setOf(MEMBER) })))))).toMatch(
      /^state.n\[\].a is a set inside a record of a set; such a record has scalars, and records of these/,
    )
    expect(faultIn(made(setOf(forged(record({ a: record({ b: each(MEMBER, bool) }) })))))).toMatch(
      /^state.n\[\].a.b is records per identity inside a record of a set/,
    )
    expect(faultIn(made(setOf(forged(record({ a: forged(undefined) })))))).toMatch(
      /^state.n\[\].a is undefined; expected a schema/,
    )
    expect(faultIn(made(each(forged([1, 2]), record({ a: bool }))))).toMatch(
      /^state.n can be 1; expected names/,
    )
  })

  test('is an object that merely looks like one', () => {
    expect(isModel(holding(() => true))).toBe(true)
    for (const odd of [
      { kind: 'model', actions: [] },
      { kind: 'model', name: 'x', initial: [], actions: [null], properties: [] },
    ])
      expect(isModel(odd)).toBe(false)
  })
})

describe('the watch', () => {
  test('gives closures what they are given without it', async () => {
    const pick = acting([
      'Pick',
      {
        guard: loose((s: View<S>, ...rest: unknown[]) => s.x === 6 && rest.length === 1),
        effect: loose((d: { up: boolean }, ...rest: unknown[]) => {
          d.up = rest.length === 2
        }),
      },
    ])
    const m = {
      ...pick,
      properties: [
        always<S>('P', { holds: loose((s: View<S>, ...rest: unknown[]) => !(s.up && rest.length === 0)) }),
      ],
    }
    for (const one of [m, watched(m, watchMemory(1))])
      expect((await check(one)).judgements[0]).toMatchObject({ verdict: 'violated' })
  })
})

describe('what is shown', () => {
  const put = (more: object): Model =>
    model('Shown', {
      state,
      events,
      actions: [
        {
          name: 'Put',
          choose: { n: [1, 2] },
          effect: (d: object, _: object, emit: object) => {
            ;(d as { up: boolean }).up = true
            ;(emit as { Moved(event: object): void }).Moved({ x: 1 })
          },
          ...more,
        },
      ],
      properties: [always<S>('P', { holds: (s) => !s.up })],
    })
  const said = async (m: Model): Promise<string> => (await faultOf(async (one) => check(one), m)).problem

  test('of a choice is a text', async () => {
    const failing = () => {
      throw new Error('never')
    }
    expect(() => put({ shows: { n: 3 } })).toThrow("What action 'Put' shows of n is 3; expected a function.")
    expect(() => put({ shows: { m: String } })).toThrow(
      "Action 'Put' shows 'm', which it does not choose; it chooses n.",
    )
    expect(await said(put({ shows: { n: failing } }))).toBe("What action 'Put' shows of n failed: never.")
    expect(await said(put({ shows: { n: () => ({}) } }))).toBe(
      "What action 'Put' shows of n is {}; expected a text.",
    )
    expect(await said(put({ shows: { n: async () => failing() } }))).toMatch(
      /^What action 'Put' shows of n is asynchronous/,
    )
  })

  test('of who acts is a text', async () => {
    expect(await said(put({ by: () => ({}) }))).toBe("Who acts in action 'Put' is {}; expected a text.")
    expect(await said(put({ by: async () => 'a' }))).toMatch(/^Who acts in action 'Put' is asynchronous/)
  })

  test.each([
    [() => Promise.reject(new Error('later')), 'is asynchronous; it is what the function returns.'],
    [
      () => ({ shape: 'blot' }),
      'is {"shape":"blot"}; expected a shape (send, pass, mark, receive, lose) with its text.',
    ],
    [
      () => {
        throw new Error('never')
      },
      'failed: never.',
    ],
  ])('of an event is a picture', (picture, problem) => {
    const pictured = { events: eventsOf<Told>(['all'], { Moved: loose(picture) }) }
    expect(() => picturesOf(pictured, [{ kind: 'Moved', event: { x: 1 } }])).toThrow(
      `The picture of an event Moved ${problem}`,
    )
  })
})

/** Faults of guards, of actions that remember, and of properties: only effects write, and nothing remembers. */
import { describe, expect, test } from 'vitest'
import { take } from '../modelling/draft.ts'
import { always } from '../modelling/property.ts'
import {
  action,
  begunWith,
  type Case,
  faultOf,
  forged,
  INTERPRETERS,
  MEMBER,
  type state,
} from '../testing/faulty.ts'

const counter = () => {
  let calls = 0
  return () => calls++
}

const unsteady = 'is not a function of the state: run twice on one state it gave'
const CASES: readonly (() => Case)[] = [
  () => [
    'a guard that writes a variable',
    action('Step', {
      choose: { of: MEMBER },
      guard: (s, { of }) => {
        ;(s.member[of] as { sent: number }).sent = 2
        return false
      },
      effect: () => {},
    }),
    'member.a.sent',
    'The guard of Step changed member.a.sent from 1 to 2; guards only read.',
  ],
  () => [
    'a guard that writes a name',
    action('Step', {
      guard: (s) => {
        ;(s as { phase: string }).phase = 'busy'
        return true
      },
      effect: () => {},
    }),
    'phase',
    'The guard of Step changed phase from idle to busy; guards only read.',
  ],
  () => [
    'a guard that adds to a set',
    action('Step', { guard: (s) => forged((s.seen as unknown as Set<number>).add(1)), effect: () => {} }),
    'seen',
    'The guard of Step changed seen from {} to {1}; guards only read.',
  ],
  () => [
    'a guard that takes a message',
    action('Step', { guard: (s) => take(forged(s.synch)) !== undefined, effect: () => {} }),
    'synch',
    'The guard of Step changed synch from <{value: 1}> to <>; guards only read.',
  ],
  () => {
    const next = counter()
    return [
      'a guard that remembers',
      action('Step', { guard: () => next() % 2 === 0, effect: () => {} }),
      undefined,
      `The guard of Step ${unsteady} true and false.`,
    ]
  },
  () => {
    const next = counter()
    return [
      'an effect that remembers',
      action('Step', {
        effect: (d) => {
          d.owner = 'a'
          d.member.b.sent = (next() % 2) + 1
          d.member.b.ready = true
        },
      }),
      'member.b.sent',
      `The effect of Step ${unsteady} member.b.sent = 1 and member.b.sent = 2.`,
    ]
  },
  () => {
    const next = counter()
    return [
      'an effect that sends what it remembers',
      action('Step', { effect: (d) => d.net.add({ kind: 'response', id: next() % 2 }) }),
      'net',
      `The effect of Step ${unsteady} net = [{kind: request, id: 1}, {kind: response, id: 0}] and net = [{kind: request, id: 1}, {kind: response, id: 1}].`,
    ]
  },
]

describe.for(Object.entries(INTERPRETERS))('the %s interpreter', ([, run]) => {
  test.for(CASES.map((make) => make()))('names %s', async ([, faulty, variable, problem]) => {
    const found = await faultOf(run, begunWith(faulty))
    // Which answer came first depends on how often it was run before.
    expect(found.problem.replace('false and true', 'true and false')).toBe(problem)
    expect(found.variable).toBe(variable)
    expect(found.model).toBe('Faulty')
    expect(found.step).toBe(faulty.choose.of ? 'Step(of: a)' : 'Step')
    expect(found.path).toEqual(['init', 'Begin'])
  })

  test('names a property that writes', async () => {
    const writes = always<typeof state>('Quiet', {
      holds: (s) => {
        if (s.count > 0) (s as { count: number }).count = 3
        return true
      },
    })
    const found = await faultOf(run, begunWith(action('Step', { effect: () => {} }), [writes]))
    expect(found).toMatchObject({
      problem: 'The property Quiet changed count from 1 to 3; properties only read.',
      variable: 'count',
      step: 'Begin',
      path: ['init'],
    })
  })

  test('names a property that fails', async () => {
    const fails = always<typeof state>('Quiet', {
      holds: (s) => s.synch.at(s.count)?.value === 0 || s.net.at(5)!.id === 0,
    })
    const found = await faultOf(run, begunWith(action('Step', { effect: () => {} }), [fails]))
    expect(found.problem).toMatch(/^The property Quiet failed: Cannot read properties of undefined .*\.$/)
    expect(found).toMatchObject({ step: 'init', path: [] })
  })
})

test('a guard that writes what is there already is a fault on plain states', async () => {
  const idle = action('Step', {
    guard: (s) => {
      ;(s as { phase: string }).phase = 'idle'
      return true
    },
    effect: () => {},
  })
  expect((await faultOf(INTERPRETERS.plain, begunWith(idle))).problem).toBe(
    'The guard of Step wrote and left every value as it was; guards only read.',
  )
})

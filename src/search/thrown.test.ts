/** What models throw, and memory that runs out: the same with one thread, with several, and on plain states. */
import { describe, expect, it } from 'vitest'
import { actionsOn, always, alwaysPossible, bag, model, range, record } from '../index.ts'
import type { Model } from '../modelling/model.ts'
import { choicesFrom, engineInTurns } from '../testing/turns.ts'
import { NO_LIMITS, search } from './breadth-first.ts'
import type { Engine } from './engine/engine.ts'
import { packedEngine } from './packed/packed-engine.ts'
import { plainEngine } from './plain-engine.ts'

const SEEDS = [1, 2, 3, 4, 5]

const said = async (engine: Engine): Promise<string> => {
  try {
    const { distinct, cut, judgements } = await search(engine, { limits: NO_LIMITS, deadlock: true })
    return [distinct, cut ?? 'complete', ...judgements.map(({ verdict }) => verdict)].join(' ')
  } catch (thrown) {
    return (thrown as Error).message
  }
}

const inAllWays = async (one: Model): Promise<readonly string[]> => [
  await said(plainEngine(one)),
  await said(packedEngine(one, { exact: 'free' })),
  ...(await Promise.all(
    SEEDS.map((seed) => said(engineInTurns(one, { exact: 'free' }, 2, choicesFrom(seed)))),
  )),
]

const state = record({ a: range(0, 60), b: range(0, 60) })
const action = actionsOn<typeof state>()
const goA = action('GoA', {
  guard: (s) => s.a < 60,
  effect: (d) => {
    d.a += 1
  },
})
const goB = action('GoB', {
  guard: (s) => s.b < 60,
  effect: (d) => {
    d.b += 1
  },
})
const boom = (): never => {
  throw new Error('boom')
}

describe('what is thrown', () => {
  it('by a property that is violated already is thrown in every engine', async () => {
    const holds = (s: { a: number; b: number }) =>
      s.a === 33 && s.b === 37 ? boom() : s.a !== 1 || s.b !== 0
    const all = await inAllWays(
      model('Grid', { state, actions: [goA, goB], properties: [always<typeof state>('P', { holds })] }),
    )
    for (const one of all) expect(one).toContain('boom')
  })

  it('by an effect is told, although properties take messages of states before it', async () => {
    const net = record({ a: range(0, 40), net: bag(record({ x: range(0, 30) }), 6) })
    const act = actionsOn<typeof net>()
    const sends = act('Send', {
      choose: { x: Array.from({ length: 31 }, (_, i) => i) },
      guard: (s) => s.net.length < 4,
      effect: (d, { x }) => d.net.add({ x }),
    })
    const bad = act('Bad', { guard: (s) => s.net.length === 3, effect: boom })
    const holds = (s: { net: { length: number; at(i: number): { x: number } | undefined } }) => {
      let sum = 0
      for (let i = 0; i < s.net.length; i++) sum += s.net.at(i)!.x
      return sum < 500
    }
    const all = await inAllWays(
      model('Net', { state: net, actions: [sends, bad], properties: [always<typeof net>('P', { holds })] }),
    )
    for (const one of all) expect(one).toContain('boom')
  })
})

/** Program text in which a thread runs out of memory while it learns, from state 100 on. */
const starving = (which: 'lead' | 'helper') => (text: string) =>
  text.includes('function admit(') === (which === 'lead')
    ? text.replace(
        'function learn(answers, i, words, answer, asked) {',
        "$& if (from > 100) throw new RangeError('Array buffer allocation failed')",
      )
    : text

describe('memory that runs out', () => {
  const grid = model('Grid', {
    state,
    actions: [goA, goB],
    properties: [always<typeof state>('P', { holds: (s) => s.a < 61 })],
  })

  it.each(['lead', 'helper'] as const)('in the %s cuts the search', async (which) => {
    const options = { exact: 'free', rewrite: starving(which) } as const
    for (const seed of SEEDS)
      expect(await said(engineInTurns(grid, options, 1, choicesFrom(seed)))).toMatch(/^\d+ bytes unknown/)
  })

  it('in the middle of a state dooms nothing', async () => {
    const wheel = record({ i: range(0, 9), j: range(0, 1), c: range(0, 100) })
    const act = actionsOn<typeof wheel>()
    const actions = [
      act('Go', {
        choose: { i: [1, 2, 3, 4], j: [0, 1] },
        guard: (s) => s.i === 0 && s.c === 0,
        effect: (d, { i, j }) => {
          d.i = i
          d.j = j
        },
      }),
      act('Home', {
        guard: (s) => s.i > 0 && s.j === 0,
        effect: (d) => {
          d.i = 0
        },
      }),
      act('Down', {
        guard: (s) => s.j === 1,
        effect: (d) => {
          d.j = 0
        },
      }),
      act('Next', {
        guard: (s) => s.i === 0,
        effect: (d) => {
          d.c = d.c === 100 ? 0 : d.c + 1
        },
      }),
    ]
    const back = alwaysPossible<typeof wheel>('Back', { holds: (s) => s.i === 0 && s.c === 0 })
    const one = model('Wheel', { state: wheel, actions, properties: [back] })
    expect(await said(packedEngine(one, { exact: 'free' }))).toMatch(/complete holds/)
    // After a step of a state is noted, and before the state that it leads to is stored.
    const rewrite = (text: string) =>
      text.replace(
        'function claim(a, b, g, T, p) {',
        "$& if (count === 50) throw new RangeError('Array buffer allocation failed')",
      )
    const options = { exact: 'free', rewrite } as const
    expect(await said(packedEngine(one, options))).toMatch(/^50 bytes unknown/)
    for (const seed of SEEDS)
      expect(await said(engineInTurns(one, options, 1, choicesFrom(seed)))).toMatch(/^50 bytes unknown/)
  })
})

it('is cut when memory runs out while everything is looked at once more', async () => {
  let isSearching = true
  const high = always<typeof state>('High', {
    holds: () => {
      if (isSearching) return true
      throw new RangeError('Array buffer allocation failed')
    },
  })
  const one = model('Late', { state, actions: [goA], properties: [high] })
  const engine = packedEngine(one, { exact: 'free' })
  const { crossCheck } = engine
  const late = Object.assign(engine, {
    crossCheck() {
      isSearching = false
      crossCheck.call(engine)
    },
  })
  expect(await said(late)).toMatch(/^61 bytes unknown/)
})

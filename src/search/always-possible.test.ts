/** AG EF on graphs given by their edges. */
import { describe, expect, test } from 'vitest'
import { actionsOn } from '../modelling/action.ts'
import { model } from '../modelling/model.ts'
import { alwaysPossible } from '../modelling/property.ts'
import { range, record } from '../modelling/schema.ts'
import { NO_LIMITS, search } from './breadth-first.ts'
import type { Outcome } from './engine/outcome.ts'
import { packedEngine } from './packed/packed-engine.ts'
import { plainEngine } from './plain-engine.ts'

interface Question {
  readonly edges: readonly (readonly [number, number])[]
  readonly good: readonly number[]
  readonly asked?: readonly number[]
}

/** A model whose states are the nodes 0 to 9 of a graph. */
const graph = ({ edges, good, asked }: Question) => {
  const schema = record({ at: range(0, 9) })
  return model('Graph', {
    state: schema,
    actions: [
      actionsOn<typeof schema>()('Go', {
        choose: { edge: edges },
        guard: (s, { edge: [from] }) => s.at === from,
        effect: (d, { edge: [, to] }) => {
          d.at = to
        },
      }),
    ],
    properties: [
      alwaysPossible<typeof schema>('Good', {
        holds: (s) => good.includes(s.at),
        ...(asked && { whenever: (s: { at: number }) => asked.includes(s.at) }),
      }),
    ],
  })
}

const ENGINES = {
  plain: plainEngine,
  packed: (m: ReturnType<typeof graph>) => packedEngine(m, { exact: false }),
  'packed exact': (m: ReturnType<typeof graph>) => packedEngine(m, { exact: true }),
}

describe.for(Object.entries(ENGINES))('the %s engine', ([, engineOf]) => {
  const judge = async (question: Question) => {
    const outcome = await search(engineOf(graph(question)), { limits: NO_LIMITS, deadlock: false })
    const { verdict, path } = outcome.judgements[0]!
    return path ? `${verdict} in ${path.length - 1}` : verdict
  }

  test('finds that a cycle through the good state leaves it possible', async () => {
    expect(
      await judge({
        edges: [
          [0, 1],
          [1, 2],
          [2, 0],
        ],
        good: [1],
      }),
    ).toBe('holds')
  })

  test('finds the first state from which there is no way back', async () => {
    expect(
      await judge({
        edges: [
          [0, 1],
          [1, 0],
          [1, 2],
          [2, 3],
          [3, 2],
        ],
        good: [0],
      }),
    ).toBe('violated in 2')
  })

  test('finds the good state itself without successor possible', async () => {
    expect(
      await judge({
        edges: [
          [0, 1],
          [1, 2],
        ],
        good: [2],
      }),
    ).toBe('holds')
  })

  test('does not take a step on the spot for a way out', async () => {
    expect(
      await judge({
        edges: [
          [0, 1],
          [1, 1],
        ],
        good: [0],
      }),
    ).toBe('violated in 1')
  })

  test('judges only the states that are asked about', async () => {
    const edges = [
      [0, 1],
      [0, 2],
      [2, 3],
    ] as const
    expect(await judge({ edges, good: [3], asked: [2, 3] })).toBe('holds')
    expect(await judge({ edges, good: [3], asked: [1] })).toBe('violated in 1')
    expect(await judge({ edges, good: [3], asked: [9] })).toBe('vacuous')
  })
})

describe('a search that was cut', () => {
  /** A path of `length` states, a doomed branch off its second one, and the good state far away at its end. */
  const long = (length: number, branch: boolean) => {
    const schema = record({ at: range(0, length), lost: range(0, 1) })
    const action = actionsOn<typeof schema>()
    return model('Long', {
      state: schema,
      actions: [
        action('Lose', {
          guard: (s) => branch && s.at === 1 && s.lost === 0,
          effect: (d) => {
            d.lost = 1
          },
        }),
        action('Go', {
          guard: (s) => s.at < length && s.lost === 0,
          effect: (d) => {
            d.at += 1
          },
        }),
      ],
      properties: [alwaysPossible<typeof schema>('Arrives', { holds: (s) => s.at === length })],
    })
  }
  const cut = (branch: boolean): Promise<Outcome> =>
    search(packedEngine(long(5_000, branch), { exact: false }), {
      limits: { ...NO_LIMITS, states: 1_000 },
      deadlock: false,
    })

  test('does not call a state doomed whose successors it has not seen', async () => {
    const outcome = await cut(false)
    expect(outcome).toMatchObject({ complete: false, cut: 'states' })
    expect(outcome.judgements[0]).toEqual({ property: 'Arrives', kind: 'alwaysPossible', verdict: 'unknown' })
  })

  test('still names a state that is doomed for certain', async () => {
    const outcome = await cut(true)
    expect(outcome).toMatchObject({ complete: false, cut: 'states' })
    expect(outcome.judgements[0]).toMatchObject({ verdict: 'violated', path: [0, 1, 0] })
  })
})

/** Profiles: distributions that are known, the same as counted over the plain states, and a search none the wiser. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dieHard } from '../../examples/die-hard.ts'
import { failover } from '../../examples/failover.ts'
import { twoPhaseCommit } from '../../examples/two-phase-commit.ts'
import { actionsOn } from '../../modelling/action.ts'
import { eventsOf } from '../../modelling/events.ts'
import { type Model, model } from '../../modelling/model.ts'
import { measureOn } from '../../modelling/property.ts'
import { bag, bool, each, queue, range, record, type Schema, setOf } from '../../modelling/schema.ts'
import { plainInterpreter } from '../../state/plain/interpreter.ts'
import { listenersOf, type PlainState } from '../../state/plain/plain-state.ts'
import { show } from '../../state/print.ts'
import { modelOf, recipe } from '../../testing/models.ts'
import { check, NO_LIMITS } from '../breadth-first.ts'
import type { Outcome } from './outcome.ts'
import { entropyOf, type VariableProfile } from './profile.ts'

const profileOf = async (model: Model, exact = false) =>
  (await check(model, { exact, profile: true })).profile!

describe('entropy', () => {
  it.each([
    [[], 0],
    [[7], 0],
    [[1, 1], 1],
    [Array<number>(8).fill(5), 3],
    [[2, 1, 1], 1.5],
  ])('of counts %j is %f bits', (counts, bits) => {
    expect(
      entropyOf(
        counts,
        counts.reduce((a, b) => a + b, 0),
      ),
    ).toBeCloseTo(bits, 12)
  })
})

type Said = { Said: object }

/** Every variable goes through its values by itself, so that each combination is a state. */
const product = () => {
  const message = record({ n: range(0, 1), spare: range(0, 999_999), more: range(0, 999_999) })
  const schema = record({
    uniform: range(0, 7),
    constant: bool,
    member: each(['A', 'B'], record({ wide: range(-5_000, 5_000) })),
    few: setOf(range(0, 4)),
    many: setOf(range(0, 39)),
    bag: bag(message, 2),
    queue: queue(record({ n: range(0, 1) }), 2),
  })
  const action = actionsOn<typeof schema, Said>()
  const of = (n: 0 | 1) => ({ n, spare: 500_000 * n, more: 7 })
  const counting = measureOn<Said>()('Counting', {
    unit: 'times',
    memory: record({ count: range(0, 1) }),
    on: {
      Said(memory, _, meter) {
        memory.count = 1
        meter.reads(1)
      },
    },
  })
  return model('Product', {
    state: schema,
    events: eventsOf<Said>(['all'], { Said: () => ({ shape: 'mark', lane: 'all', text: 'said' }) }),
    actions: [
      action('Uniform', {
        choose: { to: [0, 1, 2, 3, 4, 5, 6, 7] },
        effect: (d, { to }) => {
          d.uniform = to
        },
      }),
      action('Wide', {
        choose: { to: [-5_000, 1, 2, 5_000] },
        effect: (d, { to }) => {
          d.member.B.wide = to
        },
      }),
      action('Few', { effect: (d) => void (d.few.has(3) ? d.few.delete(3) : d.few.add(3)) }),
      action('Many', { effect: (d) => void (d.many.has(35) ? d.many.delete(35) : d.many.add(35)) }),
      action('Put', {
        choose: { n: [0, 1] as const },
        guard: (s) => s.bag.length < 2,
        effect: (d, { n }) => d.bag.add(of(n)),
      }),
      action('Take', {
        choose: { n: [0, 1] as const },
        guard: (s, { n }) => s.bag.has(of(n)),
        effect: (d, { n }) => d.bag.remove(of(n)),
      }),
      action('Push', {
        choose: { n: [0, 1] as const },
        guard: (s) => s.queue.length < 2,
        effect: (d, { n }) => void d.queue.push({ n }),
      }),
      action('Shift', { guard: (s) => s.queue.length > 0, effect: (d) => void d.queue.shift() }),
      action('Say', { effect: (_d, _c, emit) => emit.Said({}) }),
    ],
    properties: [counting],
  })
}

describe('the profile of a product of variables', () => {
  it('has the entropy of each, slots of a channel joined and memories named by their property', async () => {
    const { states, variables, actions, storing } = await profileOf(product())
    const expected = [
      ['uniform', 8],
      ['constant', 1],
      ['member.A.wide', 1],
      ['member.B.wide', 4],
      ['few', 2],
      ['many', 2],
      ['bag', 6],
      ['queue', 7],
      ['Counting.count', 2],
    ] as const
    expect(variables.map(({ path, values }) => [path, values])).toEqual(expected)
    for (const { bits, values } of variables) expect(bits).toBeCloseTo(Math.log2(values), 5)
    expect(states).toBe(8 * 4 * 2 * 2 * 6 * 7 * 2)
    expect(actions.find(({ action }) => action === 'Uniform')).toMatchObject({
      tries: 8 * states,
      taken: 8 * states,
    })
    expect(actions.find(({ action }) => action === 'Shift')).toMatchObject({
      tries: states,
      taken: (states * 6) / 7,
    })
    const shares = actions.map(({ time }) => time!)
    expect(shares.reduce((a, b) => a + b, storing!)).toBeCloseTo(1, 2)
  })

  it('tells thousands of values apart', async () => {
    const schema = record({ n: range(0, 99_999) })
    const up = actionsOn<typeof schema>()('Up', {
      guard: (s) => s.n < 99_999,
      effect: (d) => {
        d.n += 1
      },
    })
    const { variables } = await profileOf(model('Counter', { state: schema, actions: [up] }))
    expect(variables[0]).toMatchObject({ path: 'n', values: 100_000 })
    expect(variables[0]!.bits).toBeCloseTo(Math.log2(100_000), 5)
  })

  it('says nothing of time after few states', async () => {
    const { actions, storing, states } = await profileOf(dieHard(3, 5, 4))
    expect(states).toBe(16)
    expect(storing).toBeUndefined()
    expect(actions.every((action) => !('time' in action))).toBe(true)
  })

  it('is over the expanded states of a search that was cut', async () => {
    const limits = { ...NO_LIMITS, states: 10_000 }
    const { profile, distinct, frontier, cut } = await check(twoPhaseCommit(6), { limits, profile: true })
    expect(cut).toBe('states')
    expect(profile!.states).toBe(distinct - frontier)
  })
})

/** What is counted over the plain states. */
const plainly = (model: Model): readonly VariableProfile[] => {
  const run = plainInterpreter(model)
  const states = new Map<string, PlainState>()
  const arrive = (from: PlainState, instances: typeof run.instances): void => {
    for (const instance of instances) {
      if (!run.enabled(from, instance)) continue
      const { state } = run.step(from, instance)
      const text = run.text(state)
      if (!states.has(text)) states.set(text, state)
    }
  }
  arrive(run.zero, run.initial)
  // A map that grows while it is walked through is walked to its end.
  for (const state of states.values()) arrive(state, run.instances)

  const counts = new Map<string, Map<string, number>>()
  const count = (schema: Schema, value: unknown, path: string): void => {
    const fields =
      schema.kind === 'record'
        ? Object.entries(schema.fields)
        : schema.kind === 'each'
          ? schema.identities.map((name) => [name, schema.element] as const)
          : undefined
    for (const [name, field] of fields ?? [])
      count(field, (value as Record<string, unknown>)[name], path === '' ? name : `${path}.${name}`)
    if (fields) return
    const of = counts.get(path) ?? new Map<string, number>()
    const text = show(schema, value)
    counts.set(path, of.set(text, (of.get(text) ?? 0) + 1))
  }
  for (const state of states.values()) {
    count(model.state, state.model, '')
    for (const { name, memory } of listenersOf(model)) count(memory, state.memory[name], name)
  }
  return [...counts].map(([path, of]) => ({
    path,
    values: of.size,
    bits: entropyOf(of.values(), states.size),
  }))
}

const expectPlain = async (model: Model): Promise<void> => {
  const { variables } = await profileOf(model)
  const plain = plainly(model)
  expect(variables.map(({ path, values }) => [path, values])).toEqual(
    plain.map(({ path, values }) => [path, values]),
  )
  plain.forEach(({ bits }, i) => {
    expect(variables[i]!.bits).toBeCloseTo(bits, 5)
  })
}

describe('values counted over packed states', () => {
  it.each([product(), twoPhaseCommit(4), failover(2, 1, 1)])('are those of plain states: $name', expectPlain)

  it('are those of plain states on random models, and the outcome is that without a profile', async () => {
    let compared = 0
    await fc.assert(
      fc.asyncProperty(recipe, fc.boolean(), async (r, exact) => {
        const model = modelOf(r)
        const limits = { ...NO_LIMITS, states: 300 }
        const without = await check(model, { exact, limits })
        const profiled = await check(model, { exact, limits, profile: true })
        expect(comparable(profiled)).toEqual(comparable(without))
        fc.pre(without.complete && without.distinct > 0)
        compared += 1
        await expectPlain(model)
      }),
      { seed: 6311, numRuns: 60, maxSkipsPerRun: 20 },
    )
    expect(compared).toBe(60)
  })
})

/** What must not depend on a profile. */
const comparable = ({ model: _, profile: _p, elapsedSeconds: _e, bytes: _b, ...outcome }: Outcome) => outcome

it('a search with a profile says what it says without', async () => {
  const model = twoPhaseCommit(6)
  const profiled = await check(model, { profile: true, deadlock: true })
  expect(comparable(profiled)).toEqual(comparable(await check(model, { deadlock: true })))
  expect(profiled.profile!.actions).toMatchObject(
    profiled.coverage.map(({ action, taken, fresh }) => ({ action, taken, fresh })),
  )
})

/** Traces: of all shortest ones the fewest changes of who acts, by walking over all of them on the plain interpreter. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { actionsOn } from '../modelling/action.ts'
import { eventsOf } from '../modelling/events.ts'
import { type Model, model } from '../modelling/model.ts'
import { always, alwaysPossible, monitorOn, sometimes } from '../modelling/property.ts'
import { each, range, record } from '../modelling/schema.ts'
import { plainInterpreter } from '../state/plain/interpreter.ts'
import type { PlainState } from '../state/plain/plain-state.ts'
import { modelOf, recipe } from '../testing/models.ts'
import { actorsOf, changesIn } from './actors.ts'
import { check } from './breadth-first.ts'
import type { Judgement, Path } from './engine/outcome.ts'
import { replay, shows } from './engine/path.ts'

const SEED = Number(process.env.CLUSTERCHECK_SEED ?? 6311)
const RUNS = Number(process.env.CLUSTERCHECK_RUNS ?? 60)

const changesOf = (model: Model, path: Path): number => {
  const { instances, actorOf } = actorsOf(model)
  return changesIn(path.slice(1).map((i) => actorOf(instances[i]!)))
}

/** Over all paths of the length of a judgement's: the fewest changes of those that show the same of its property. */
const fewest = (model: Model, { property, path }: Judgement): number => {
  const run = plainInterpreter(model)
  const { actorOf } = actorsOf(model)
  const p = model.properties.find(({ name }) => name === property)
  const end = run.text(replay(model, path!).steps.at(-1)!.state)
  type Reached = { readonly state: PlainState; readonly by: string | undefined; readonly changes: number }
  const isEnd = (state: PlainState, violated: ReadonlySet<string>): boolean =>
    p?.kind === 'monitor'
      ? violated.has(p.name)
      : p?.kind === 'always'
        ? !p.holds(state.model)
        : p?.kind === 'sometimes'
          ? p.holds(state.model)
          : run.text(state) === end
  let level: readonly Reached[] = [{ state: run.zero, by: undefined, changes: 0 }]
  let best = Number.POSITIVE_INFINITY
  for (let step = 0; step < path!.length; step++) {
    const next = new Map<string, Reached>()
    for (const { state, by, changes } of level)
      for (const instance of step === 0 ? run.initial : run.instances) {
        if (!run.enabled(state, instance)) continue
        const taken = run.step(state, instance)
        const actor = step === 0 ? undefined : actorOf(instance)
        const now = changes + (by === undefined || by === actor ? 0 : 1)
        if (step === path!.length - 1 && isEnd(taken.state, taken.violated)) best = Math.min(best, now)
        const key = `${actor} ${run.text(taken.state)}`
        if (now < (next.get(key)?.changes ?? Number.POSITIVE_INFINITY))
          next.set(key, { state: taken.state, by: actor, changes: now })
      }
    level = [...next.values()]
  }
  return best
}

const PLACES = 24
const ACTORS = ['A', 'B', 'C'] as const
type Events = { readonly moved: { readonly to: number } }
const events = eventsOf<Events>(['all'], {
  moved: ({ to }) => ({ shape: 'mark', lane: 'all', text: String(to) }),
})

/** A random graph of places, with steps a few places on by one of three or by nobody: two of each lead on, or nowhere. */
const places = fc
  .array(fc.array(fc.integer({ min: -1, max: 4 }), { minLength: 8, maxLength: 8 }), {
    minLength: PLACES,
    maxLength: PLACES,
  })
  .map((table) => {
    const state = record({ x: range(0, PLACES - 1), of: each(ACTORS, record({ none: range(0, 0) })) })
    const action = actionsOn<typeof state, Events>()
    const to = (x: number, column: number): number => {
      const by = table[x]![column]!
      return by < 0 || x + by >= PLACES ? -1 : x + by
    }
    const move = (name: string, at: readonly string[]) =>
      action(name, {
        choose: { k: [0, 1], at },
        guard: (s, { k, at }) => to(s.x, 2 * (ACTORS.indexOf(at as 'A') + 1) + k) >= 0,
        effect: (d, { k, at }, emit) => {
          d.x = to(d.x, 2 * (ACTORS.indexOf(at as 'A') + 1) + k)
          emit.moved({ to: d.x })
        },
      })
    return model('Places', {
      state,
      events,
      actions: [move('Somebody', ACTORS), move('Nobody', ['nobody'])],
      properties: [
        always<typeof state>('NotSoFar', { holds: (s) => s.x < PLACES - 4 }),
        sometimes<typeof state>('There', { holds: (s) => s.x > 9 && s.x < 12 }),
        alwaysPossible<typeof state>('ToTheEnd', { holds: (s) => s.x === PLACES - 1 }),
        monitorOn<Events>()('NotTwice', {
          memory: record({ last: range(0, PLACES) }),
          on: {
            moved: (m, { to }, judge) => {
              if (m.last === to && to > 6) judge.violated()
              m.last = to
            },
          },
        }),
      ],
    })
  })

test('random models: no other shortest trace has fewer changes of who acts', async () => {
  const compared = new Map<string, number>()
  let better = 0
  const compare = async (made: Model): Promise<void> => {
    const { judgements } = await check(made, { deadlock: true })
    for (const judgement of judgements) {
      const { verdict, path, property, kind } = judgement
      if (!path || (verdict !== 'violated' && verdict !== 'reached')) continue
      if (kind !== 'deadlock') expect(shows(replay(made, path), property)).toBe(true)
      expect(changesOf(made, path), property).toBe(fewest(made, judgement))
      if (changesOf(made, path) > 0) better += 1
      compared.set(kind, (compared.get(kind) ?? 0) + 1)
    }
  }
  await fc.assert(fc.asyncProperty(places, compare), { seed: SEED, numRuns: RUNS })
  await fc.assert(
    fc.asyncProperty(recipe, async (r) => {
      const made = modelOf(r)
      const { complete } = await check(made, { limits: { states: 200, seconds: 60, bytes: 1e9 } })
      fc.pre(complete)
      await compare(made)
    }),
    { seed: SEED, numRuns: RUNS / 2, maxSkipsPerRun: 20 },
  )
  expect(better).toBeGreaterThan(RUNS)
  for (const kind of ['always', 'sometimes', 'alwaysPossible', 'monitor', 'deadlock'])
    expect(compared.get(kind), kind).toBeGreaterThan(RUNS / 10)
})

/** Each of some threads counts to the end; `names` more than 31 take more than a word. */
const threads = (names: readonly string[], end: number): Model => {
  const state = record({ t: each(names, record({ pc: range(0, end) })), done: range(0, 1) })
  const action = actionsOn<typeof state>()
  return model('Threads', {
    state,
    actions: [
      action('Step', {
        choose: { at: names },
        guard: (s, { at }) => s.t[at]!.pc < end && names.indexOf(at) < 3,
        effect: (d, { at }) => {
          d.t[at]!.pc += 1
        },
      }),
    ],
    properties: [
      always<typeof state>('NotAll', { holds: (s) => !names.slice(0, 3).every((t) => s.t[t]!.pc === end) }),
      sometimes<typeof state>('Half', { holds: (s) => names.slice(0, 2).every((t) => s.t[t]!.pc === end) }),
    ],
  })
}

test.each([3, 40])(
  'of %i threads each takes its steps together, with and without symmetry',
  async (count) => {
    const made = threads(
      Array.from({ length: count }, (_, i) => `T${i}`),
      4,
    )
    for (const symmetry of count === 3 ? [false, true] : [false]) {
      const { judgements } = await check(made, { symmetry })
      expect(judgements.map(({ path }) => [path!.length, changesOf(made, path!)])).toEqual([
        [13, 2],
        [9, 1],
      ])
    }
  },
)

test('an action says who takes it', async () => {
  const state = record({ a: range(0, 2), b: range(0, 2) })
  const action = actionsOn<typeof state>()
  const step = (name: 'a' | 'b') =>
    action(`Step${name}`, {
      by: name === 'a' ? 'left' : ({ n }) => `right ${n > 0}`,
      choose: { n: [1] },
      guard: (s) => s[name] < 2,
      effect: (d) => {
        d[name] += 1
      },
    })
  const made = model('Two', {
    state,
    actions: [step('a'), step('b')],
    properties: [always<typeof state>('NotBoth', { holds: (s) => s.a + s.b < 4 })],
  })
  const { judgements } = await check(made)
  expect(replay(made, judgements[0]!.path!).steps.map(({ instance }) => instance.text)).toEqual([
    'init',
    ...['Stepa', 'Stepa', 'Stepb', 'Stepb'],
  ])
})

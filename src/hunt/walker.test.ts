/** The state that is changed in place against the plain interpreter, along random runs of random models. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { actionsOn, always, model, queue, range, record, setOf } from '../index.ts'
import { replay } from '../search/engine/path.ts'
import { plainInterpreter } from '../state/plain/interpreter.ts'
import { modelOf, recipe } from '../testing/models.ts'
import { confirmRun } from './confirm.ts'
import { randomOf } from './numbers.ts'
import { Runs } from './runs.ts'
import { Walker } from './walker.ts'
import { weightsOf } from './weights.ts'

const SEED = Number(process.env.CLUSTERCHECK_SEED ?? 6027)
const RUNS = Number(process.env.CLUSTERCHECK_RUNS ?? 200)
const RUNS_OF_EACH = 5

describe('the state that is changed in place', () => {
  test('is the plain state, and shows the same, along random runs of random models', () => {
    let steps = 0
    let shown = 0
    fc.assert(
      fc.property(recipe, (r) => {
        const model = modelOf(r)
        const walker = new Walker(model)
        const runs = new Runs(walker, { length: 32, weights: weightsOf(model) })
        const hashes = new Map<string, number>()
        for (let i = 0; i < RUNS_OF_EACH; i++) {
          const { value: run } = runs.generate(randomOf(SEED, i))
          expect(run.stumbled).toBe(false)
          confirmRun(walker, runs, run)
          const { text } = plainInterpreter(model)
          const key = text(replay(model, run.path).steps.at(-1)?.state ?? plainInterpreter(model).zero)
          expect(hashes.get(key) ?? walker.hash()).toBe(walker.hash())
          hashes.set(key, walker.hash())
          steps += run.path.length
          shown += run.shown.length
        }
        expect(new Set(hashes.values()).size).toBe(hashes.size)
      }),
      { seed: SEED, numRuns: RUNS, unbiased: true },
    )
    expect(steps).toBeGreaterThan(RUNS * RUNS_OF_EACH * 4)
    expect(shown).toBeGreaterThan(RUNS)
  })

  const state = record({
    n: range(0, 3),
    set: setOf(range(0, 3)),
    synch: queue(record({ n: range(0, 3) }), 1),
  })
  const action = actionsOn<typeof state>()
  const faulty = (body: Parameters<typeof action>[1]) =>
    model('Faulty', { state, actions: [action('Go', { ...body, choose: {} } as never)] })

  test.each([
    [
      'a value outside its domain',
      { effect: (d) => Object.assign(d, { n: 4 }) },
      /^n = 4 is outside 0\.\.3\./,
    ],
    ['an element outside its set', { effect: (d) => d.set.add(7) }, /^set was given 7/],
    [
      'a channel that overflows',
      { effect: (d) => d.synch.push({ n: 1 }) },
      /^synch overflows: message 2 was put into a queue of capacity 1\./,
    ],
    [
      'a message outside its domain',
      { effect: (d) => d.synch.push({ n: 9 }) },
      /^synch\[\]\.n = 9 is outside 0\.\.3\./,
    ],
    [
      'a set that is replaced',
      { effect: (d) => Object.assign(d, { set: new Set([1]) }) },
      /^set is a set and cannot be assigned\./,
    ],
    [
      'a guard that says neither true nor false',
      { guard: (s) => (s.n === 0 ? true : (1 as never)), effect: (d) => Object.assign(d, { n: 1 }) },
      /^The guard of Go returned 1; expected true or false\./,
    ],
    [
      'a guard that writes',
      { guard: (s) => Object.assign(s, { n: 1 }).n > 0, effect: () => {} },
      /^The guard of Go changed n from 0 to 1; guards only read\./,
    ],
    [
      'an effect that fails',
      { effect: () => void (undefined as unknown as { x: number }).x },
      /^The model's own code failed: /,
    ],
  ] satisfies readonly (readonly [string, Parameters<typeof action>[1], RegExp])[])(
    'tells of %s as the plain interpreter does',
    (_, body, problem) => {
      const made = faulty(body)
      const walker = new Walker(made)
      const runs = new Runs(walker, { length: 8, weights: [1] })
      const { value: run } = runs.generate(randomOf(SEED, 0))
      expect(() => confirmRun(walker, runs, run)).toThrow(problem)
    },
  )

  test('is not taken for the plain one when a property differs', () => {
    // An object that outlives its step is another in each interpreter.
    const seen = new WeakSet<object>()
    const known = always<typeof state>('Known', {
      holds: (s) => {
        const before = seen.has(s)
        seen.add(s)
        return !before
      },
    })
    const made = model('Known', {
      state,
      actions: [action('Go', { effect: (d) => Object.assign(d, { n: 1 - d.n }) })],
      properties: [known],
    })
    const walker = new Walker(made)
    const runs = new Runs(walker, { length: 8, weights: [1] })
    const { value: run } = runs.generate(randomOf(SEED, 0))
    expect(() => confirmRun(walker, runs, run)).toThrow(/^What Known says first is after step/)
  })
})

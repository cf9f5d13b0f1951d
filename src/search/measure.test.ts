/** Measures: the largest reading over all steps, a shortest path to it, and what a search that was cut may say. */
import { describe, expect, test } from 'vitest'
import { actionsOn } from '../modelling/action.ts'
import { eventsOf } from '../modelling/events.ts'
import { model } from '../modelling/model.ts'
import { type Measure, measureOn } from '../modelling/property.ts'
import { range, record } from '../modelling/schema.ts'
import { check, NO_LIMITS, search } from './breadth-first.ts'
import { replay, shows } from './engine/path.ts'
import { checkNaively } from './naive.ts'
import { plainEngine } from './plain-engine.ts'

type Sent = { Sent: { n: number } }
const schema = record({ n: range(0, 9) })
const action = actionsOn<typeof schema, Sent>()

/** A counter up to `end` that goes by 1 or 2, says each of its values, and can say each again. */
const counter = (end: number, ...properties: readonly Measure[]) =>
  model('Counter', {
    state: schema,
    events: eventsOf<Sent>(['all'], { Sent: () => ({ shape: 'mark', lane: 'all', text: 'sent' }) }),
    actions: [
      action('Up', {
        choose: { by: [1, 2] },
        guard: (s, { by }) => s.n + by <= end,
        effect: (d, { by }, emit) => {
          d.n += by
          emit.Sent({ n: d.n })
        },
      }),
      action('Again', { effect: (d, _, emit) => emit.Sent({ n: d.n }) }),
    ],
    properties,
  })

const measure = measureOn<Sent>()
const words = { unit: 'values', memory: record({}) }
/** Reads what a function of the value gives; nothing where it gives nothing. */
const reading = (name: string, of: (n: number) => number | undefined): Measure =>
  measure(name, {
    ...words,
    on: {
      Sent(_, { n }, meter) {
        const value = of(n)
        if (value !== undefined) meter.reads(value)
      },
    },
  })

const highest = reading('Highest', (n) => n)
const lowest = reading('Lowest', (n) => (n === 0 ? -1 : -n / 4))
/** Many steps read the largest value: 1 for 1 and 2, 0 otherwise. */
const flat = reading('Flat', (n) => (n === 1 || n === 2 ? 1 : 0))
const silent = reading('Silent', () => undefined)
/** Counts in its memory, which makes more states. */
const sent = measure('SentInAll', {
  unit: 'messages',
  memory: record({ count: range(0, 3) }),
  on: {
    Sent(memory, _, meter) {
      if (memory.count < 3) memory.count += 1
      meter.reads(memory.count)
      meter.reads(memory.count / 2)
    },
  },
})

const ENGINES = {
  plain: (m: ReturnType<typeof counter>, limits = NO_LIMITS) =>
    search(plainEngine(m), { limits, deadlock: false }),
  packed: (m: ReturnType<typeof counter>, limits = NO_LIMITS) => check(m, { limits }),
  'packed exact': (m: ReturnType<typeof counter>, limits = NO_LIMITS) => check(m, { limits, exact: true }),
}

describe.for(Object.entries(ENGINES))('the %s engine', ([, run]) => {
  test('says the largest reading with the first of the shortest paths to it', async () => {
    const { judgements } = await run(counter(5, highest, lowest, flat, silent))
    expect(judgements).toEqual([
      { property: 'Highest', kind: 'measure', verdict: 'measured', value: 5, path: [0, 0, 1, 1] },
      { property: 'Lowest', kind: 'measure', verdict: 'measured', value: -0.25, path: [0, 0] },
      { property: 'Flat', kind: 'measure', verdict: 'measured', value: 1, path: [0, 0] },
      { property: 'Silent', kind: 'measure', verdict: 'vacuous' },
    ])
  })

  test('takes the largest of several readings of a step, and the memory into the state', async () => {
    const { judgements, distinct } = await run(counter(0, sent))
    expect(judgements[0]).toMatchObject({ value: 3, path: [0, 2, 2, 2] })
    expect(distinct).toBe(4)
  })

  test('keeps the largest reading so far when it was cut, and calls nothing vacuous', async () => {
    const outcome = await run(counter(9, highest, silent), { ...NO_LIMITS, bytes: 1 })
    expect(outcome.cut).toBe('bytes')
    const [cut, unheard] = outcome.judgements
    expect(cut).toMatchObject({ verdict: 'unknown', value: expect.any(Number) })
    expect(shows(replay(outcome.model, cut!.path!), 'Highest', cut!.value)).toBe(true)
    expect(unheard).toEqual({ property: 'Silent', kind: 'measure', verdict: 'unknown' })
  })
})

test('the naive checker says the same', () => {
  expect(checkNaively(counter(5, highest, lowest, silent)).verdicts).toEqual({
    Highest: { verdict: 'measured', value: 5, length: 3 },
    Lowest: { verdict: 'measured', value: -0.25, length: 1 },
    Silent: { verdict: 'vacuous' },
  })
})

test('a trace shows a reading at its last step and not before', () => {
  const m = counter(5, highest)
  const told = (path: readonly number[], value?: number) => shows(replay(m, path), 'Highest', value)
  expect(told([0, 1, 0], 3)).toBe(true)
  expect(told([0, 1, 0], 2)).toBe(false)
  expect(told([0, 1, 0])).toBe(false)
  expect(told([0, 1, 0, 2], 3)).toBe(false)
})

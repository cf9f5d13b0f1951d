/** Models that are not well formed: `model` refuses them with one sentence. */
import { describe, expect, test } from 'vitest'
import { type Action, actionsOn, choicesOf } from './action.ts'
import { eventsOf } from './events.ts'
import { type FaultData, ModelFault, quote } from './fault.ts'
import { isModel, model } from './model.ts'
import { always, alwaysPossible, measureOn, monitorOn, type Property, sometimes } from './property.ts'
import {
  bag,
  bool,
  each,
  id,
  oneOf,
  queue,
  type RecordOf,
  range,
  record,
  type Schema,
  setOf,
} from './schema.ts'

const state = record({ count: range(0, 3) })
const action = actionsOn<typeof state>()
const step = action('Step', { effect: () => {} })

interface Parts {
  readonly state?: RecordOf
  readonly initial?: readonly Action[]
  readonly actions?: readonly Action[]
  readonly properties?: readonly Property[]
}

const faultIn = (parts: Parts): FaultData => {
  try {
    model('M', { state, actions: [step], ...parts })
  } catch (fault) {
    if (fault instanceof ModelFault) return fault.data
    throw fault
  }
  throw new Error('the model was accepted')
}

const holds = () => true
const ever = (name: string) => sometimes(name, { holds })
const many = <T>(n: number, of: (i: number) => T): readonly T[] => Array.from({ length: n }, (_, i) => of(i))
const listener = monitorOn<{ Sent: object; Lost: object }>()('Heard', {
  memory: record({ twice: bool }),
  on: { Sent: () => {}, Lost: () => {} },
})

describe('model refuses', () => {
  test.for<readonly [title: string, parts: Parts, problem: string]>([
    ['a list of actions without any', { actions: [] }, 'The model has no actions.'],
    [
      'a list of initial actions without any',
      { initial: [] },
      'The model has no initial state: its list of initial actions is empty.',
    ],
    [
      'two actions of one name',
      { actions: [step, step] },
      "Two actions are called 'Step'; names must differ.",
    ],
    [
      'an initial action with the name of an action',
      { initial: [step] },
      "Two actions are called 'Step'; names must differ.",
    ],
    [
      'two properties of one name',
      { properties: [ever('Reached'), always('Reached', { holds })] },
      "Two properties are called 'Reached'; names must differ.",
    ],
    [
      'two properties of one label',
      { properties: [ever('Reached'), always('Kept', { label: 'Reached', holds })] },
      "Two property labels are called 'Reached'; names must differ.",
    ],
    [
      'more properties than one search judges',
      { properties: many(32, (i) => ever(`P${i}`)) },
      'The model has 32 properties; at most 31 are judged in one search.',
    ],
    [
      'more properties about what stays possible than one search marks',
      { properties: many(9, (i) => alwaysPossible(`P${i}`, { holds })) },
      'The model has 9 properties of the kinds alwaysPossible, eventually, leadsTo and repeatedly; at most 8 are judged in one search.',
    ],
    [
      'a choice out of nothing',
      { actions: [action('Send', { choose: { to: [] }, effect: () => {} })] },
      "Parameter 'to' of action 'Send' has an empty domain; the action could never fire.",
    ],
    [
      'a choice that lists a value twice',
      { actions: [action('Send', { choose: { to: ['a', 'b', 'a'] }, effect: () => {} })] },
      "Parameter 'to' of action 'Send' lists a value twice.",
    ],
    [
      'more action instances than can be numbered',
      {
        actions: [
          action('Send', { choose: { x: many(256, Number), y: many(256, Number) }, effect: () => {} }),
        ],
      },
      'The model has 65536 action instances; at most 65535 can be numbered.',
    ],
    [
      'more initial instances than can be numbered',
      { initial: [action('Begin', { choose: { x: many(65_536, Number) }, effect: () => {} })] },
      'The model has 65536 initial instances; at most 65535 can be numbered.',
    ],
    [
      'a monitor of events that are not emitted',
      { properties: [listener] },
      "Monitor 'Heard' listens to 'Sent', which the model does not emit. Known: none.",
    ],
  ])('%s', ([, parts, problem]) => {
    expect(faultIn(parts)).toMatchObject({ problem, model: 'M' })
  })

  test.for<readonly [title: string, field: Schema, problem: string]>([
    ['a name out of no values', oneOf(), 'state.x has an empty domain.'],
    ['a name out of values that repeat', oneOf('a', 'a'), 'state.x lists a value twice.'],
    ['an identity out of none', id([]), 'state.x has an empty domain.'],
    ['an identity that is called like none', id(['a', 'b'], 'a'), 'state.x lists a value twice.'],
    ['a set of nothing', setOf([]), 'state.x has an empty domain.'],
    ['a range that ends before it begins', range(1, 0), 'state.x has an empty domain: 1..0.'],
    [
      'a range between fractions',
      range(0, 0.5),
      'state.x ranges over 0..0.5; both ends must be whole numbers within 536870912 of zero.',
    ],
    [
      'a range without end',
      range(0, Infinity),
      'state.x ranges over 0..Infinity; both ends must be whole numbers within 536870912 of zero.',
    ],
    [
      'a field that is not a name',
      record({ 'a-b': bool }),
      "Field 'a-b' of state.x is not a name of letters and digits.",
    ],
    [
      'a field that every object has',
      record({ constructor: bool }),
      "Field 'constructor' of state.x has a name that every object has.",
    ],
    [
      'an identity that every object has',
      each(['__proto__'], record({ up: bool })),
      "Identity '__proto__' of state.x is a name that objects use for themselves.",
    ],
    ['a record for each of nobody', each([], record({ up: bool })), 'state.x has an empty domain.'],
    [
      'a fault below an each',
      each(['a', 'b'], record({ n: range(2, 1) })),
      'state.x.*.n has an empty domain: 2..1.',
    ],
    [
      'a channel of a fractional capacity',
      queue(record({ n: bool }), 1.5),
      'state.x has capacity 1.5; it must be a whole number of messages.',
    ],
    [
      'a channel inside a message',
      bag(record({ inner: queue(record({ n: bool }), 1) }), 1),
      'state.x[].inner is a queue inside a message; messages are flat.',
    ],
    [
      'a record for each identity inside a message',
      queue(record({ inner: each(['a'], record({ n: bool })) }), 1),
      'state.x[].inner is a record per identity inside a message; messages are flat.',
    ],
    [
      'a set in a message that is too large for it',
      queue(record({ inner: setOf(range(0, 30)) }), 1),
      'state.x[].inner has 31 values; a set in a message holds at most 30.',
    ],
  ])('%s', ([, field, problem]) => {
    expect(faultIn({ state: record({ x: field }) })).toEqual({ problem, model: 'M' })
  })

  test('a memory that is not well formed, by the name of its monitor', () => {
    const forgets = monitorOn<Record<never, never>>()('Heard', { memory: record({ n: range(3, 1) }), on: {} })
    expect(faultIn({ properties: [forgets] }).problem).toBe('Heard.n has an empty domain: 3..1.')
  })
})

test('a monitor of an unknown event is told which events there are', () => {
  const depict = () => ({ shape: 'mark', lane: 'a', text: '' }) as const
  const events = eventsOf<{ Sent: object; Seen: object }>(['a'], { Sent: depict, Seen: depict })
  expect(() => model('M', { state, events, actions: [step], properties: [listener] })).toThrow(
    "Monitor 'Heard' listens to 'Lost', which the model does not emit. Known: Sent, Seen.",
  )
})

test('a measure is refused like a monitor, and without a unit', () => {
  const load = (unit: string, on = {}) =>
    measureOn<{ Lost: object }>()('Load', { unit, memory: record({ n: range(0, 1) }), on })
  expect(faultIn({ properties: [load('messages', { Lost: () => {} })] }).problem).toBe(
    "Measure 'Load' listens to 'Lost', which the model does not emit. Known: none.",
  )
  expect(faultIn({ properties: [load('')] }).problem).toBe(
    "The unit of measure 'Load' is ''; expected a word, such as messages.",
  )
})

test('a value in a sentence is written as in code', () => {
  const circle: { own?: object } = {}
  circle.own = circle
  expect(['a', 1, true, undefined, null, { a: [1] }, new Set(['a', 'b']), circle].map(quote)).toEqual([
    "'a'",
    '1',
    'true',
    'undefined',
    'null',
    '{"a":[1]}',
    '{a, b}',
    'an object that cannot be shown',
  ])
})

test('what is shown of an action is on one line, and nothing else of it is touched', () => {
  const odd = { ...step, source: 'RFC 6027,\n  section 3.3', note: 'two\nlines' }
  const plain = { ...step, name: 'Other' }
  const made = model('M', { state, actions: [odd, plain] })
  expect(made.actions[0]).toEqual({ ...odd, source: 'RFC 6027, section 3.3' })
  expect(made.actions[1]).toBe(plain)
})

test('an empty domain comes with a hint', () => {
  const never = action('Send', { choose: { to: [] }, effect: () => {} })
  expect(faultIn({ actions: [never] }).hint).toBe('leave the action out where its domain is empty')
})

test('a model of identities with spaces, a capacity of 0 and a range of one value is accepted', () => {
  const odd = record({
    member: each(['member 1', '2'], record({ up: bool })),
    closed: queue(record({ n: bool }), 0),
    fixed: range(7, 7),
  })
  expect(
    isModel(model('Odd', { state: odd, actions: [actionsOn<typeof odd>()('Step', { effect: () => {} })] })),
  ).toBe(true)
})

test('nothing else than what model returns is a model', () => {
  expect([undefined, null, 3, {}, { kind: 'model' }, step].some(isModel)).toBe(false)
})

test('the choices of an action vary in their last parameter first and are frozen', () => {
  const choices = choicesOf(action('Send', { choose: { to: ['a', 'b'], n: [1, 2] }, effect: () => {} }))
  expect(choices).toEqual([
    { to: 'a', n: 1 },
    { to: 'a', n: 2 },
    { to: 'b', n: 1 },
    { to: 'b', n: 2 },
  ])
  expect(choices.every(Object.isFrozen)).toBe(true)
  expect(choicesOf(step)).toEqual([{}])
})

test('a field that nothing reads is refused, and named', () => {
  const misspelt = { gaurd: () => true, effect: () => {} }
  expect(() => action('Send', misspelt)).toThrow(
    /^The action 'Send' has a field 'gaurd', which nothing reads\. Known: choose, shows, weight, fault, by, guard, effect\./,
  )
  const init = { state, actions: [step], init: () => {} }
  expect(() => model('M', init)).toThrow(
    /^The model has a field 'init', which nothing reads\. Known: about, state, /,
  )
  const situated = { holds: () => true, situations: () => true }
  expect(() => model('M', { state, actions: [step], properties: [always('Low', situated)] })).toThrow(
    /^The property 'Low' has a field 'situations', which nothing reads\. Known: kind, name, /,
  )
})

/** Faults of effects: both interpreters say the same sentence, and say where it happened. */
import { describe, expect, test } from 'vitest'
import { take } from '../modelling/draft.ts'
import { faultText, quote } from '../modelling/fault.ts'
import { model } from '../modelling/model.ts'
import { measureOn, monitorOn } from '../modelling/property.ts'
import { range, record } from '../modelling/schema.ts'
import { check } from '../search/breadth-first.ts'
import {
  action,
  begunWith,
  type Case,
  faultOf,
  forged,
  INTERPRETERS,
  MEMBER,
  type Seen,
  state,
} from '../testing/faulty.ts'

const CASES: readonly Case[] = [
  [
    'a number outside its range',
    action('Step', {
      effect: (d) => {
        d.count += 3
      },
    }),
    'count',
    'count = 4 is outside 0..3.',
  ],
  [
    'a number below its range',
    action('Step', {
      effect: (d) => {
        d.member.b.sent -= 1
      },
    }),
    'member.b.sent',
    'member.b.sent = 0 is outside 1..2.',
  ],
  [
    'a number that is not whole',
    action('Step', {
      effect: (d) => {
        d.count /= 2
      },
    }),
    'count',
    'count = 0.5 is outside 0..3.',
  ],
  [
    'a name that is not among the values',
    action('Step', {
      effect: (d) => {
        d.phase = forged('lost')
      },
    }),
    'phase',
    "phase = 'lost' is outside idle, busy.",
  ],
  [
    'an identity that does not exist',
    action('Step', {
      effect: (d) => {
        d.owner = forged('c')
      },
    }),
    'owner',
    "owner = 'c' is outside nobody, a, b.",
  ],
  [
    'something else than a boolean',
    action('Step', {
      effect: (d) => {
        d.member.a.ready = forged(1)
      },
    }),
    'member.a.ready',
    'member.a.ready = 1 is outside false, true.',
  ],
  [
    'nothing at all',
    action('Step', {
      effect: (d) => {
        d.count = forged(undefined)
      },
    }),
    'count',
    'count = undefined is outside 0..3.',
  ],
  [
    'an element that a set cannot hold',
    action('Step', {
      effect: (d) => {
        d.seen.add(3)
      },
    }),
    'seen',
    'seen was given 3, which is outside 0, 1, 2.',
  ],
  [
    'a message too many in a queue',
    action('Step', { effect: (d) => d.synch.push({ value: 0 }) }),
    'synch',
    'synch overflows: message 2 was put into a queue of capacity 1.',
  ],
  [
    'a message too many for a moment only',
    action('Step', {
      effect: (d) => {
        d.synch.push({ value: 0 })
        d.synch.shift()
      },
    }),
    'synch',
    'synch overflows: message 2 was put into a queue of capacity 1.',
  ],
  [
    'a message in a queue without capacity',
    action('Step', { effect: (d) => d.closed.push({ value: 0 }) }),
    'closed',
    'closed overflows: message 1 was put into a queue of capacity 0.',
  ],
  [
    'a message too many in a bag',
    action('Step', {
      effect: (d) => {
        d.net.add({ kind: 'request', id: 0 })
        d.net.add({ kind: 'request', id: 0 })
      },
    }),
    'net',
    'net overflows: message 3 was put into a bag of capacity 2.',
  ],
  [
    'a message with a field outside its domain',
    action('Step', { effect: (d) => d.net.add({ kind: 'response', id: 2 }) }),
    'net',
    'net[].id = 2 is outside 0..1.',
  ],
  [
    'a message without a field',
    action('Step', { effect: (d) => d.net.add(forged({ kind: 'response' })) }),
    'net',
    'net[].id = undefined is outside 0..1.',
  ],
  [
    'the removal of a message that is not there',
    action('Step', { effect: (d) => d.net.remove({ kind: 'response', id: 1 }) }),
    'net',
    'net holds [{kind: request, id: 1}], so {kind: response, id: 1} cannot be removed from it.',
  ],
  [
    'taking from an empty queue',
    action('Step', {
      effect: (d) => {
        take(d.synch)
        take(d.synch)
      },
    }),
    'synch',
    'synch is empty, so no message can be taken from it.',
  ],
  [
    'an error of its own',
    action('Step', {
      effect: () => {
        throw new TypeError('the table has no row 7.')
      },
    }),
    undefined,
    "The model's own code failed: the table has no row 7.",
  ],
]

describe.for(Object.entries(INTERPRETERS))('the %s interpreter', ([, run]) => {
  test.for(CASES)('names %s', async ([, faulty, variable, problem]) => {
    const found = await faultOf(run, begunWith(faulty))
    expect(found.problem).toBe(problem)
    expect(found.variable).toBe(variable)
    expect(found.model).toBe('Faulty')
    expect(found.step).toBe('Step')
    expect(found.path).toEqual(['init', 'Begin'])
  })

  test('names the memory of a monitor', async () => {
    const counts = monitorOn<Seen>()('Counted', {
      memory: record({ total: range(0, 2) }),
      on: {
        Seen: (memory, { value }) => {
          memory.total += value
        },
      },
    })
    const emits = action('Step', { effect: (_d, _choice, emit) => emit.Seen({ value: 2 }) })
    const found = await faultOf(run, begunWith(emits, [counts]))
    expect(found).toMatchObject({
      problem: 'Counted.total = 4 is outside 0..2.',
      variable: 'Counted.total',
      step: 'Step',
      path: ['init', 'Begin', 'Step'],
    })
  })

  test.for([Number.NaN, Infinity, '3'])('names a measure that reads %s', async (reading) => {
    const load = measureOn<Seen>()('Load', {
      unit: 'messages',
      memory: record({}),
      on: { Seen: (_memory, _event, meter) => meter.reads(forged(reading)) },
    })
    const emits = action('Step', { effect: (_d, _choice, emit) => emit.Seen({ value: 2 }) })
    expect(await faultOf(run, begunWith(emits, [load]))).toMatchObject({
      problem: `The measure Load reads ${quote(reading)} at an event Seen; expected a finite number.`,
      step: 'Step',
      path: ['init', 'Begin'],
    })
  })

  test('says where an initial state goes wrong', async () => {
    const m = model('Faulty', {
      state,
      initial: (d) => {
        d.count = 9
      },
      actions: [action('Step', { effect: () => {} })],
    })
    expect(await faultOf(run, m)).toEqual({
      problem: 'count = 9 is outside 0..3.',
      variable: 'count',
      model: 'Faulty',
      step: 'init',
      path: [],
    })
  })
})

test('the packed interpreter names an effect that does not end', async () => {
  const endless = action('Step', {
    effect: (d) => {
      for (;;) d.member.a.ready = !d.member.a.ready
    },
  })
  const found = await faultOf(check, begunWith(endless))
  expect(found.problem).toBe('One effect made more than 4096 writes.')
  expect(found.step).toBe('Step')
})

test('the packed interpreter names an effect that reads without end', async () => {
  const endless = action('Step', {
    effect: (d) => {
      while (d.synch.at(0)) d.count = 2
    },
  })
  expect((await faultOf(check, begunWith(endless))).problem).toBe(
    'One effect made more than 64 reads of messages.',
  )
})

test('the text of a fault says what, in which model and step, and after which steps', async () => {
  const faulty = action('Step', {
    choose: { to: MEMBER, n: [7, 8] },
    effect: (d) => d.synch.push({ value: 0 }),
  })
  expect(faultText(await faultOf(check, begunWith(faulty)))).toBe(
    [
      'synch overflows: message 2 was put into a queue of capacity 1.',
      '  model  Faulty',
      '  in     Step(to: a, n: 7)',
      '  after  init, Begin',
    ].join('\n'),
  )
})

/**
 * What the compiler refuses in a model. Nothing here runs: `tsc` fails when one of these lines is accepted.
 */
import { expectTypeOf, test } from 'vitest'
import { actionsOn } from './action.ts'
import { type Draft, take, type View } from './draft.ts'
import { model } from './model.ts'
import { observerOn } from './observer.ts'
import { parameters } from './parameters.ts'
import { always, monitorOn, refines, type Specification, step } from './property.ts'
import { bag, bool, each, id, oneOf, queue, range, record, setOf } from './schema.ts'

const MEMBER = ['a', 'b'] as const
const schema = record({
  phase: oneOf('idle', 'busy'),
  owner: id(MEMBER, 'nobody'),
  count: range(0, 3),
  member: each(MEMBER, record({ up: bool, sent: range(0, 3) })),
  peer: record({ highest: range(0, 3), seen: setOf(MEMBER) }),
  numbers: setOf(range(1, 3)),
  synch: queue(record({ about: oneOf('ike', 'esp'), value: range(0, 3) }), 2),
  net: bag(record({ to: id(MEMBER), body: record({ id: range(0, 3) }) }), 2),
})
type Wire = { Sent: { by: 'a' | 'b'; value: number } }
const action = actionsOn<typeof schema, Wire>()

/** Takes a closure and never runs it. */
const refused = (_: () => unknown) => {}

test('a guard cannot write', () => {
  refused(() =>
    action('A', {
      guard: (s) => {
        // @ts-expect-error: a view's scalars are read-only
        s.count = 1
        // @ts-expect-error: so are those of a member
        s.member.a.up = true
        // @ts-expect-error: a viewed set has no add
        s.peer.seen.add('a')
        // @ts-expect-error: a viewed queue has no push
        s.synch.push({ about: 'ike', value: 1 })
        // @ts-expect-error: a viewed queue is not taken from
        take(s.synch)
        // @ts-expect-error: a viewed bag has no remove
        s.net.remove({ to: 'a', body: { id: 0 } })
        return true
      },
      effect: () => {},
    }),
  )
})

test('an observer sees events of its model, and says texts', () => {
  refused(() => {
    const observe = observerOn<Wire>()
    observe({
      memory: record({ last: range(0, 3) }),
      on: {
        Sent: (memory, { value }) => {
          memory.last = value
          // @ts-expect-error: events carry what they carry
          value.by
          // @ts-expect-error: a value outside of its kind
          memory.last = 'one'
          return `sent ${value}`
        },
      },
    })
    // @ts-expect-error: what is seen is a text
    observe({ on: { Sent: (_, { value }) => value } })
    // @ts-expect-error: no such event
    observe({ on: { Received: () => 'received' } })
    const compared = { specification: {} as Specification, sees: observe({ on: {} }) }
    refines('Is', { ...compared, goals: (text) => (text === 'sent' ? text : undefined) })
    // @ts-expect-error: a goal is a text, or there is none
    refines('Is', { ...compared, goals: (text) => text.length })
    // @ts-expect-error: without a specification there is nothing to compare with
    return refines('Is', { sees: observe({ on: {} }) })
  })
})

test('a property of steps reads two states, and a constraint reads one', () => {
  refused(() => {
    step<typeof schema>('S', (before, after, { name }) => {
      // @ts-expect-error: the state before is read-only
      before.count = 1
      // @ts-expect-error: so is that after
      after.synch.push({ about: 'ike', value: 1 })
      // @ts-expect-error: no such field
      return before.size === after.count && name === 'Send'
    })
    // @ts-expect-error: it says yes or no
    step<typeof schema>('S', (before) => before.count)
    model('M', {
      state: schema,
      actions: [],
      constraint: (s) => {
        // @ts-expect-error: a constraint reads only
        s.count = 2
        return s.count < 2
      },
    })
    // @ts-expect-error: it says yes or no
    return model('M', { state: schema, actions: [], constraint: (s) => s.count })
  })
})

test('parameters have domains, and their values have types', () => {
  refused(() => {
    parameters(
      { members: range(1, 3), lossy: bool, how: oneOf('fast', 'slow') },
      ({ members, lossy, how }) => {
        // @ts-expect-error: a number is no word
        members satisfies string
        // @ts-expect-error: a bool is no number
        lossy satisfies number
        // @ts-expect-error: not among the words
        how satisfies 'fast'
        return model('M', { state: schema, actions: [] })
      },
    )
    // @ts-expect-error: a usual value of another kind
    parameters({ members: range(1, 3) }, () => model('M', { state: schema, actions: [] }), { members: 'two' })
    // @ts-expect-error: sets are no parameters
    parameters({ members: setOf(MEMBER) }, () => model('M', { state: schema, actions: [] }))
    // @ts-expect-error: a model is made
    parameters({ members: range(1, 3) }, ({ members }) => members)
  })
})

test('a property cannot write', () => {
  refused(() =>
    always<typeof schema>('P', {
      holds: (s) => {
        // @ts-expect-error: a view's scalars are read-only
        s.count = 1
        return true
      },
      situation: (s) => {
        // @ts-expect-error: a situation is asked for, not made
        s.peer.highest = 1
        return true
      },
    }),
  )
})

test('a value stays in its domain', () => {
  refused(() =>
    action('A', {
      effect: (d) => {
        // @ts-expect-error: 'lost' is not a value of phase
        d.phase = 'lost'
        // @ts-expect-error: 'c' is not a member
        d.owner = 'c'
        // @ts-expect-error: a number is not a boolean
        d.member.a.up = 1
        // @ts-expect-error: a name is not a number
        d.count = 'one'
        // @ts-expect-error: 'c' is not in the domain of the set
        d.peer.seen.add('c')
        // @ts-expect-error: the set holds numbers
        d.numbers.add('1')
      },
    }),
  )
  // @ts-expect-error: comparing with a name that phase never has
  refused(() => action('A', { guard: (s) => s.phase === 'lost', effect: () => {} }))
})

test('structure is never replaced', () => {
  refused(() =>
    action('A', {
      effect: (d) => {
        // @ts-expect-error: a record is a place, not a value
        d.peer = { highest: 1, seen: new Set<'a' | 'b'>() }
        // @ts-expect-error: one member is not assigned to another
        d.member.a = d.member.b
        // @ts-expect-error: a set is a place
        d.numbers = new Set([1])
        // @ts-expect-error: a queue is a place
        d.synch = []
        // @ts-expect-error: the members are fixed
        d.member = { a: { up: true, sent: 0 }, b: { up: true, sent: 0 } }
      },
    }),
  )
})

test('what does not exist has no name', () => {
  // @ts-expect-error: there is no member c
  refused(() => action('A', { guard: (s) => s.member.c.up, effect: () => {} }))
  // @ts-expect-error: there is no variable of this name
  refused(() => action('A', { guard: (s) => s.cuont > 0, effect: () => {} }))
  refused(() =>
    action('A', {
      choose: { to: MEMBER },
      // @ts-expect-error: the action chooses `to`, not `by`
      guard: (s, { by }) => s.owner === by,
      effect: () => {},
    }),
  )
  // @ts-expect-error: an action without `choose` has no choices
  refused(() => action('A', { guard: (s, { to }) => s.owner === to, effect: () => {} }))
  refused(() =>
    action('A', {
      choose: { to: ['a', 'c'] },
      // @ts-expect-error: the domain of `to` is not that of the members
      guard: (s, { to }) => s.member[to].up,
      effect: () => {},
    }),
  )
})

test('a message has the fields of its channel', () => {
  refused(() =>
    action('A', {
      effect: (d) => {
        // @ts-expect-error: `about` is ike or esp
        d.synch.push({ about: 'ah', value: 1 })
        // @ts-expect-error: `value` is missing
        d.synch.push({ about: 'ike' })
        // @ts-expect-error: `extra` is no field
        d.synch.push({ about: 'ike', value: 1, extra: true })
        // @ts-expect-error: `body` is a record
        d.net.add({ to: 'a', body: 1 })
        // @ts-expect-error: `to` is a member
        d.net.add({ to: 'nobody', body: { id: 1 } })
        // @ts-expect-error: a message is a value: it is not written in place
        take(d.synch).value = 1
        // @ts-expect-error: a queue has no sort
        d.synch.sort()
        // @ts-expect-error: a bag is not taken from by place
        d.net.removeAt(0)
        // @ts-expect-error: a queue may be empty
        d.synch.shift().value
      },
    }),
  )
})

test('only declared events are emitted and listened to', () => {
  // @ts-expect-error: there is no event Lost
  refused(() => action('A', { effect: (_d, _choice, emit) => emit.Lost({ by: 'a' }) }))
  // @ts-expect-error: `value` is missing
  refused(() => action('A', { effect: (_d, _choice, emit) => emit.Sent({ by: 'a' }) }))
  // @ts-expect-error: a guard does not emit
  refused(() => action('A', { guard: (_s, _choice, emit) => emit !== undefined, effect: () => {} }))
  // @ts-expect-error: there is no event Lost
  refused(() => monitorOn<Wire>()('M', { memory: record({ n: bool }), on: { Lost: () => {} } }))
  refused(() =>
    // @ts-expect-error: the memory has no such field
    monitorOn<Wire>()('M', { memory: record({ n: bool }), on: { Sent: (memory) => memory.m } }),
  )
})

test('channels of scalars hold their values', () => {
  const plain = record({ line: queue(range(0, 3), 2), who: bag(id(MEMBER), 2) })
  refused(() =>
    actionsOn<typeof plain>()('A', {
      guard: (s) => s.line.at(0) === 3 && s.who.has('a'),
      effect: (d) => {
        const first: number = take(d.line)
        d.line.push(first)
        // @ts-expect-error: nobody of that name
        d.who.add('c')
        // @ts-expect-error: a number and no record
        d.line.push({ value: 1 })
      },
    }),
  )
})

test('channels are gone through', () => {
  refused(() =>
    action('A', {
      guard: (s) => {
        for (const { about, value } of s.synch) if (about === 'ike' && value > 1) return false
        return (
          s.net.some(({ to }) => to === 'a') &&
          s.net.every(({ body }) => body.id > 0) &&
          s.net.count(({ to }) => to === 'b') < s.synch.count(({ about }) => about === 'esp') &&
          // @ts-expect-error: what is found may be absent
          s.net.find(({ to }) => to === 'b').body.id === 0
        )
      },
      effect: (d) => {
        for (const m of d.net) {
          // @ts-expect-error: a message is not changed
          m.to = 'b'
        }
        // @ts-expect-error: a message has no such field
        d.synch.some(({ id }) => id === 1)
      },
    }),
  )
})

test('messages and collections hold records', () => {
  // @ts-expect-error: a queue holds records or scalars, not sets
  refused(() => queue(setOf(MEMBER), 1))
  // @ts-expect-error: nor is there one for each identity
  refused(() => each(MEMBER, queue(record({ value: range(0, 1) }), 1)))
})

test('a scalar for each identity is assigned, a set is not', () => {
  const plain = record({ sent: each(MEMBER, range(0, 3)), seen: each(MEMBER, setOf(MEMBER)) })
  expectTypeOf<Draft<typeof plain>['sent']['a']>().toEqualTypeOf<number>()
  refused(() =>
    actionsOn<typeof plain>()('Send', {
      guard: (s) => {
        // @ts-expect-error: a view is read-only
        s.sent.a = 1
        return s.sent.a < 3 && !s.seen.b.has('a')
      },
      effect: (d) => {
        d.sent.a += 1
        d.seen.a.add('b')
        // @ts-expect-error: not an identity
        d.sent.c = 1
        // @ts-expect-error: a value of another kind
        d.sent.a = 'one'
        // @ts-expect-error: a set is changed, not replaced
        d.seen.a = d.seen.b
      },
    }),
  )
})

test('drafts are written and views are read', () => {
  type State = typeof schema
  expectTypeOf<Draft<State>['phase']>().toEqualTypeOf<'idle' | 'busy'>()
  expectTypeOf<Draft<State>['owner']>().toEqualTypeOf<'a' | 'b' | 'nobody'>()
  expectTypeOf<View<State>['member']['a']['sent']>().toEqualTypeOf<number>()
  expectTypeOf<Draft<State>>().toExtend<View<State>>()
})

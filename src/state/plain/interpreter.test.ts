/** Stories of faults once found in an interpreter: each was wrong, and is told so that it stays right. */
import { expect, test } from 'vitest'
import { actionsOn } from '../../modelling/action.ts'
import { eventsOf } from '../../modelling/events.ts'
import { model } from '../../modelling/model.ts'
import { sometimes } from '../../modelling/property.ts'
import { each, queue, range, record } from '../../modelling/schema.ts'
import { check, NO_LIMITS, search } from '../../search/breadth-first.ts'
import { replay } from '../../search/engine/path.ts'
import { plainEngine } from '../../search/plain-engine.ts'

test('an event that carries a message can be read after the step', () => {
  const schema = record({ synch: queue(record({ value: range(0, 3) }), 1) })
  type Wire = { Seen: { message: { readonly value: number } } }
  const action = actionsOn<typeof schema, Wire>()
  const m = model('Carries', {
    state: schema,
    events: eventsOf<Wire>(['all'], { Seen: () => ({ shape: 'mark', lane: 'all', text: '' }) }),
    actions: [
      action('Push', { guard: (s) => s.synch.length === 0, effect: (d) => d.synch.push({ value: 3 }) }),
      action('Look', {
        guard: (s) => s.synch.length > 0,
        effect: (d, _choice, emit) => emit.Seen({ message: d.synch.at(0)! }),
      }),
    ],
  })
  const { events } = replay(m, [0, 0, 1]).steps[2]!
  expect(events).toEqual([{ kind: 'Seen', event: { message: { value: 3 } } }])
})

test('a range as wide as ranges go has a zero state and is explored', { timeout: 5_000 }, async () => {
  const schema = record({ n: range(-(2 ** 29), 2 ** 29) })
  const m = model('Wide', {
    state: schema,
    actions: [
      actionsOn<typeof schema>()('Jump', {
        effect: (d) => {
          d.n = d.n === -(2 ** 29) ? 2 ** 29 : 0
        },
      }),
    ],
    properties: [sometimes<typeof schema>('AtTheEnd', { holds: (s) => s.n === 2 ** 29 })],
  })
  for (const outcome of [
    await check(m),
    await search(plainEngine(m), { limits: NO_LIMITS, deadlock: false }),
  ])
    expect(outcome).toMatchObject({ distinct: 3, judgements: [{ verdict: 'reached', path: [0, 0] }] })
})

test('identities that are no names of variables are explored', async () => {
  const schema = record({ member: each(['member 1', '2', 'it\'s "3"'], record({ n: range(0, 1) })) })
  const m = model('Odd', {
    state: schema,
    actions: [
      actionsOn<typeof schema>()('Step', {
        choose: { of: ['member 1', '2', 'it\'s "3"'] },
        effect: (d, { of }) => {
          d.member[of].n = 1 - d.member[of].n
        },
      }),
    ],
  })
  expect((await check(m)).distinct).toBe(8)
  expect((await check(m, { exact: true })).distinct).toBe(8)
})

/** Which identities are permuted, and the sentences that say why others are not. */
import { describe, expect, test } from 'vitest'
import { diningPhilosophers } from '../examples/dining-philosophers.ts'
import {
  type Action,
  actionsOn,
  always,
  bag,
  bool,
  each,
  eventsOf,
  id,
  type Model,
  model,
  monitorOn,
  oneOf,
  type Property,
  range,
  record,
  setOf,
} from '../index.ts'
import { check } from '../search/breadth-first.ts'
import { graphs, nodes } from '../testing/graphs.ts'
import type { Family } from './identities/partition.ts'
import { symmetryOf } from './symmetry.ts'

const MEMBER = ['A', 'B', 'C'] as const
const state = record({
  member: each(MEMBER, record({ up: bool, sent: range(0, 2) })),
  first: oneOf('none', ...MEMBER),
  leader: id(MEMBER, 'none'),
})
type Seen = { Sent: { by: string } }
const action = actionsOn<typeof state, Seen>()
const events = eventsOf<Seen>(['all'], { Sent: () => ({ shape: 'mark', lane: 'all', text: 'sent' }) })

const start = action('Start', {
  choose: { at: MEMBER },
  guard: (s, { at }) => !s.member[at].up,
  effect: (d, { at }) => {
    d.member[at].up = true
  },
})
const send = action('Send', {
  choose: { at: MEMBER },
  guard: (s, { at }) => s.member[at].up && s.member[at].sent < 2,
  effect: (d, { at }, emit) => {
    d.member[at].sent += 1
    emit.Sent({ by: at })
  },
})

const familiesWith = (actions: readonly Action[], properties: readonly Property[] = []): readonly Family[] =>
  symmetryOf(model('Members', { state, events, actions: [start, send, ...actions], properties })).families

describe('symmetry', () => {
  test('is found where nothing tells identities apart', () => {
    expect(familiesWith([])).toEqual([{ identities: MEMBER }])
  })

  test('leaves out the identity that a guard singles out, and permutes the others', () => {
    const lead = action('Lead', {
      choose: { at: MEMBER },
      guard: (s, { at }) => at === 'A' && s.leader === 'none',
      effect: (d, { at }) => {
        d.leader = at
      },
    })
    expect(familiesWith([lead])).toEqual([
      { identities: ['B', 'C'] },
      {
        identities: ['A'],
        reason:
          'Lead tells A from B: Lead(at: A) is enabled and, with A and B exchanged, Lead(at: B) is disabled, in the state after init.',
      },
    ])
  })

  test('is refused where an effect keeps a name as a word', () => {
    const note = action('Note', {
      choose: { at: MEMBER },
      guard: (s, { at }) => s.member[at].up,
      effect: (d, { at }) => {
        d.first = at
      },
    })
    expect(familiesWith([note])).toEqual([
      {
        identities: MEMBER,
        reason:
          'The effect of Note tells A from B: Note(at: A) and, with A and B exchanged, Note(at: B) give first, where A is a word of a oneOf and no id, different values, in the state after init, Start(at: A).',
      },
    ])
  })

  test('is refused where a choice is possible for some only', () => {
    const pairs = [{ from: 'A', to: 'B' }] as const
    const tell = action('Tell', { choose: { pair: pairs }, effect: () => {} })
    expect(familiesWith([tell])).toEqual([
      {
        identities: MEMBER,
        reason: 'Tell(pair: {from: A, to: B}) is among the choices and Tell(pair: {from: B, to: A}) is not.',
      },
    ])
  })

  test('is refused where a property, a monitor or an order of names tells identities apart', () => {
    const quiet = always<typeof state>('BIsQuiet', { holds: (s) => s.member.B.sent === 0 })
    const counts = monitorOn<Seen>()('CountsB', {
      memory: record({ seen: bool }),
      on: {
        Sent(_, { by }, judge) {
          if (by === 'B') judge.violated()
        },
      },
    })
    const firstUp = action('FirstUpLeads', {
      effect: (d) => {
        d.leader = MEMBER.find((m) => d.member[m].up) ?? 'none'
      },
    })
    const reasons = [familiesWith([], [quiet]), familiesWith([], [counts]), familiesWith([firstUp])].map(
      (families) => families.map(({ identities, reason }) => [identities.join(), reason]),
    )
    expect(reasons).toEqual([
      [
        ['A,C', undefined],
        ['B', expect.stringMatching(/^The property BIsQuiet tells [AB] from [AB]: it is (true|false) and, /)],
      ],
      [
        ['A,C', undefined],
        [
          'B',
          expect.stringMatching(/^The property CountsB tells A from B: it judges Send\(at: [AB]\) otherwise/),
        ],
      ],
      [
        [
          'A,B,C',
          expect.stringMatching(/^The effect of FirstUpLeads tells A from B: .* give leader different/),
        ],
      ],
    ])
  })

  test('is refused where nothing is seen of an identity, and where orders would be too many', () => {
    expect(symmetryOf(diningPhilosophers(3)).order).toBe(1)
    const idle = record({ seen: setOf(MEMBER), count: range(0, 1) })
    const tick = actionsOn<typeof idle>()('Tick', {
      effect: (d) => {
        d.count = 1
      },
    })
    expect(symmetryOf(model('Idle', { state: idle, actions: [tick] })).families).toEqual([
      { identities: MEMBER, reason: 'No state of the sample tells A from another identity.' },
    ])
    expect(symmetryOf(graphs(9)).families[0]!.reason).toBe(
      'node.*.next relates identities to one another, and of their 9! orders more than 40320 might have to be tried for one state.',
    )
  })

  test('of identities that are listed apart is that of each list', () => {
    const five = nodes('v', 5)
    const partly = record({
      all: each(five, record({ on: bool })),
      some: setOf(five.slice(0, 3)),
      spare: id(['spare', 'other'], 'v4'),
    })
    const turn = actionsOn<typeof partly>()('Turn', {
      choose: { a: five },
      effect: (d, { a }) => {
        d.all[a]!.on = true
      },
    })
    expect(symmetryOf(model('Partly', { state: partly, actions: [turn] })).families).toEqual([
      { identities: ['v0', 'v1', 'v2'] },
      { identities: ['v3', 'v4'], reason: 'some can be v0 and not v3.' },
      { identities: ['spare', 'other'], reason: 'No state of the sample tells spare from another identity.' },
    ])
  })
})

/** Messages of a bag are taken by their index, which depends on the names in them. */
const postOffice = (): Model => {
  const post = record({
    net: bag(record({ to: id(MEMBER), urgent: bool }), 3),
    got: each(MEMBER, record({ letters: range(0, 3) })),
  })
  const on = actionsOn<typeof post>()
  return model('Post office', {
    state: post,
    actions: [
      on('Send', {
        choose: { to: MEMBER, urgent: [false, true] },
        guard: (s) => s.net.length < 3,
        effect: (d, { to, urgent }) => {
          d.net.add({ to, urgent })
        },
      }),
      on('Deliver', {
        choose: { index: [0, 1, 2] },
        guard: (s, { index }) => {
          const letter = s.net.at(index)
          return letter !== undefined && s.net.isFirstCopy(index) && s.got[letter.to].letters < 2
        },
        effect: (d, { index }) => {
          const letter = d.net.at(index)!
          d.got[letter.to].letters += 1
          d.net.remove(letter)
        },
      }),
    ],
    properties: [
      always<typeof post>('CHasNotTwo', { holds: (s) => MEMBER.every((m) => s.got[m].letters < 2) }),
    ],
  })
}

test('instances that take a message by its index are matched by what they do', async () => {
  const symmetric = await check(postOffice(), { symmetry: true })
  const whole = await check(postOffice())
  expect(symmetric.symmetry).toEqual({ families: [{ identities: MEMBER }], order: 6 })
  expect(whole.distinct / symmetric.distinct).toBeGreaterThan(4)
  expect(symmetric.judgements[0]!.path).toHaveLength(whole.judgements[0]!.path!.length)
})

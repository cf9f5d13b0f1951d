/** Synthetic traces for the tests of the reports: a small cluster with every kind of event, and free stories. */
import { actionsOn } from '../modelling/action.ts'
import { type Depiction, eventsOf } from '../modelling/events.ts'
import { type Model, model } from '../modelling/model.ts'
import { always, alwaysPossible, monitorOn, sometimes } from '../modelling/property.ts'
import { bag, bool, each, id, queue, range, record, setOf } from '../modelling/schema.ts'
import type { Caption } from '../report/trace/caption.ts'
import { replay, type Trace } from '../search/engine/path.ts'
import { shownIn } from '../state/plain/instances.ts'
import { plainInterpreter } from '../state/plain/interpreter.ts'

const MEMBER = ['A', 'B'] as const
const OTHER = { A: 'B', B: 'A' } as const
const SKIP = 2
const number = range(0, 8)
const packet = record({ by: id(MEMBER), number })

const state = record({
  active: id(MEMBER),
  member: each(MEMBER, record({ down: bool, sent: number, synched: number })),
  synch: queue(record({ sent: number }), 2),
  net: bag(packet, 4),
  peer: record({ highest: number, probed: bool }),
  wire: record({ used: setOf(number), reused: bool }),
})

type Packet = { readonly by: 'A' | 'B'; readonly number: number }
type Wire = {
  sent: Packet
  received: Packet & { readonly fresh: boolean }
  lost: Packet
  synched: { readonly by: 'A' | 'B'; readonly sent: number }
  learnt: { readonly by: 'A' | 'B'; readonly sent: number }
  probed: { readonly to: 'A' | 'B' }
  crashed: { readonly member: 'A' | 'B' }
  tookOver: { readonly member: 'A' | 'B'; readonly from: number }
}

const keyOf = ({ by, number }: Packet): string => `ESP ${number} by ${by}`

const events = eventsOf<Wire>(['A', 'synch', 'B', 'P'], {
  sent: (packet) => ({
    shape: 'send',
    lane: packet.by,
    to: 'P',
    message: keyOf(packet),
    text: `ESP ${packet.number}`,
  }),
  received: (packet) => ({
    shape: 'receive',
    lane: 'P',
    message: keyOf(packet),
    text: packet.fresh ? 'accepts' : 'drops',
  }),
  lost: (packet) => ({ shape: 'lose', message: keyOf(packet) }),
  synched: ({ by, sent }) => ({ shape: 'pass', lane: by, to: 'synch', text: `sent = ${sent}` }),
  learnt: ({ by, sent }) => ({ shape: 'pass', lane: 'synch', to: by, text: `sent = ${sent}` }),
  probed: ({ to }) => ({ shape: 'pass', lane: 'P', to, text: 'are you there?' }),
  crashed: ({ member }) => ({ shape: 'mark', lane: member, text: 'crash', grave: true }),
  tookOver: ({ member, from }) => ({
    shape: 'mark',
    lane: member,
    text: `takes over, sends from ${from}`,
    grave: true,
  }),
})

const action = actionsOn<typeof state, Wire>()
const PACKET = MEMBER.flatMap((by) => [1, 2, 3, 4, 5, 6, 7, 8].map((number) => ({ by, number })))

const actions = [
  action('SendPacket', {
    choose: { from: MEMBER },
    guard: (s, { from }) => s.active === from && !s.member[from].down && s.net.length < 4,
    effect: (d, { from }, emit) => {
      const me = d.member[from]
      me.sent += 1
      if (d.wire.used.has(me.sent)) d.wire.reused = true
      d.wire.used.add(me.sent)
      d.net.add({ by: from, number: me.sent })
      emit.sent({ by: from, number: me.sent })
    },
  }),
  action('ReceivePacket', {
    choose: { packet: PACKET, keep: [false, true] },
    guard: (s, { packet }) => s.net.has(packet),
    effect: (d, { packet, keep }, emit) => {
      if (!keep) d.net.remove(packet)
      const fresh = packet.number > d.peer.highest
      if (fresh) d.peer.highest = packet.number
      emit.received({ ...packet, fresh })
    },
  }),
  action('LosePacket', {
    choose: { packet: PACKET },
    guard: (s, { packet }) => s.net.has(packet),
    effect: (d, { packet }, emit) => {
      d.net.remove(packet)
      emit.lost(packet)
    },
  }),
  action('SendSynch', {
    choose: { from: MEMBER },
    guard: (s, { from }) => s.active === from && !s.member[from].down && s.synch.length < 2,
    effect: (d, { from }, emit) => {
      const { sent } = d.member[from]
      d.member[from].synched = sent
      d.synch.push({ sent })
      emit.synched({ by: from, sent })
    },
  }),
  action('ReceiveSynch', {
    choose: { to: MEMBER },
    guard: (s, { to }) => s.active !== to && s.synch.length > 0,
    effect: (d, { to }, emit) => {
      const { sent } = d.synch.shift()!
      d.member[to].sent = sent
      emit.learnt({ by: to, sent })
    },
  }),
  action('Probe', {
    guard: (s) => !s.peer.probed,
    effect: (d, _, emit) => {
      d.peer.probed = true
      emit.probed({ to: d.active })
    },
  }),
  action('Crash', {
    choose: { of: MEMBER },
    guard: (s, { of }) => !s.member[of].down,
    effect: (d, { of }, emit) => {
      d.member[of].down = true
      emit.crashed({ member: of })
    },
  }),
  action('TakeOver', {
    choose: { to: MEMBER },
    guard: (s, { to }) => s.active !== to && s.member[OTHER[to]].down,
    effect: (d, { to }, emit) => {
      d.active = to
      d.member[to].sent += SKIP
      d.synch.clear()
      emit.tookOver({ member: to, from: d.member[to].sent + 1 })
    },
  }),
]

const properties = [
  always<typeof state>('NoReuseInState', {
    sentence: 'No sequence number is put on the wire twice under one key.',
    source: 'RFC 4303 section 3.3.3',
    holds: (s) => !s.wire.reused,
  }),
  alwaysPossible<typeof state>('CanReceive', { holds: (s) => s.net.length > 0 }),
  sometimes<typeof state>('StandbySends', { holds: (s) => s.active === 'B' }),
  monitorOn<Wire>()('NoReuse', {
    label: 'ESP-1',
    sentence: 'No sequence number is put on the wire twice under one key.',
    source: 'RFC 4303 section 3.3.3',
    memory: record({ seen: setOf(number) }),
    on: {
      sent: (memory, { number }, judge) => {
        if (memory.seen.has(number)) judge.violated()
        memory.seen.add(number)
      },
    },
  }),
]

/** A hot standby cluster whose skip is too small when two synch messages are missed. */
export const toyCluster: Model = model('Toy cluster', { state, events, actions, properties })

/** The same cluster without wire events. */
export const silentCluster: Model = model('Silent cluster', {
  state,
  actions: actions.map((a) => ({ ...a, effect: (d, choice) => a.effect(d, choice, silent) })),
  properties: properties.filter(({ kind }) => kind !== 'monitor'),
})

const silent = new Proxy({}, { get: () => () => {} })

/** The trace of the steps with these texts, after the first initial state. Throws for a text that is no step. */
export const traceOf = (of: Model, ...texts: readonly string[]): Trace => {
  const run = plainInterpreter(of)
  let { state } = run.step(run.zero, run.initial[0]!)
  return replay(of, [
    0,
    ...texts.map((text) => {
      const number = run.instances.findIndex(
        (one) => run.enabled(state, one) && shownIn(one, state).text === text,
      )
      if (number < 0) throw new Error(`No step is called ${text}.`)
      state = run.step(state, run.instances[number]!).state
      return number
    }),
  ])
}

/** The steps of a shortest reuse with a duplicate, a loss and a takeover. */
export const REUSE = [
  'SendPacket(from: A)',
  'ReceivePacket(packet: {by: A, number: 1}, keep: true)',
  'SendPacket(from: A)',
  'SendSynch(from: A)',
  'ReceivePacket(packet: {by: A, number: 1}, keep: false)',
  'LosePacket(packet: {by: A, number: 2})',
  'ReceiveSynch(to: B)',
  'Probe',
  ...Array<string>(3).fill('SendPacket(from: A)'),
  'Crash(of: A)',
  'TakeOver(to: B)',
  'ReceivePacket(packet: {by: A, number: 3}, keep: false)',
  'SendPacket(from: B)',
] as const

/** The caption of a violation in the toy cluster. */
export const toyCaption: Caption = {
  property: 'NoReuse',
  label: 'ESP-1',
  sentence: 'No sequence number is put on the wire twice under one key.',
  source: 'RFC 4303 section 3.3.3',
  verdict: 'violated',
  scheme: 'hot-standby',
  focus: 'outbound',
  scope: 'packets 5, losses 1, takeovers 1',
  token: 'hot-standby/outbound/ESP-1.0.0.2.0.8.7.1',
}

/** A free story: each row is an action's name with the pictures of its events. */
export const storyOf = (
  lanes: readonly string[],
  rows: readonly (readonly [string, ...Depiction[]])[],
): Trace => {
  const told = record({ row: range(0, rows.length) })
  const tell = actionsOn<typeof told, { picture: Depiction }>()
  const story = model('Story', {
    state: told,
    events: eventsOf<{ picture: Depiction }>(lanes, { picture: (picture) => picture }),
    actions: rows.map(([, ...pictures], i) =>
      tell(`Row${i}`, {
        effect: (d, _, emit) => {
          d.row += 1
          for (const picture of pictures) emit.picture(picture)
        },
      }),
    ),
  })
  const trace = replay(story, [0, ...rows.map((_, i) => i)])
  const named = trace.steps.map((step, i) => ({
    ...step,
    instance: { ...step.instance, text: rows[i - 1]?.[0] ?? step.instance.text },
  }))
  return { ...trace, steps: named }
}

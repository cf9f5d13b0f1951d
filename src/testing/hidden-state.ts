/**
 * Random models with hidden state: small grids whose guards, effects, properties or monitors keep something outside of the state.
 * Each has the verdict that it has without memory of what closures said, so that a checker which learns can be compared.
 */
import {
  type Action,
  actionsOn,
  always,
  bool,
  each as eachOf,
  eventsOf,
  id,
  type Model,
  model,
  monitorOn,
  range,
  record,
  setOf,
} from '../index.ts'

/** Draws a whole number from 0, below `n`. */
type Draw = (n: number) => number

const state = record({
  x: range(0, 7),
  y: range(0, 7),
  z: range(0, 3),
  flag: bool,
  seen: setOf(range(0, 4)),
})
type Told = { Moved: { x: number } }
type S = typeof state
interface View {
  readonly x: number
  readonly y: number
  readonly z: number
  readonly flag: boolean
}
const action = actionsOn<S, Told>()

/** What a hidden variable makes of a sound part of the model: the kinds, by name. */
export const HIDDEN = [
  'memo keyed by the state',
  'cache keyed by a part',
  'guard finds, effect uses',
  'guard finds when true only',
  'counter of calls',
  'last action',
  'last state',
  'chance',
  'time',
  'property that counts',
  'monitor with a variable',
  'effect that writes by turns',
  'situation that remembers',
  'event that counts',
] as const

export type Hidden = (typeof HIDDEN)[number]

const always8 = (draw: Draw): ((s: View) => boolean) => {
  const [x, y, z] = [2 + draw(6), 2 + draw(6), draw(4)]
  return (s) => !(s.x === x && s.y === y && s.z === z)
}

/** A model with hidden state of one kind. Every call makes a new one, whose variables have not been used. */
export const hiddenModel = (kind: Hidden, draw: Draw): Model => {
  const target = draw(8)
  const other = draw(8)
  const every = 2 + draw(12)
  const holdsOf = always8(draw)
  const memo = new WeakMap<object, number>()
  const cache = new Map<number, number>()
  let found: number | undefined
  let calls = 0
  let last = ''
  let before = -1
  const turns = (): boolean => ++calls % every === 0

  const sum = (s: View): number => {
    if (kind !== 'memo keyed by the state') return s.x + s.y
    const known = memo.get(s) ?? s.x + s.y
    memo.set(s, known)
    return known
  }
  const cached = (s: View): number => {
    if (kind !== 'cache keyed by a part') return s.x + s.y
    const known = cache.get(s.x) ?? s.x + s.y
    cache.set(s.x, known)
    return known
  }
  const guardOf = (s: View): boolean => {
    if (kind === 'counter of calls' && turns()) return false
    if (kind === 'chance' && Math.random() < 0.1) return false
    if (kind === 'time' && Date.now() % 7 === 0) return false
    if (kind === 'last action' && last === 'Y') return false
    if (kind === 'last state') {
      const changed = before !== s.x
      before = s.x
      return changed || s.z === 0
    }
    return true
  }
  const actions: readonly Action[] = [
    action('X', {
      guard: (s) => s.x < 7 && guardOf(s),
      effect: (d, _, emit) => {
        last = 'X'
        d.x += 1
        emit.Moved({ x: kind === 'event that counts' ? calls++ % 3 : d.x })
      },
    }),
    action('Y', {
      guard: (s) => s.y < 7,
      effect: (d) => {
        last = 'Y'
        d.y += 1
        if (kind === 'effect that writes by turns' && turns()) d.flag = !d.flag
      },
    }),
    action('Z', {
      choose: { by: [1, 2] },
      guard: (s, { by }) => {
        if (kind === 'guard finds, effect uses') found = (s.x + by) % 4
        if (kind === 'guard finds when true only' && s.x === target) found = (s.y + by) % 4
        return s.x === target && s.z + by < 4
      },
      effect: (d, { by }) => {
        last = 'Z'
        d.z = found !== undefined && kind.startsWith('guard finds') ? found : d.z + by
      },
    }),
    action('Mark', {
      choose: { at: [0, 1, 2, 3, 4] },
      guard: (s, { at }) => !s.seen.has(at) && s.y === other && s.x === at,
      effect: (d, { at }) => {
        d.seen.add(at)
      },
    }),
  ]
  const moved = monitorOn<Told>()('Seldom', {
    memory: record({ high: range(0, 3) }),
    on: {
      Moved: (memory, { x }, judge) => {
        judge.arose()
        if (x > memory.high && memory.high < 3) memory.high += 1
        if (kind === 'monitor with a variable' && ++calls > every && x === target) judge.violated()
        if (kind === 'event that counts' && x === 2 && memory.high === 3) judge.violated()
      },
    },
  })
  return model(`Hidden: ${kind}`, {
    state,
    events: eventsOf<Told>(['all'], { Moved: () => ({ shape: 'mark', lane: 'all', text: 'moved' }) }),
    actions,
    properties: [
      always<S>('Combination', { holds: (s) => holdsOf(s) }),
      always<S>('Sum', { holds: (s) => sum(s) + cached(s) < 2 * (8 + (other % 6)) }),
      always<S>('Steady', {
        holds: (s) => {
          if (kind !== 'property that counts') return true
          if (s.x === target) calls += 1
          return calls < 3 + every
        },
        ...(kind === 'situation that remembers' && {
          situation: (s) => {
            if (s.x === target) calls += 1
            return calls > every
          },
        }),
      }),
      moved,
    ],
  })
}

/** Identities that are told apart in one configuration only, by a guard, an effect or a property. */
export const asymmetricModel = (draw: Draw): Model => {
  const names = ['p', 'q', 'r', 's'].slice(0, 2 + draw(3))
  const most = names.length === 2 ? 6 : names.length === 3 ? 4 : 3
  const each = Object.fromEntries(names.map((name) => [name, draw(most + 1)]))
  const where = draw(4)
  const one = names[draw(names.length)]!
  const schema = record({
    member: eachOf(names, record({ n: range(0, most), up: bool })),
    leader: id(names, 'none'),
    done: bool,
  })
  type Own = { member: Record<string, { n: number; up: boolean }>; leader: string; done: boolean }
  const special = (s: Own): boolean => names.every((name) => s.member[name]!.n === each[name])
  const step: Action = {
    name: 'Step',
    choose: { at: names },
    guard: (s, choice) => {
      const { at } = choice as { at: string }
      const own = s as Own
      return own.member[at]!.n < most && !(where === 1 && at === one && special(own))
    },
    effect: (d, choice) => {
      const { at } = choice as { at: string }
      const own = d as Own
      const isSpecial = special(own)
      own.member[at]!.n += 1
      if (where === 2 && at === one && isSpecial) own.done = true
    },
  }
  const lead: Action = {
    name: 'Lead',
    choose: { at: names },
    guard: (s, choice) =>
      (s as Own).leader === 'none' && (s as Own).member[(choice as { at: string }).at]!.n === most,
    effect: (d, choice) => {
      const { at } = choice as { at: string }
      ;(d as Own).leader = where === 3 && special(d as Own) ? one : at
    },
  }
  return model('Asymmetric', {
    state: schema,
    actions: [step, lead],
    properties: [
      {
        kind: 'always',
        name: 'Never',
        holds: (s) => !(where === 0 && special(s as Own)) && !(s as Own).done,
      },
      {
        kind: 'always',
        name: 'LeaderFull',
        holds: (s) => {
          const { leader, member } = s as Own
          return leader === 'none' || member[leader]!.n === most
        },
      },
      {
        kind: 'sometimes',
        name: 'AllFull',
        holds: (s) => names.every((name) => (s as Own).member[name]!.n === most),
      },
    ],
  })
}

/** What the code of an extension may read and write, in every interpreter and search: each party what it holds itself. */
import { describe, expect, it } from 'vitest'
import { extended } from '../../model/extending/compose.ts'
import { type Extension, extension } from '../../model/extending/extension.ts'
import { parts } from '../../model/extending/parts.ts'
import { SCHEMES } from '../../model/schemes/index.ts'
import { hunt } from '../../src/hunt/hunt.ts'
import { bool, range } from '../../src/modelling/schema.ts'
import { check, NO_LIMITS } from '../../src/search/breadth-first.ts'
import { checkNaively } from '../../src/search/naive.ts'
import { quiet } from '../focuses/focus.ts'
import { type Trial, trialsOf } from './trials.ts'

const scope = {
  requests: { cluster: { createChild: 1 }, peer: {} },
  probes: { cluster: true, peer: false },
  returns: 0,
  retransmissions: 0,
  network: 2,
}

const BODY = {
  name: 'an-idea',
  about: 'Tries something.',
  source: 'an idea',
  negotiation: 'both',
  schemes: ['synch-ike'],
  searches: [{ name: 'tried', about: 'tries', scope }],
  claims: [],
}

// biome-ignore lint/suspicious/noExplicitAny: what authors write is wrong here.
type Own = (x: any) => any

const made = (define: Own, body: object = {}): Extension =>
  extension({ ...BODY, define: (x: object) => parts(define(x) as never), ...body } as never)

const modelOf = (one: Extension, attacker: 'A0' | 'A1' = 'A0'): Trial['model'] =>
  trialsOf({
    used: [{ extension: one, parameters: {} }],
    schemes: SCHEMES.filter(({ name }) => one.schemes.includes(name)),
    scope: 'small',
    attackers: [attacker],
  }).find(({ variant }) => variant === 'with')!.model

const LIMITS = { limits: { ...NO_LIMITS, states: 4000 } }

const hooked = (end: 'member' | 'peer', hooks: object, more: object = {}): Own => {
  return () => ({ ...more, hooks: { [end]: hooks } })
}
const member = (hooks: object, more: object = {}) => hooked('member', hooks, more)
const peer = (hooks: object, more: object = {}) => hooked('peer', hooks, more)

/** An action of an extension, with a state of its own. */
const acting = (action: object, more: object = {}): Own => {
  return ({ members }) => ({
    ...more,
    actions: [{ name: 'Tries', by: 'member', choose: { at: members }, effect: () => {}, ...action }],
  })
}

/* biome-ignore-start lint/suspicious/noExplicitAny: states without their types. */
const REFUSED: readonly (readonly [sentence: string, define: Own])[] = [
  // What observes or bounds.
  ["writes 'probe.cluster'", member({ takesOver: (d: any) => (d.probe.cluster = 'answered') })],
  ["writes 'gaveUp'", member({ takesOver: (d: any) => (d.gaveUp = true) })],
  ["writes 'spent.crashes'", member({ takesOver: (d: any) => (d.spent.crashes = 0) })],
  ["writes 'spent.cluster.createChild'", peer({ executes: (d: any) => (d.spent.cluster.createChild = 0) })],
  ["writes 'answered.k0.A.ids'", member({ takesOver: (d: any) => d.answered.k0.A.ids.add(0) })],
  ["writes 'network'", member({ takesOver: (d: any) => d.network.clear() })],
  ["writes 'synch.AB.queue'", member({ asks: (d: any) => d.synch.AB.queue.clear() })],
  [
    "writes 'member.B.onIke', which only the base model changes",
    member({ takesOver: (d: any) => (d.member.B.onIke = false) }),
  ],
  ["writes 'member.A.up'", member({ established: (d: any, at: string) => (d.member[at].up = true) })],
  ["writes 'probe.cluster'", acting({ effect: (d: any) => (d.probe.cluster = 'answered') })],
  [
    "writes 'probe.cluster'",
    acting({ by: 'environment', choose: {}, effect: (d: any) => (d.probe.cluster = 'answered') }),
  ],
  ["writes 'esp.spent.outbound'", member({ takesOver: (d: any) => (d.esp.spent.outbound = 0) })],
  ["replaces 'member.B.ike'", member({ takesOver: (d: any) => (d.member.B.ike = {}) })],
  [
    "emits 'idsSkipped', which is not an event of its own",
    member({ takesOver: (_: any, _at: any, _c: any, emit: any) => emit.idsSkipped({}) }),
  ],
  ["emits 'ikeMatched'", acting({ effect: (_: any, _c: any, emit: any) => emit.ikeMatched({}) })],
  // What another holds.
  [
    "lets member A read 'peer.ike.k0.expects', which the peer holds, and declares no oracle for it, in the hook mayAsk",
    member({ mayAsk: (s: any) => s.peer.ike.k0.expects >= 0 }),
  ],
  ["lets member A read 'member.B.up', which member B holds", member({ mayAsk: (s: any) => s.member.B.up })],
  ["lets member A read 'peer.ike.k0.sa'", member({ mayAsk: (s: any) => JSON.stringify(s.peer).length > 0 })],
  [
    "lets member A read 'member.B.up'",
    member({ mayAsk: (s: any) => Object.values(s.member).every((m: any) => m.up) }),
  ],
  ["lets member A read 'peer.children'", member({ mayAsk: (s: any) => s.peer.children.has('x0') })],
  ["lets member A read 'network'", member({ mayAsk: (s: any) => s.network.length === 0 })],
  ["lets member A read 'gaveUp', which no end holds", member({ mayAsk: (s: any) => !s.gaveUp })],
  [
    "lets member B write 'peer.ike.k0.expects'",
    member({ takesOver: (d: any) => (d.peer.ike.k0.expects = 0) }),
  ],
  [
    "lets the peer read 'member.A.ike.k0.nextSend'",
    peer({ mayReceive: (s: any) => s.member.A.ike.k0.nextSend >= 0 }),
  ],
  ["lets the peer write 'member.A.ike.k0.sa'", peer({ executes: (d: any) => (d.member.A.ike.k0.sa = true) })],
  [
    "lets the peer read 'member.A.up'",
    (x) => ({ hooks: { peer: { mayReceive: (s: any) => x.acts(s, 'A') } } }),
  ],
  [
    "lets member A read 'member.B.up'",
    (x) => ({ hooks: { member: { mayAsk: (s: any) => x.acts(s, 'B') || true } } }),
  ],
  [
    "lets member B write 'peer.ike'",
    (x) => ({
      hooks: { member: { takesOver: (d: any, _: any, _c: any, emit: any) => x.giveUp(d, emit, 'P', 'k0') } },
    }),
  ],
  [
    "lets member B write 'member.A.ike'",
    (x) => ({ hooks: { member: { takesOver: (d: any) => x.abandon(d, 'A', 'k0') } } }),
  ],
  [
    'says that message IDs below 9 are skipped at member B, whose counter stands at 0',
    (x) => ({
      hooks: {
        member: {
          takesOver: (d: any, at: any, _c: any, emit: any) => x.skipIds(d, emit, at, 'k0', 'cluster', 9),
        },
      },
    }),
  ],
  [
    "lets member A read 'peer.ike.k0.nextSend', which the peer holds, and declares no oracle for it, in the guard of Tries",
    acting({ guard: (s: any) => s.peer.ike.k0.nextSend > 5 }),
  ],
  [
    'does not choose at, by which member it is done, in the guard of Tries',
    acting({ choose: {}, guard: (s: any) => !s.member.A.up }),
  ],
  [
    "lets member A read 'peer.ike.k0.sa'",
    member({ tells: (s: any) => ({ x: s.peer.ike.k0.sa }) }, { state: { synch: { x: bool } } }),
  ],
  [
    "told 'y' in the hook tells. Known: x",
    member({ tells: () => ({ y: 1 }) }, { state: { synch: { x: bool } } }),
  ],
  // A field of the world that is a message which needs no time.
  [
    "lets the peer read 'heard' of the world, which member A writes",
    () => ({
      state: { world: { heard: bool } },
      hooks: { member: { asks: (d: any) => (d.heard = true) }, peer: { mayReceive: (s: any) => s.heard } },
    }),
  ],
  [
    "lets member B read 'heard' of the world, which member A writes",
    () => ({
      state: { world: { heard: bool } },
      hooks: {
        member: { asks: (d: any) => (d.heard = true), mayAsk: (s: any, at: string) => at === 'A' || s.heard },
      },
    }),
  ],
  // What a view that was kept shows at another's turn.
  [
    "lets member A read 'peer.ike.k0.sa'",
    () => {
      let kept: any
      const keep = (s: any) => {
        kept = s.peer
        return true
      }
      return {
        hooks: {
          peer: { mayReceive: keep, mayAsk: keep },
          member: { mayAsk: (s: any) => keep(s) && kept.ike.k0.sa },
        },
      }
    },
  ],
  // Who is asked only reads.
  [
    "writes 'member.A.ike.k0.nextSend', where it is only asked, in the hook mayAsk",
    member({ mayAsk: (s: any, at: string) => Object.assign(s.member[at].ike.k0, { nextSend: 1 }) }),
  ],
  // Answers.
  ["answered 'no' in the hook mayAsk; expected true or false", member({ mayAsk: () => 'no' })],
  ['answered undefined in the hook mayAsk', member({ mayAsk: () => undefined })],
  ['answered 1 in the hook mayRetransmit', member({ mayRetransmit: () => 1 })],
  ['answered {} in the hook mayReceive', peer({ mayReceive: async () => true })],
  ['answered 0 in the hook isBusy', member({ isBusy: () => 0 })],
  ['answered null in the guard of Tries', acting({ guard: () => null })],
  ['returned a promise in the hook asks', member({ asks: async () => {} })],
  ['returned a promise in the effect of Tries', acting({ effect: async () => {} })],
  ["told 'sa' in the hook tells. Known: none", member({ tells: () => ({ sa: true }) })],
  // A message is what it was sent as.
  [
    "Cannot assign to read only property 'exchange'",
    peer({ receives: (_: any, _at: any, m: any) => (m.exchange = 'liveness') }),
  ],
  [
    "Cannot assign to read only property 'nextSend'",
    member({ hears: (_: any, _at: any, m: any) => (m.nextSend = 9) }),
  ],
  // Oracles that nothing is known by.
  [
    "declares an oracle for 'peer.ikes', which is not in the state: there is no 'ikes'. Known: ike, ",
    member({ mayAsk: () => true }, { oracles: { 'peer.ikes': 'why' } }),
  ],
  ["gives '' as the reason of the oracle 'peer'", member({}, { oracles: { peer: '' } })],
]

const ALLOWED: readonly (readonly [what: string, define: Own])[] = [
  [
    'what a member holds itself',
    member({
      mayAsk: (s: any, at: string) => s.member[at].ike.k0.sa,
      takesOver: (d: any, at: string) => (d.member[at].ike.k0.nextSend += 1),
    }),
  ],
  [
    'what the peer holds itself',
    peer({ mayReceive: (s: any) => s.peer.ike.k0.sa && s.gateway.address === 'V' }),
  ],
  [
    'what an oracle is declared for',
    member(
      { mayAsk: (s: any) => s.peer.ike.k0.expects >= 0 },
      { oracles: { 'peer.ike.*.expects': 'to show it' } },
    ),
  ],
  [
    'a bound that the actions of members share',
    acting(
      { guard: (s: any) => s.tries < 2, effect: (d: any) => (d.tries += 1) },
      { state: { world: { tries: range(0, 2) } } },
    ),
  ],
]
/* biome-ignore-end lint/suspicious/noExplicitAny: states without their types. */

describe('an extension is refused', () => {
  it.each(REFUSED)('%s', async (sentence, define) => {
    const one = made(define, { bounds: () => ({ messageIds: 1 }) })
    await expect((async () => check(modelOf(one), LIMITS))()).rejects.toThrow(sentence)
  })
})

describe('an extension may', () => {
  it.each(ALLOWED)('read and write %s', async (_, define) => {
    const one = made(define, { bounds: () => ({ messageIds: 1 }) })
    expect((await check(modelOf(one), LIMITS)).distinct).toBeGreaterThan(100)
  })
})

describe('in whatever way a model is searched', () => {
  const late = made(
    member({ mayAsk: (s: { peer: never; member: never }, at: string) => at === 'A' || reads(s) }),
    { bounds: () => ({ messageIds: 1 }) },
  )
  const reads = (s: object): boolean => (s as { peer: { ike: { k0: { sa: boolean } } } }).peer.ike.k0.sa
  const sentence = "lets member B read 'peer.ike.k0.sa'"

  it.each<readonly [string, () => unknown]>([
    ['breadth first, packed', () => check(modelOf(late), { limits: NO_LIMITS })],
    ['with whole states', () => check(modelOf(late), { limits: NO_LIMITS, exact: true })],
    ['naively', () => checkNaively(modelOf(late))],
    ['by random runs in place', () => hunt(modelOf(late), { runs: 500 })],
  ])('%s', async (_, searched) => {
    await expect((async () => searched())()).rejects.toThrow(sentence)
  })
})

describe('what hooks leave in variables', () => {
  /* biome-ignore-start lint/suspicious/noExplicitAny: states without their types. */
  /** Each says the same of one state all through a search, and would say something else in another. */
  const HIDDEN: readonly (readonly [what: string, subject: string, define: Own])[] = [
    [
      'what one member asked, for the peer',
      'The guard of PeerReceives',
      () => {
        let last = -1
        const asks = (_d: any, _at: any, { messageId }: any) => {
          last = Math.max(last, messageId)
        }
        return {
          hooks: {
            member: { asks },
            peer: { mayReceive: (_s: any, _at: any, m: any) => m.messageId <= last },
          },
        }
      },
    ],
    [
      'that a member took over, for itself, which no crash forgets',
      'The guard of ClusterAsks',
      () => {
        const taken = new Set()
        const takesOver = (_d: any, at: any) => void taken.add(at)
        return { hooks: { member: { takesOver, mayAsk: (_s: any, at: any) => !taken.has(at) } } }
      },
    ],
    [
      'the first counter of each member, for several hooks',
      'The guard of Cluster',
      () => {
        const first = new Map()
        const firstOf = (s: any, at: any): number => {
          if (!first.has(at)) first.set(at, s.member[at].ike.k0.nextSend)
          return first.get(at)
        }
        const mayAsk = (s: any, at: any) => firstOf(s, at) < 1
        return { hooks: { member: { mayAsk, mayReceive: mayAsk } } }
      },
    ],
  ]

  it.each(HIDDEN)('is found: %s', async (_, subject, define) => {
    const one = made(define, { bounds: () => ({ messageIds: 1 }) })
    const sentence = new RegExp(`^${subject}.* is not a function of the state`)
    await expect((async () => check(modelOf(one), LIMITS))()).rejects.toThrow(sentence)
    await expect((async () => checkNaively(modelOf(one)))()).rejects.toThrow(/is not a function of the state/)
  })

  it('is not missed where it says the same: what is computed once of parameters', async () => {
    const memo = new Map()
    const doubled = (n: number): number => {
      if (!memo.has(n)) memo.set(n, 2 * n)
      return memo.get(n)
    }
    const mayAsk = (s: any, at: any) => doubled(s.member[at].ike.k0.nextSend) < 9
    const one = made(member({ mayAsk }), { bounds: () => ({ messageIds: 1 }) })
    expect((await check(modelOf(one), LIMITS)).distinct).toBeGreaterThan(100)
  })

  it('is told from what another call left: the hint names the state', async () => {
    const one = made(HIDDEN[0]![2], { bounds: () => ({ messageIds: 1 }) })
    const fault = await check(modelOf(one), LIMITS).catch((thrown: unknown) => thrown)
    expect((fault as any).data.hint).toMatch(/^made anew, .* put that into the state$/)
  })
  /* biome-ignore-end lint/suspicious/noExplicitAny: states without their types. */

  it('is no part that comes and goes', async () => {
    const known = new WeakSet()
    const one = made((x) => {
      if (known.has(x)) return {}
      known.add(x)
      return { hooks: { member: { mayAsk: () => true } } }
    })
    await expect((async () => check(modelOf(one), LIMITS))()).rejects.toThrow(
      'returns hooks.member.mayAsk from define once, and not when it is asked again',
    )
  })
})

describe('what an extension is given', () => {
  const scheme = SCHEMES.find(({ name }) => name === 'synch-ike')!.scheme
  const change = (body: object) => () => {
    const one = extension({ ...BODY, ...body } as never)
    const constants = extended(
      { scheme, scope: { ...quiet, ...scope } as never },
      [{ extension: one, parameters: {} }],
      'supports',
    )
    return constants.extensions!.parts
  }

  /* biome-ignore-start lint/suspicious/noExplicitAny: values without their types. */
  it.each<readonly [string, object]>([
    ['the scheme', { policies: (s: any) => Object.assign(s, { synchIke: 'acknowledged' }) }],
    ['what is in it', { policies: (s: any) => ({ ...s, x: Object.assign(s.esp, { jump: 9 }) }) }],
    ['its peer', { policies: (s: any) => delete s.peer.hints }],
    ['the scope of bounds', { bounds: ({ scope }: any) => (scope.crashes = 0) }],
    ['a budget in it', { bounds: ({ scope }: any) => (scope.requests.cluster.createChild = 0) }],
    ['the scope of define', { define: (x: any) => (x.scope.requests.cluster.createChild = 0) }],
    ['the constants', { define: (x: any) => (x.constants.scheme = {}) }],
    ['the members', { define: (x: any) => x.members.pop() }],
    ['the parameters', { define: (x: any) => (x.parameters.a = 1) }],
  ])('cannot be changed: %s', (_, body) => {
    const before = JSON.stringify(scheme)
    expect(change(body)).toThrow(/changes in (policies|bounds|define) what it was given/)
    expect(JSON.stringify(scheme)).toBe(before)
  })

  it('is not changed through what it returned', () => {
    let mine: any
    const body = {
      policies: (s: any) => {
        mine = structuredClone(s)
        return mine
      },
      define: (x: any) => {
        mine.synchIke = 'acknowledged'
        expect(x.scheme.synchIke).toBe('afterwards')
        return parts({})
      },
    }
    expect(change(body)()).toHaveLength(1)
  })

  it.each<readonly [string, (s: any) => unknown]>([
    [
      "returns 'sometimes' as the policy 'synchIke'; it is one of never, afterwards, before, acknowledged",
      (s) => ({ ...s, synchIke: 'sometimes' }),
    ],
    [
      "returns -1 as the policy 'esp.jump'; it is one of whole number, maximum",
      (s) => ({ ...s, esp: { ...s.esp, jump: -1 } }),
    ],
    ["returns 'true' as the policy 'carriesAnswer'", (s) => ({ ...s, carriesAnswer: 'true' })],
    ["returns undefined as the policy 'peer'; expected an object", ({ peer, ...s }) => s],
    ["returns undefined as the policy 'esp.sharing'", (s) => ({ ...s, esp: {} })],
    ['returns undefined from policies; expected a scheme', () => undefined],
    [
      'threw in policies: no idea.',
      () => {
        throw new Error('no idea')
      },
    ],
    [
      'threw in policies: 7.',
      () => {
        throw 7
      },
    ],
  ])('policies: %s', (sentence, policies) => {
    expect(change({ policies })).toThrow(sentence)
  })
  /* biome-ignore-end lint/suspicious/noExplicitAny: values without their types. */
})

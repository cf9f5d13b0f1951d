/** What authors of extensions get wrong is refused in one sentence, before it could be taken for a verdict. */
import { describe, expect, it } from 'vitest'
import { type Extension, extension } from '../../../model/extending/extension.ts'
import { parts } from '../../../model/extending/parts.ts'
import { EXTENSIONS } from '../../../model/extensions/index.ts'
import { SCHEMES } from '../../../model/schemes/index.ts'
import { checkExtension } from '../../../properties/validation/checked.ts'
import { trialsOf } from '../../../properties/validation/trials.ts'
import { range } from '../../modelling/schema.ts'
import { check, NO_LIMITS } from '../../search/breadth-first.ts'
import { checkBody } from '../targets/extension-schema.ts'

const search = { name: 'pinged', about: 'pings', scope: { returns: 0, retransmissions: 0, network: 2 } }
const action = {
  name: 'Pings',
  by: 'member',
  choose: { at: ['A'] },
  guard: (s: { pings: number }) => s.pings === 0,
  effect: (d: { pings: number }) => {
    d.pings += 1
  },
}
const ping = { to: 'peer', fields: { number: range(0, 1) }, capacity: 1 }
const OWN = {
  state: { world: { pings: range(0, 1) } },
  messages: { ping },
  receives: { ping: () => {} },
  actions: [action],
}
const BODY = {
  name: 'an-idea',
  about: 'Pings.',
  source: 'an idea',
  negotiation: 'both',
  schemes: ['synch-ike'],
  searches: [search],
  claims: [{ property: 'LIV-1c', claim: 'keeps' }],
}

/** An extension of which some fields, and some parts, are others. */
const changed = (body: object, own: object = {}): Extension =>
  extension({ ...BODY, define: () => parts({ ...OWN, ...own } as never), ...body } as never)

/** Checks it and searches its small model. */
const judged = async (one: Extension) => {
  checkBody(one)
  checkExtension(one)
  const used = [{ extension: one, parameters: {} }]
  const schemes = SCHEMES.filter(({ name }) => one.schemes.includes(name))
  for (const { model } of trialsOf({ used, schemes, scope: 'small', attackers: ['A1'] }))
    await check(model, { limits: { ...NO_LIMITS, states: 3000 } })
}

const sends =
  (from: string, kind: string, message: object) =>
  ({ send, hasRoom }: { send: (...given: unknown[]) => void; hasRoom: (...given: unknown[]) => boolean }) =>
    parts({
      ...OWN,
      takes: { ping: () => true },
      actions: [
        {
          ...action,
          guard: (s: object) => hasRoom(s, 'ping'),
          effect: (d: object, _: object, emit: object) => send(d, emit, from, kind, message),
        },
      ],
    } as never)

describe('an extension', () => {
  it('that is well formed is searched', async () => {
    await expect(judged(changed({}))).resolves.toBeUndefined()
    await expect(judged(changed({ define: sends('A', 'ping', { number: 1 }) }))).resolves.toBeUndefined()
    for (const one of EXTENSIONS) expect(() => checkBody(one)).not.toThrow()
  })

  it.each<readonly [sentence: string, body: object, own?: object]>([
    [
      "claims.0.claim is 'keep'; it must be one of repairs, keeps",
      { claims: [{ property: 'LIV-1c', claim: 'keep' }] },
    ],
    ["claims.0 has no 'claim'", { claims: [{ property: 'LIV-1c' }] }],
    ["has no 'claims'", { claims: undefined }],
    ["has 'defines', but takes", { defines: 1 }],
    ["negotiation is 'bothh'", { negotiation: 'bothh' }],
    ['parameters.a is true; it must be array', { parameters: { a: true } }],
    ['define is 3; it must be a function', { define: 3 }],
    ["An extension without a name is not well formed: the whole has no 'name'", { name: undefined }],
    ["scope has 'returnz'", { searches: [{ ...search, scope: { returnz: 0 } }] }],
    ['scope.members is 7; it must be one of 2, 3', { searches: [{ ...search, scope: { members: 7 } }] }],
    ["scope.esp has no 'inbound'", { searches: [{ ...search, scope: { esp: { outbound: 1 } } }] }],
    ["attackers.0 is 'A3'", { searches: [{ ...search, attackers: ['A3'] }] }],
    ["returns 'messageIDs' from bounds. Known: messageIds", { bounds: () => ({ messageIDs: 1 }) }],
    ['returns 3 from bounds', { bounds: () => 3 }],
    ['returns -1 as probes', { bounds: () => ({ probes: -1 }) }],
    ["returns the policy 'synchIkes'", { policies: (s: object) => ({ ...s, synchIkes: 'never' }) }],
    [
      "returns the policy 'esp.jmp'",
      { policies: (s: { esp: object }) => ({ ...s, esp: { ...s.esp, jmp: 1 } }) },
    ],
    [
      'threw in define: oops',
      {
        define: () => {
          throw new Error('oops')
        },
      },
    ],
    ['is not what parts(...) returns', { define: () => ({ hooks: {}, receives: {} }) }],
    ['is not what parts(...) returns', { define: async () => parts({}) }],
    ["has 'hook' in its parts. Known: state", {}, { hook: {} }],
    ["has 'members' in its hooks. Known: member, peer", {}, { hooks: { members: {} } }],
    ['has true as the hook takesOver; expected a function', {}, { hooks: { member: { takesOver: true } } }],
    ["has 'peers' in its state", {}, { state: { ...OWN.state, peers: {} } }],
    ["sends the message 'ping' to 'per'", {}, { messages: { ping: { ...ping, to: 'per' } } }],
    ['a capacity of undefined', {}, { messages: { ping: { ...ping, capacity: undefined } } }],
    ["calls a message 'request'", {}, { messages: { request: ping } }],
    ["calls a message 'answer', which the base model has already", {}, { messages: { answer: ping } }],
    ["answers 'ping' with 'pong'", {}, { answers: { ping: ['pong'] } }],
    ["by 'members'; it is by one of member", {}, { actions: [{ ...action, by: 'members' }] }],
    [
      "has 'att' in what the action 'Pings' chooses",
      {},
      { actions: [{ ...action, choose: { att: ['A'] } }] },
    ],
    ["choose 'C' as at. There: A, B", {}, { actions: [{ ...action, choose: { at: ['C'] } }] }],
    ["has an event 'crashed', which the base model has already", {}, { events: { crashed: () => ({}) } }],
    ["called 'pong'. Known: ping", { define: sends('A', 'pong', {}) }],
    ['sent with the fields nummer; it has number', { define: sends('A', 'ping', { nummer: 1 }) }],
    ["sent by 'P'; what goes to the peer is sent by A or B", { define: sends('P', 'ping', { number: 1 }) }],
  ])('is refused: %s', async (sentence, body, own) => {
    await expect(judged(changed(body as object, own as object | undefined))).rejects.toThrow(sentence)
  })

  it('must answer yes or no', async () => {
    const silent = ({ send, hasRoom }: never) => ({
      ...sends('A', 'ping', { number: 1 })({ send, hasRoom } as never),
      takes: { ping: () => undefined },
    })
    await expect(judged(changed({ define: silent }))).rejects.toThrow(
      "answered undefined in what takes 'ping'; expected true or false",
    )
  })
})

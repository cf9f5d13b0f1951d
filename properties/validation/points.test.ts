/** Points at which an extension takes part that no extension of clustercheck needs: packets refused, members that talk, own child SAs. */
import { describe, expect, it } from 'vitest'
import { extended } from '../../model/extending/compose.ts'
import { type Extension, extension } from '../../model/extending/extension.ts'
import { parts } from '../../model/extending/parts.ts'
import { SCHEMES } from '../../model/schemes/index.ts'
import { childrenOf } from '../../model/state/cluster-state.ts'
import { labelOf } from '../../src/modelling/property.ts'
import { bool, range } from '../../src/modelling/schema.ts'
import { check, NO_LIMITS } from '../../src/search/breadth-first.ts'
import { quiet } from '../focuses/focus.ts'
import { trialsOf } from './trials.ts'

/* biome-ignore-start lint/suspicious/noExplicitAny: what authors write, without its types. */
const BODY = { name: 'an-idea', about: 'Tries.', source: 'an idea', negotiation: 'both', claims: [] }

const packets = { esp: { outbound: 2, inbound: 2, window: 2, wireBits: 6 }, returns: 0, synchLosses: 0 }

const judged = async (one: Extension, attacker: 'A0' | 'A1' = 'A0') => {
  const { model } = trialsOf({
    used: [{ extension: one, parameters: {} }],
    schemes: SCHEMES.filter(({ name }) => one.schemes.includes(name)),
    scope: 'small',
    attackers: [attacker],
  }).find(({ variant }) => variant === 'with')!
  const outcome = await check(model, { limits: NO_LIMITS })
  return {
    taken: (action: string) => outcome.coverage.find((one) => one.action === action)?.taken ?? 0,
    verdict: (label: string) =>
      outcome.judgements.find(
        ({ property }) => labelOf(model.properties.find(({ name }) => name === property)!) === label,
      ),
  }
}

describe('a packet that an extension refuses', () => {
  const refusing = (end: 'member' | 'peer') =>
    extension({
      ...BODY,
      schemes: ['esp-as-is'],
      searches: [{ name: 'refused', about: 'packets', scope: packets }],
      define: () => parts({ hooks: { [end]: { mayReceivePacket: () => false } } } as never),
    } as never)

  it('is dropped, and not because of its number', async () => {
    const plain = await judged(
      extension({
        ...BODY,
        schemes: ['esp-as-is'],
        searches: [{ name: 'refused', about: 'packets', scope: packets }],
      } as never),
    )
    expect(plain.verdict('RPL-1')).toMatchObject({ verdict: 'holds' })
    expect(plain.verdict('SEQ-2o')).toMatchObject({ verdict: 'violated' })
    const peer = await judged(refusing('peer'))
    expect(peer.verdict('SEQ-2o')).toMatchObject({ verdict: 'vacuous' })
    const member = await judged(refusing('member'))
    expect(member.verdict('SEQ-2i')).toMatchObject({ verdict: 'vacuous' })
    expect(member.verdict('SEQ-2o')).toMatchObject({ verdict: 'violated' })
  })
})

describe('a message from member to member', () => {
  const talking = (to: string) =>
    extension({
      ...BODY,
      schemes: ['no-synch'],
      searches: [{ name: 'talks', about: 'talk', scope: { ...quiet, returns: 0 } }],
      define: ({ members, hasRoom, send, acts }: never) =>
        parts({
          state: { member: { heard: bool, said: bool } },
          messages: { hello: { to: 'member', fields: { number: range(0, 1) }, capacity: 1 } },
          actions: [
            {
              name: 'SaysHello',
              by: 'member',
              choose: { at: members },
              guard: (s: never, { at }: never) =>
                (at as string) === 'A' &&
                (acts as any)(s, at) &&
                !(s as any).member[at].said &&
                (hasRoom as any)(s, 'hello'),
              effect: (d: any, { at }: any, emit: object) => {
                d.member[at].said = true
                ;(send as any)(d, emit, at, 'hello', { number: 1 }, to)
              },
            },
          ],
          receives: {
            hello: (d: any, at: any) => {
              d.member[at].heard = true
            },
          },
        } as never),
    } as never)

  it('reaches the member that it is for, though that does not act, and can be lost', async () => {
    const { taken } = await judged(talking('B'), 'A1')
    expect(taken('MemberReceivesHello')).toBeGreaterThan(0)
    expect(taken('NetworkLosesHello')).toBeGreaterThan(0)
  })

  it('has another member as its receiver', async () => {
    await expect(judged(talking('A'))).rejects.toThrow(
      "The message 'hello' of member A was sent to 'A'; it goes to B.",
    )
    await expect(judged(talking('P'))).rejects.toThrow("was sent to 'P'")
  })
})

describe('a child SA of an extension', () => {
  const making = (children: () => unknown, peerToo = true) =>
    extension({
      ...BODY,
      schemes: ['synch-sas'],
      searches: [
        {
          name: 'makes',
          about: 'a child SA',
          scope: { ...quiet, returns: 0, network: 2, probes: { cluster: true, peer: false } },
        },
      ],
      children,
      define: ({ members, acts }: never) =>
        parts({
          actions: [
            {
              name: 'MakesChild',
              by: 'member',
              choose: { at: members },
              guard: (s: any, { at }: any) => (acts as any)(s, at) && !s.member[at].children.has('extra'),
              effect: (d: any, { at }: any) => {
                d.member[at].children.add('extra')
                if (peerToo) d.peer.children.add('extra')
              },
            },
          ],
          oracles: { 'peer.children': 'the exchange that makes it is one step' },
        } as never),
    } as never)

  it('is judged with those of the base model', async () => {
    expect((await judged(making(() => ['extra']))).verdict('CHD-1')).toMatchObject({ verdict: 'violated' })
    const constants = extended(
      { scheme: SCHEMES[0]!.scheme, scope: quiet },
      [{ extension: making(() => ['extra']), parameters: {} }],
      'supports',
    )
    expect(childrenOf(constants)).toContain('extra')
  })

  it.each([
    [() => 'extra', "returns 'extra' from children; expected a list"],
    [() => ['x0'], "returns the child SA 'x0' from children; expected a name of three letters"],
    [() => ['extra', 'extra'], "returns the child SA 'extra' from children twice"],
  ])('has a name of its own', async (children, sentence) => {
    await expect(judged(making(children))).rejects.toThrow(sentence)
  })
})
/* biome-ignore-end lint/suspicious/noExplicitAny: what authors write, without its types. */

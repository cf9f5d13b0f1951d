/**
 * Failures that no scheme of the matrix shows alone: more than one lost message, members that return, are fenced, hang
 * or are taken for down; and what a verdict may rest on: traffic that waits, and transparency.
 */
import { describe, expect, it } from 'vitest'
import { cluster } from '../model/cluster.ts'
import type { Scheme, Scope } from '../model/constants/constants.ts'
import type { EspPolicies } from '../model/constants/esp-policies.ts'
import { SCHEMES } from '../model/schemes/index.ts'
import type { FocusName } from '../model/schemes/named-scheme.ts'
import { everything, ike, withEsp } from '../model/schemes/policies.ts'
import { labelOf } from '../src/modelling/property.ts'
import { check } from '../src/search/breadth-first.ts'
import { quiet } from './focuses/focus.ts'
import { PLANS } from './focuses/plans.ts'

const schemeOf = (name: string): Scheme => SCHEMES.find((one) => one.name === name)!.scheme

/** Verdicts of a search with other bounds, each with the steps or the number that goes with it. */
const found = async (
  scheme: Scheme,
  focus: FocusName,
  bounds: Partial<Scope> = {},
): Promise<Readonly<Record<string, string>>> => {
  const plan = PLANS.get(focus)!
  const constants = { scheme: plan.relevant(scheme), scope: { ...plan.scope, ...bounds } }
  const model = cluster(focus, constants, plan.properties(constants))
  const { judgements } = await check(model)
  return Object.fromEntries(
    judgements.map(({ property, verdict, path, value }) => [
      labelOf(model.properties.find(({ name }) => name === property)!),
      verdict === 'violated' ? `violated ${path!.length - 1}` : verdict === 'measured' ? `${value}` : verdict,
    ]),
  )
}

const packets = { ...quiet.esp, outbound: 12 }
const withPolicies = (name: string, esp: Partial<EspPolicies>): Scheme => withEsp(schemeOf(name), esp)

describe('a member that returns', () => {
  it('acts where every member acts', async () => {
    expect(await found(schemeOf('spi-part-reused'), 'spis')).toEqual({ 'SPI-1': 'violated 4' })
  })

  it('learns what the others know from another, and not from itself', async () => {
    expect(await found(schemeOf('spi-granted-acked'), 'spis', { crashes: 2 })).toEqual({ 'SPI-1': 'holds' })
  })

  it('does not act beside the member that a witness lets go on', async () => {
    const verdicts = await found(schemeOf('split-one-goes-on'), 'split-brain', {
      requests: { cluster: {}, peer: {} },
      returns: 1,
    })
    for (const verdict of Object.values(verdicts)) expect(['holds', 'vacuous']).toContain(verdict)
  })
})

describe('a channel that is full', () => {
  it('makes a takeover wait that has to tell of its jump', async () => {
    const esp = { ...quiet.esp, outbound: 1, inbound: 1 }
    const verdicts = await found(schemeOf('esp-told-jump'), 'rebalancing', { esp, handovers: 4 })
    expect(verdicts['SEQ-2i']).toBeDefined()
  })
})

describe('lost synch messages', () => {
  it('are one too many for a jump that is made for one', async () => {
    expect((await found(schemeOf('esp-told-jump'), 'outbound-losses'))['SEQ-1']).toBe('violated 12')
    expect((await found(schemeOf('esp-told-wider-jump'), 'outbound-losses'))['SEQ-1']).toBe('holds')
  })

  it.each([
    // f lost, l unread, a period of 2: (f + l + 1) * 2 - 1, and (f + 1)(l + 1) * 2 - 1.
    { whenUnread: 'waits', synchLosses: 1, margin: 5 },
    { whenUnread: 'waits', synchLosses: 2, margin: 7 },
    { whenUnread: 'overflows', synchLosses: 1, margin: 7 },
    { whenUnread: 'overflows', synchLosses: 2, margin: 11 },
  ] as const)(
    'need a jump of $margin where a packet $whenUnread and $synchLosses are lost',
    async ({ whenUnread, synchLosses, margin }) => {
      const bounds = { synchLosses, esp: { ...packets, outbound: 16 } }
      const judge = async (jump: number) =>
        (await found(withPolicies('esp-wide-jump', { whenUnread, jump }), 'outbound-losses', bounds))[
          'SEQ-1'
        ]!
      expect(await judge(margin)).toBe('holds')
      expect(await judge(margin - 1)).toMatch(/^violated/)
    },
  )
})

describe('a raised window', () => {
  it('is outrun where an attacker leaves gaps, and no window at the maximum is', async () => {
    expect((await found(schemeOf('inbound-raised'), 'inbound-gaps'))['RPL-1']).toBe('violated 10')
    expect((await found(schemeOf('closed-until-rekey'), 'inbound-gaps'))['RPL-1']).toBe('holds')
  })
})

describe('a standby', () => {
  it('that hangs dooms a member that waits for it, and no other', async () => {
    expect((await found(everything, 'hung-standby'))['LIV-1c']).toBe('violated 1')
    expect((await found(ike, 'hung-standby'))['LIV-1c']).toBe('holds')
  })

  it('that is taken for down may be up, unless it is fenced', async () => {
    expect((await found(everything, 'suspected'))['MID-1']).toBe('violated 5')
    expect((await found({ ...everything, fences: true }, 'suspected'))['MID-1']).toBe('holds')
  })

  it('that stopped acting when a cut healed is no danger where it is brought up to date and one went on', async () => {
    expect((await found(schemeOf('split-all-go-on'), 'healed-split'))['LIV-1p']).toMatch(/^violated/)
    expect((await found(schemeOf('split-one-goes-on'), 'healed-split'))['LIV-1p']).toBe('holds')
  })
})

describe('a message with both counters', () => {
  it('tells of an own request that is outstanding, where an exchange of the peer is over', async () => {
    const bounds = {
      requests: { cluster: {}, peer: { createChild: 1 } },
      probes: { cluster: true, peer: false },
      synchLosses: 0,
    }
    const together = await found(ike, 'own-briefly', bounds)
    const apart = await found({ ...ike, synchCounters: 'apart' }, 'own-briefly', bounds)
    // It may be lost on the way to the peer: then the standby is ahead.
    expect(together['LIV-1c']).not.toBe(apart['LIV-1c'])
  })
})

describe('transparency', () => {
  it('is lost with an IV that is repeated, though no number is', async () => {
    const verdicts = await found(schemeOf('iv-own-counter'), 'outbound')
    expect(verdicts).toMatchObject({ 'SEQ-1': 'holds', 'IV-1': 'violated 4', 'ANO-1': 'violated 4' })
  })

  it('is lost with an exchange of the peer that can never complete', async () => {
    expect((await found(schemeOf('no-synch'), 'peer-survives'))['ANO-1']).toBe('violated 1')
    expect((await found(schemeOf('acked-requests'), 'peer-survives'))['ANO-1']).toBe('violated 4')
    expect((await found(everything, 'peer-survives'))['ANO-1']).toBe('holds')
  })
})

describe('the high half of a number', () => {
  it('is judged also where the first packet of all is sent after a takeover', async () => {
    const verdicts = await found(schemeOf('esn-jump'), 'sequence-space', {
      esp: { ...quiet.esp, outbound: 1, wireBits: 4 },
    })
    expect(verdicts).toMatchObject({ 'SEQ-1': 'vacuous', 'ESN-1': 'holds' })
  })
})

describe('prices', () => {
  it('are not rounded by the scope', async () => {
    expect((await found(withPolicies('esp-as-is', { period: 3 }), 'price-of-packets'))['synch/1000']).toBe(
      `${1000 / 3}`,
    )
    expect((await found(withPolicies('esp-as-is', { period: 5 }), 'price-of-packets'))['synch/1000']).toBe(
      'vacuous',
    )
  })

  it('count acknowledgements and what is waited for', async () => {
    expect(await found(everything, 'price-of-exchanges')).toEqual({
      'synch/exch': '1.5',
      'acks/exch': '1.5',
      'waits/exch': '1',
    })
    expect(await found(ike, 'price-of-exchanges')).toEqual({
      'synch/exch': '1',
      'acks/exch': '0',
      'waits/exch': '0',
    })
  })
})

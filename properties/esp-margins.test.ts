/** ESP: that no margin is wider than it must be, and that the single gateway keeps every promise. */
import { describe, expect, it } from 'vitest'
import type { EspPolicies } from '../model/constants/esp-policies.ts'
import type { FocusName } from '../model/schemes/named-scheme.ts'
import { esp, nothing, withEsp } from '../model/schemes/policies.ts'
import { labelOf } from '../src/modelling/property.ts'
import { check } from '../src/search/breadth-first.ts'
import type { Verdict } from '../src/search/suite.ts'
import { espFocuses } from './focuses/esp.ts'
import { focusesOf } from './matrix.ts'

/** The focuses of the wide scope are for hunts: no search ends there. */
const FOCUSES: readonly FocusName[] = espFocuses.filter(({ wide }) => wide !== true).map(({ name }) => name)

/** The verdicts of one search of a scheme that is in no table. */
const verdictsOf = async (
  focus: FocusName,
  policies: Partial<EspPolicies>,
  { scheme = esp, cluster = true } = {},
): Promise<Readonly<Record<string, Verdict>>> => {
  const varied = { ...withEsp(scheme, policies), cluster }
  const [only] = focusesOf({ name: 'varied', about: '', scheme: varied, judgedBy: [focus] })
  const { model } = only!
  const { judgements } = await check(model)
  return Object.fromEntries(
    judgements.map(({ property, verdict }) => [
      labelOf(model.properties.find(({ name }) => name === property)!),
      verdict,
    ]),
  )
}

/** Packets that a standby can lag: two for each of `messages` that it has not taken, and one not told yet. */
const lag = (messages: number): number => 2 * messages + 1

describe('a margin', () => {
  it.each([
    { unread: 1, jump: lag(2) },
    { unread: 2, jump: lag(3) },
  ])(
    'for $unread unread and one lost message is $jump numbers, and not one less',
    async ({ unread, jump }) => {
      expect((await verdictsOf('outbound', { unread, jump }))['SEQ-1']).toBe('holds')
      expect((await verdictsOf('outbound', { unread, jump: jump - 1 }))['SEQ-1']).toBe('violated')
    },
  )

  it('inbound is as wide as outbound', async () => {
    expect((await verdictsOf('inbound-long', { raise: lag(2) }))['RPL-1']).toBe('holds')
    expect((await verdictsOf('inbound-long', { raise: lag(2) - 1 }))['RPL-1']).toBe('violated')
  })

  it('for a clock is one more: the last packet before it ticks is told of by nobody', async () => {
    const clock = { toldBy: 'clock' } as const
    const jump = lag(2) + 1
    expect((await verdictsOf('outbound', { ...clock, jump }))['SEQ-1']).toBe('holds')
    expect((await verdictsOf('outbound', { ...clock, jump: jump - 1 }))['SEQ-1']).toBe('violated')
    expect((await verdictsOf('inbound-long', { ...clock, raise: jump }))['RPL-1']).toBe('holds')
    expect((await verdictsOf('inbound-long', { ...clock, raise: jump - 1 }))['RPL-1']).toBe('violated')
  })

  it('may be no wider than lets the peer infer the high half: T-W+2^k', async () => {
    const [bits, window] = [4, 2]
    const widest = 2 ** bits - window - 1
    expect((await verdictsOf('sequence-space', { esn: true, jump: widest }))['ESN-1']).toBe('holds')
    expect((await verdictsOf('sequence-space', { esn: true, jump: widest + 1 }))['ESN-1']).toBe('violated')
  })
})

describe('a single gateway', () => {
  const alone = { scheme: nothing, cluster: false }

  it.each(FOCUSES)('keeps every promise in %s, with and without extended numbers', async (focus) => {
    for (const esn of [false, true])
      for (const verdict of Object.values(await verdictsOf(focus, { esn }, alone)))
        expect(['holds', 'vacuous', 'measured']).toContain(verdict)
  })
})

/** The ESP part of the matrix: known counts and verdicts, that no margin is wider than it must be, and the single gateway. */
import { describe, expect, it } from 'vitest'
import type { EspPolicies } from '../model/esp/policies.ts'
import { SCHEMES } from '../model/schemes/index.ts'
import type { FocusName } from '../model/schemes/named-scheme.ts'
import { esp, nothing, withEsp } from '../model/schemes/policies.ts'
import { labelOf } from '../src/modelling/property.ts'
import { check } from '../src/search/breadth-first.ts'
import type { Verdict } from '../src/search/suite.ts'
import { espFocuses } from './focuses/esp.ts'
import { focusesOf } from './matrix.ts'

const FOCUSES: readonly FocusName[] = espFocuses.map(({ name }) => name)

/** Distinct states of each search of each scheme. */
const DISTINCT: Readonly<Record<string, { readonly [focus in FocusName]?: number }>> = {
  'single-gateway': {
    outbound: 13,
    inbound: 12,
    'inbound-delayed': 36,
    'outbound-delayed': 31,
    'sequence-space': 16,
    'outbound-rekey': 704,
    'inbound-rekey': 1_302,
  },
  'no-synch': { outbound: 78, inbound: 244, 'inbound-delayed': 216 },
  'synch-sas': { outbound: 234, inbound: 1_364, 'inbound-delayed': 440 },
  'synch-ike': { outbound: 234, inbound: 1_364, 'inbound-delayed': 440 },
  'acked-counters': { outbound: 1_871, inbound: 6_014, 'inbound-delayed': 1_897 },
  'acked-answers': { outbound: 1_871, inbound: 6_014, 'inbound-delayed': 1_897 },
  'acked-requests': { outbound: 1_871, inbound: 6_014, 'inbound-delayed': 1_897 },
  'acked-everything': { outbound: 1_871, inbound: 6_014, 'inbound-delayed': 1_897 },
  'acked-no-resynch': { outbound: 1_094, inbound: 3_433, 'inbound-delayed': 1_290 },
  'esp-as-is': { outbound: 1_125, inbound: 6_014, 'inbound-delayed': 1_897 },
  'esp-jump': { outbound: 1_431 },
  'esp-wide-jump': {
    outbound: 1_871,
    'outbound-again': 5_372,
    'outbound-delayed': 1_662,
    'sequence-space': 1_651,
    rebalancing: 12_399,
    'split-packets': 9_386,
  },
  'esp-told-jump': { outbound: 1_871, 'outbound-again': 5_100, rebalancing: 18_346 },
  'esp-wide-jump-late': { outbound: 2_685 },
  'esp-wider-jump-late': { outbound: 3_371 },
  'esp-latest-wins': { outbound: 4_112 },
  'esp-to-maximum': { 'sequence-space': 395, 'outbound-rekey': 17_614 },
  'esp-wraps': { 'sequence-space': 5_018 },
  'esn-jump': { 'sequence-space': 3_942, 'inbound-esn': 333 },
  'esn-huge-jump': { 'sequence-space': 3_942 },
  'inbound-learns': { inbound: 6_857, 'inbound-delayed': 2_676 },
  'inbound-raised': { inbound: 665, 'inbound-delayed': 885, 'inbound-long': 573 },
  'inbound-noted': { inbound: 2_957, 'inbound-delayed': 1_038 },
  'told-until-rekey': { 'inbound-rekey': 48_458 },
  'closed-until-rekey': { 'inbound-rekey': 36_966 },
  'esn-raised': { 'inbound-esn': 300 },
  'advances-first': { inbound: 151, 'inbound-delayed': 174 },
  'tells-of-drops': { inbound: 9_686 },
  'shared-sa': { outbound: 2_242, inbound: 4_150 },
  'shared-sa-no-replay-check': { outbound: 2_242, inbound: 4_150 },
  'shared-sa-flooded': { inbound: 370 },
  'sticky-sa': { outbound: 1_982, 'outbound-rekey': 28_908 },
  'own-sas': { outbound: 2_242, inbound: 6_068, 'split-packets': 2_625 },
  'own-sas-told': { outbound: 67_052, inbound: 15_705 },
  'hands-over-counters': { rebalancing: 1_482 },
  'iv-own-counter': { outbound: 1_871 },
  'iv-lfsr-seeded-anew': { outbound: 20_045 },
  'iv-random': { outbound: 12_992 },
  'iv-salted': { outbound: 1_871 },
  'iv-member-id': { outbound: 2_242 },
  'iv-incarnation-id': { outbound: 2_242 },
}

describe.each(SCHEMES.filter(({ judgedBy }) => judgedBy.some((focus) => FOCUSES.includes(focus))))(
  '$name',
  (scheme) => {
    it('has the known numbers of states', async () => {
      const counts: Partial<Record<FocusName, number>> = {}
      for (const focus of focusesOf(scheme).filter(({ name }) => FOCUSES.includes(name as FocusName)))
        counts[focus.name as FocusName] = (await check(focus.model)).distinct
      expect(counts).toEqual(DISTINCT[scheme.name])
    })
  },
)

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
        expect(['holds', 'vacuous']).toContain(verdict)
  })
})

/** Clusters that somebody describes: what is scaled, bounded, refused, and written down again. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changesOf } from '../model/cluster-files/changes.ts'
import { type ClusterFile, clusterFileSchema } from '../model/cluster-files/cluster-file.ts'
import { ClusterFileError, describedCluster } from '../model/cluster-files/described.ts'
import { lagOf, scaledPeriod, scaledWidth } from '../model/cluster-files/scaling.ts'
import { ESP_WORDS, type PolicyWords, SCHEME_WORDS, valuesOf } from '../model/cluster-files/vocabulary.ts'
import { writtenCluster } from '../model/cluster-files/written.ts'
import type { Scheme } from '../model/constants/constants.ts'
import { FAULT, faultsOf } from '../model/constants/faults.ts'
import { SCHEMES } from '../model/schemes/index.ts'
import type { OwnBounds } from '../model/schemes/named-scheme.ts'
import { everything, nothing, withEsp } from '../model/schemes/policies.ts'
import { checkerOf } from '../src/cli/files/json.ts'
import { check } from '../src/search/breadth-first.ts'
import { type Focus, SCOPES } from '../src/search/suite.ts'
import { focusesOf } from './matrix.ts'

const problemIn = checkerOf(clusterFileSchema(SCHEMES.map(({ name }) => name)))
const schemeOf = (file: ClusterFile) =>
  describedCluster(
    'mine',
    file,
    SCHEMES.find(({ name }) => name === file.basis),
  )

describe('a scheme that is written as a cluster file and read again', () => {
  it.each(SCHEMES.map((scheme) => [scheme.name, scheme] as const))(
    '%s has the same searches',
    (_, scheme) => {
      const file = JSON.parse(JSON.stringify(writtenCluster(scheme))) as ClusterFile
      expect(problemIn(file)).toBeUndefined()
      const { searched, real } = schemeOf(file)
      for (const scope of SCOPES)
        expect(
          (scope === 'wide' ? real : searched).flatMap((one) => focusesOf(one, scope).map(({ key }) => key)),
          scope,
        ).toEqual(focusesOf(scheme, scope).map(({ key }) => key))
    },
  )
})

describe('a cluster with a change of policy', () => {
  const searchesOf = (file: ClusterFile): readonly Focus[] =>
    schemeOf(file).searched.flatMap((one) => focusesOf(one, 'small'))

  it('has channels that hold all that a member tells at once', async () => {
    const told = { basis: 'own-sas-told', members: 3, esp: { tellsJump: true } } as const
    const outbound = searchesOf(told).find(({ name }) => name === 'outbound')!
    expect((await check(outbound.model, { limits: { states: 3_000 } })).distinct).toBeGreaterThan(2_999)
  })

  /** Of some thousand: a scheme, how many members it has, one change and a search of it. */
  const some = fc.sample(
    fc
      .record({
        named: fc.constantFrom(...SCHEMES.filter(({ scheme }) => scheme.cluster)),
        members: fc.constantFrom(2, 3),
        change: fc.nat(),
        search: fc.nat(),
      })
      .map(({ named, members, change, search }) => {
        const own = { ...named, bounds: { ...named.bounds, members } }
        const changes = changesOf(own.scheme, own.bounds)
        const { policy, from, to, apply } = changes[change % changes.length]!
        const focuses = focusesOf({ ...own, scheme: apply(own.scheme) }, 'small')
        return {
          what: `${named.name}, ${members} members, ${policy} ${from} -> ${to}`,
          focus: focuses[search % focuses.length],
        }
      })
      .filter(({ focus }) => focus !== undefined),
    { numRuns: 25, seed: 6027 },
  )
  it.each(some)('$what, $focus.name, runs without a fault of the model', async ({ focus }) => {
    expect((await check(focus!.model, { limits: { states: 800 } })).distinct).toBeGreaterThan(0)
  })
})

describe('every policy and every bound of a failure', () => {
  const again = (scheme: Scheme, bounds: OwnBounds = {}) => {
    const file = writtenCluster({ name: 'mine', about: 'It.', scheme, judgedBy: ['spis'], bounds })
    expect(problemIn(JSON.parse(JSON.stringify(file)))).toBeUndefined()
    return schemeOf(file).searched[0]!
  }
  const { esp: _esp, peer: _peer, cluster: _cluster, ...policies } = nothing
  const { period: _period, unread: _unread, jump: _jump, raise: _raise, ...espPolicies } = nothing.esp

  it('is in words', () => {
    expect(Object.keys(SCHEME_WORDS).sort()).toEqual(Object.keys(policies).sort())
    expect(Object.keys(ESP_WORDS).sort()).toEqual(Object.keys(espPolicies).sort())
  })
  it.each([
    ...Object.entries<PolicyWords>(SCHEME_WORDS).flatMap(([policy, words]) =>
      valuesOf(words).map((value): [string, Scheme] => [
        `${policy} ${value}`,
        { ...everything, carriesAnswer: false, carriesRequest: false, [policy]: value },
      ]),
    ),
    ...Object.entries<PolicyWords>(ESP_WORDS).flatMap(([policy, words]) =>
      valuesOf(words).map((value): [string, Scheme] => [
        `esp.${policy} ${value}`,
        withEsp(everything, { [policy]: value }),
      ]),
    ),
  ])('%s is written and read again, or refused by its name', (name, scheme) => {
    try {
      expect(again(scheme).scheme).toEqual(scheme)
    } catch (error) {
      if (!(error instanceof ClusterFileError)) throw error
      expect(error.message).toContain(name.split(' ')[0])
    }
  })
  it.each(FAULT)('%s is written and read again', (fault) => {
    const bounds = { crashes: 1, splits: true, [fault]: fault === 'splits' ? true : 1 }
    expect(faultsOf(again(everything, bounds).bounds!)).toEqual(bounds)
  })
})

describe('what is scaled', () => {
  it('reaches as many periods as before, whatever the period', () => {
    for (const period of [1, 2, 3, 7, 100, 10_000])
      for (let jump = 0; jump <= 5 * period + 1; jump += period > 100 ? 1999 : 1)
        for (const margins of [1, 2, 3, 4, 5])
          expect(
            Number(scaledWidth(jump, period)) >= margins * scaledPeriod(period) - 1,
            `${jump} of ${period}`,
          ).toBe(jump >= margins * period - 1)
  })
  it('keeps the lag of a standby in proportion', () => {
    expect(lagOf(10_000, 1, 1)).toBe(29_999)
    expect(lagOf(2, 1, 1)).toBe(5)
  })
  it('has a lag of whole periods where a clock tells, and keeps it in proportion', () => {
    const clock = (jump: number, jitter: number) => {
      const { searched, real, scaling } = schemeOf({
        basis: 'synch-sas',
        esp: { told: '0.5 s', rate: 1000, jitter, jump },
      })
      expect(real[0]!.scheme.esp.toldBy).toBe('clock')
      const lag = scaling.find(({ quantity }) => quantity.startsWith('a standby lags'))
      return [real[0]!.scheme.esp.period, searched[0]!.scheme.esp.jump, lag?.real]
    }
    expect(clock(1500, 0)).toEqual([500, 6, '1500 packets'])
    expect(clock(1499, 0)).toEqual([500, 5, '1500 packets'])
    expect(clock(1500, 0.05)).toEqual([550, 5, '1650 packets'])
    for (const width of [0, 1, 499, 500, 999, 1000, 1649, 1650, 1651])
      for (const periods of [1, 2, 3])
        expect(Number(scaledWidth(width, 550, 'clock')) >= periods * 2).toBe(width >= periods * 550)
  })
  it('takes the widths of a basis in proportion to its period', () => {
    const { searched, real } = schemeOf({ basis: 'esp-wide-jump', esp: { told: '10000 packets' } })
    expect(searched[0]!.scheme.esp).toMatchObject({ period: 2, jump: 6 })
    expect(real[0]!.scheme.esp).toMatchObject({ period: 10_000, jump: 30_000 })
  })
  it('turns seconds into packets, the earlier of two counting', () => {
    const period = (told: string, rate?: number) =>
      schemeOf({ basis: 'synch-sas', esp: { told, ...(rate !== undefined && { rate }) } }).real[0]!.scheme.esp
        .period
    expect(period('0.5 s', 1000)).toBe(500)
    expect(period('10,000 packets or 0.5 s', 1000)).toBe(500)
    expect(period('100 packets or 0.5 s', 1000)).toBe(100)
    expect(period('never')).toBe(0)
  })
})

describe('peers', () => {
  it('each have searches of their own', () => {
    const { searched } = schemeOf({
      basis: 'ike-from-member',
      peers: ['by-the-book', 'strict-address', { hints: 'believed' }],
    })
    expect(searched.map(({ name, scheme }) => [name, scheme.peer.addresses, scheme.peer.hints])).toEqual([
      ['mine', 'any', 'ignored'],
      ['mine-strict-address', 'strict', 'ignored'],
      ['mine-peer-3', 'any', 'believed'],
    ])
  })
})

describe('bounds', () => {
  const scopesOf = (file: ClusterFile) =>
    schemeOf(file).searched.flatMap((one) =>
      focusesOf(one).map(({ key }) => JSON.parse(key!.slice(key!.indexOf(' '))).scope),
    )
  it('raise what a search looks at, and nothing else', () => {
    const scopes = scopesOf({
      basis: 'acked-everything',
      channel: { loses: 3 },
      failures: { crashes: 2, returns: 2 },
    })
    expect(scopes.some(({ synchLosses }) => synchLosses === 3)).toBe(true)
    expect(scopes.every(({ synchLosses }) => synchLosses === 3 || synchLosses === 0)).toBe(true)
    expect(scopes.every(({ crashes }) => crashes === 2 || crashes === 0)).toBe(true)
  })
  it('weaken an attacker and never add one', () => {
    const before = scopesOf({ basis: 'esp-wide-jump' }).map(({ attacker }) => attacker)
    const after = scopesOf({ basis: 'esp-wide-jump', attacker: 'A1' }).map(({ attacker }) => attacker)
    expect(before).toContain('A2')
    expect(after).toEqual(before.map((one) => (one === 'A2' ? 'A1' : one)))
  })
  it('leave room to see the margin', () => {
    const scopes = scopesOf({ basis: 'esp-wide-jump', channel: { loses: 4 }, searches: ['outbound'] })
    expect(scopes[0].esp.outbound).toBeGreaterThan(lagOf(2, 4, 1) + 2)
  })
})

describe('contradictions', () => {
  it.each<[ClusterFile, RegExp]>([
    [
      { kind: 'hot-standby', policies: { ikeBy: 'lock', synchIke: 'afterwards', synchSas: true } },
      /in a hot standby one member acts/,
    ],
    [{ kind: 'hot-standby', esp: { sharing: 'all' } }, /in a hot standby one member sends/],
    [{ kind: 'single-gateway', members: 3 }, /a single gateway has no members/],
    [{ kind: 'load-sharing', failures: { handovers: 0 } }, /a load that is shared/],
    [{ policies: { carriesAnswer: true } }, /answers are carried by messages about IKE counters/],
    [{ policies: { carriesRequest: true } }, /requests are carried/],
    [{ policies: { synchIke: 'afterwards' } }, /does not hold the SA/],
    [{ esp: { told: '10 packets' } }, /does not hold the SA/],
    [{ basis: 'synch-ike', esp: { jump: 10 } }, /never told/],
    [{ basis: 'synch-ike', esp: { raise: 10 } }, /never told/],
    [{ basis: 'esp-as-is', esp: { tellsJump: true } }, /no jump to tell of/],
    [{ basis: 'esp-as-is', esp: { learns: true, raise: 2 } }, /either learns its window/],
    [{ policies: { ikeBy: 'lock' } }, /the lock is passed on with the counters/],
    [{ policies: { retells: true } }, /nothing to tell again/],
    [{ policies: { redirects: true } }, /addresses of their own/],
    [{ policies: { carriesAnswer: true, synchIke: 'before', synchSas: true } }, /synchIke is before/],
    [{ policies: { synchCounters: 'apart' } }, /no messages about IKE counters/],
    [{ policies: { childrenOnReturn: 'rekeyed' } }, /nothing is rekeyed for a member/],
    [{ failures: { heals: 1, splits: false } }, /only a channel that was cut/],
    [{ failures: { crashes: 0, returns: 1 } }, /only a member that crashed returns/],
    [{ basis: 'synch-sas', esp: { told: '0.5 s' } }, /esp.rate is absent/],
    [{ basis: 'synch-sas', esp: { told: '9 packets', jitter: 1 } }, /only a clock is late/],
    [{ basis: 'synch-sas', esp: { toldBy: 'clock' } }, /esp.toldBy is clock/],
    [{ basis: 'synch-sas', esp: { told: '0 packets' } }, /must be from 1/],
  ])('%j is refused', (file, problem) => {
    expect(problemIn(file)).toBeUndefined()
    expect(() => schemeOf(file)).toThrow(ClusterFileError)
    expect(() => schemeOf(file)).toThrow(problem)
  })
})

/** Chains of schemes against closed forms, and what is not told apart in them. */
import { describe, expect, it } from 'vitest'
import type { Scheme } from '../../model/constants/constants.ts'
import { acknowledged, everything, ike, nothing, sas } from '../../model/schemes/policies.ts'
import { giveUpAfter, timingOf } from '../../model/timing/timing.ts'
import { availabilityOf, WANTED } from './availability.ts'
import { prismFiles, readPrism } from './explicit.ts'
import { doomsOf, measuresOf, upOf } from './measures.ts'
import { packetOutage } from './packets.ts'
import { Disagreement, PlainStates } from './plain-states.ts'
import { chainOf } from './rates.ts'
import { simulate } from './simulate.ts'
import { stationary } from './solve.ts'
import { ChainTooLarge, structureOf } from './structure.ts'
import { type ChainPlan, planOf, unsuitable } from './timed/plan.ts'

/** Few waits: a tenth of the states. */
const RETRANSMISSION = [4]
/** A network that loses nothing and takes no time, so that closed forms are short. */
const ideal = { retransmission: [11], loss: 0, latency: 1e-5, synchLatency: 1e-6 }

const solved = (scheme: Scheme, timing = timingOf(ideal), plan: Partial<ChainPlan> = {}) =>
  measuresOf(
    structureOf('scheme', planOf(scheme, { waits: timing.retransmission.length, ...plan })),
    timing,
    { alone: true },
  )

describe('a failover', () => {
  it('costs detection and takeover where everything is acknowledged, and what the peer gives up meanwhile', () => {
    const timing = timingOf(ideal)
    const { alone, dooms, residual } = solved(everything, timing)
    // With one wait a request that the peer sends while nobody acts is given up: before three stages are over.
    const down = timing.detection + timing.takeover
    const asked = 1 - (1 + down / (3 * timing.peerInterval)) ** -3
    expect(dooms).toBeCloseTo(asked, 4)
    expect(alone!.traffic).toBeCloseTo(down + asked * timing.setUp, 4)
    expect(residual).toBeLessThan(1e-12)
  })

  it('costs the next request of the peer, its giving up, and a new IKE SA where nothing is told', () => {
    const timing = timingOf(ideal)
    const { alone, dooms } = solved(nothing, timing)
    expect(dooms).toBeCloseTo(1, 9)
    expect(alone!.traffic / (timing.peerInterval + giveUpAfter(timing) + timing.setUp)).toBeCloseTo(1, 2)
  })

  it('dooms an IKE SA by lost synch messages alone where counters are told afterwards', () => {
    // Detection takes no time: otherwise requests that the peer sends meanwhile and gives up are most of the dooms.
    const instant = { detection: 1e-4, takeover: 1e-4 }
    const timing = timingOf({ ...ideal, ...instant, synchLoss: 0.02, clusterInterval: 20, peerInterval: 30 })
    const [own, theirs, lost] = [1 / 20, 1 / 30, 0.02]
    // Stale since the last exchange of the peer: that message was lost, and all about the cluster's own since.
    const stale = (theirs * lost) / (own + theirs - own * lost)
    // One message lost about the cluster's own heals by an old answer that is taken (MID-4); two or more do not.
    const mine = (own / (own + theirs)) * lost
    const behind = (mine ** 2 * (1 - lost)) / (1 - mine)
    expect(solved(ike, timing).dooms / (stale + behind)).toBeCloseTo(1, 2)
  })

  it('dooms every IKE SA where counters are never told, and traffic goes on', () => {
    const { dooms, alone } = solved(sas)
    expect(dooms).toBeGreaterThan(0.999)
    expect(alone!.traffic).toBeLessThan(2)
    expect(alone!.ike).toBeGreaterThan(10)
  })

  it('takes the traffic with it where a cluster that gave up cannot begin', () => {
    const timing = timingOf({ ...ideal, clusterStarts: false })
    const { alone } = solved(sas, timing, { clusterStarts: false })
    expect(alone!.traffic).toBeGreaterThan(10)
  })
})

describe('the time without any member', () => {
  it('is that of a closed form', () => {
    const timing = timingOf({ ...ideal, failuresPerYear: 1000, return: 600, restart: 1800 })
    const { dark } = solved(everything, timing)
    // Both up, one up, none up: two may fail, one returns, one may fail, all come back with one.
    const [f, back, up] = [1000 / 31_557_600, 1 / 600, 1 / 1800]
    const two = 1
    // A member returns only when one acts; that the other is not acting for 1.7 s is left out here.
    const one = (2 * f * two) / back
    const none = (f * one) / up
    expect(dark / (none / (two + one + none))).toBeCloseTo(1, 2)
  })
})

describe('what is not told apart', () => {
  const timing = timingOf({ retransmission: RETRANSMISSION, synchLoss: 0.05 })
  it.each([
    ['a lag of more than two', { differences: { behind: 3, ahead: 2 } }, 1e-9],
    ['a counter that is ahead by more', { differences: { behind: 2, ahead: 1 } }, 1e-3],
  ] as const)('%s', (_, plan, within) => {
    const [one, other] = [solved(ike, timing), solved(ike, timing, plan)]
    for (const [a, b] of [
      [one.unavailability.ike, other.unavailability.ike],
      [one.unavailability.traffic, other.unavailability.traffic],
      [one.dooms, other.dooms],
    ])
      expect(Math.abs(a! / b! - 1)).toBeLessThan(within)
  })

  it('a second synch message in flight, nearly', () => {
    const [one, two] = [solved(ike, timing), solved(ike, timing, { synch: 2 })]
    expect(Math.abs(one.dooms / two.dooms - 1)).toBeLessThan(2e-3)
  })

  it('how a fixed duration is spread, nearly', () => {
    const stages = (detection: number, waits: number) =>
      solved(acknowledged, timing, { stages: { detection, waits } })
    const [one, more] = [stages(1, 1), stages(3, 2)]
    expect(Math.abs(one.alone!.traffic / more.alone!.traffic - 1)).toBeLessThan(0.01)
    expect(Math.abs(one.dooms / more.dooms - 1)).toBeLessThan(0.05)
  })
})

describe('runs with a clock', () => {
  it('have the computed means, and the same seed has the same runs', () => {
    const timing = timingOf({ retransmission: RETRANSMISSION, loss: 0.1, synchLoss: 0.1 })
    const found = availabilityOf('ike', ike, timing, { ...WANTED, runs: 4000, seed: 7 })
    const { exponential } = found.checks
    expect(Math.abs(exponential.traffic.mean - found.traffic.alone)).toBeLessThan(exponential.traffic.margin)
    expect(Math.abs(exponential.ike.mean - found.ike.alone)).toBeLessThan(exponential.ike.margin)
    expect(found.dooms).toBeGreaterThan(exponential.dooms.between[0])
    expect(found.dooms).toBeLessThan(exponential.dooms.between[1])
    expect(found.traffic.fixed.median).toBeCloseTo(1.7, 6)
    const plain = structureOf('ike', planOf(ike, { waits: 1, stages: { detection: 1, waits: 1 } }))
    const again = simulate(plain, new PlainStates(plain, timing), timing, doomsOf(plain), {
      runs: 4000,
      seed: 7,
      fixed: false,
      before: 300,
      earlier: 0,
    })
    expect(again).toEqual(exponential)
  })
})

describe('a chain for other tools', () => {
  it('is read back, and solved to the same number', () => {
    const timing = timingOf({ retransmission: RETRANSMISSION })
    const structure = structureOf('nothing', planOf(nothing, { waits: 1 }))
    const up = upOf(structure, doomsOf(structure))
    const files = prismFiles(chainOf(structure, timing), { down: (s) => !up.traffic(s) })
    const { chain, labels } = readPrism(files)
    const { values } = stationary(chain)
    const down = [...labels.get('down')!].reduce((sum, s) => sum + values[s]!, 0)
    expect(down / measuresOf(structure, timing).unavailability.traffic).toBeCloseTo(1, 9)
    expect([...labels.get('init')!]).toEqual([0])
    expect(files.sta.split('\n')).toHaveLength(structure.states + 2)
  })
})

describe('packets after a failover', () => {
  const measures = { dooms: 0, alone: { traffic: 1.7, ike: 1.7 } }
  const timing = timingOf({ packetRate: 100, childLifetime: 3600 })
  const seconds = (esp: Partial<Scheme['esp']>) =>
    packetOutage({ ...sas, esp: { ...sas.esp, ...esp } }, timing, measures).seconds

  it('are dropped for a quarter of a lifetime where no counter is told', () => {
    expect(seconds({})).toBe(900)
  })

  it('are taken where the jump covers the lag', () => {
    expect(seconds({ period: 10_000, unread: 1, jump: 19_999 })).toBe(0)
    expect(seconds({ period: 10_000, unread: 1, jump: 10_000 })).toBeCloseTo(9999 ** 2 / (2 * 19_999) / 100)
    expect(seconds({ period: 500, toldBy: 'clock', unread: 1, jump: 1000 })).toBe(0)
    expect(seconds({ period: 500, toldBy: 'clock', unread: 1, jump: 999 })).toBeGreaterThan(0)
    expect(seconds({ jump: 'maximum' })).toBe(0)
    expect(seconds({ peerAntiReplay: false })).toBe(0)
  })
})

describe('a jump as the peer sees it', () => {
  it('is a gap as wide as the jump where all had been told, and narrower by the lag at the most', () => {
    const { gap } = packetOutage(
      { ...sas, esp: { ...sas.esp, period: 10_000, unread: 1, jump: 30_000 } },
      timingOf(),
      { dooms: 0 },
    )
    expect(gap).toEqual({ least: 10_001, most: 30_000 })
    expect(packetOutage(sas, timingOf(), { dooms: 0 }).gap).toBeUndefined()
  })
})

describe('the plain interpreter and the explored chain', () => {
  const plain = () =>
    structureOf('nothing', planOf(nothing, { waits: 1, stages: { detection: 1, waits: 1 } }))
  const timing = timingOf({ retransmission: RETRANSMISSION })

  it.each(['labels', 'instance', 'target'] as const)('disagree aloud about %s', (part) => {
    const structure = plain()
    const walk = () => {
      const states = new PlainStates(structure, timing)
      for (let i = 0; i < states.start.edges.length; i++) states.target(states.start, i)
    }
    walk()
    structure[part][0] = structure[part][0]! ^ 1
    expect(walk).toThrow(Disagreement)
  })
})

describe('what is refused', () => {
  it('says why', () => {
    expect(unsuitable(everything)).toBeUndefined()
    expect(unsuitable({ ...everything, ikeBy: 'all' })).toMatch(/share the IKE SA/)
    expect(unsuitable({ ...everything, cluster: false })).toMatch(/single gateway/)
    expect(() => structureOf('nothing', planOf(nothing, { waits: 1 }), 100)).toThrow(ChainTooLarge)
    expect(() => timingOf({ loss: 1 })).toThrow(/loss is 1/)
    expect(() => timingOf({ detection: 0 })).toThrow(/detection is 0/)
    expect(() => timingOf({ retransmission: [] })).toThrow(/1 to 13 waits/)
    expect(() => timingOf({ sas: 1.5 })).toThrow(/whole number/)
    expect(() => timingOf({ clusterStarts: 1 as never })).toThrow(/true or false/)
    expect(() => timingOf({ setUp: Number.NaN })).toThrow(/above 0/)
  })
})

/** Tests of swarms: what bitstate searches with several seeds say together. */
import { beforeAll, describe, expect, it } from 'vitest'
import { dieHard } from '../examples/die-hard.ts'
import { hunt } from './bitstate-search.ts'
import { NO_LIMITS } from './breadth-first.ts'
import type { Outcome } from './engine/outcome.ts'
import { replay, shows } from './engine/path.ts'
import { BITSTATE } from './packed/bitstate.ts'
import { swarmOutcome } from './swarm.ts'

const model = dieHard(3, 5, 4)
const SEEDS = [0, 1, 2, 3, 4, 5, 6, 7]

describe('a swarm', () => {
  /** With so few bits that each search leaves out most states. */
  let outcomes: readonly Outcome[]
  beforeAll(async () => {
    outcomes = await Promise.all(
      SEEDS.map((seed) =>
        hunt(model, { ...BITSTATE, bytes: 4, seed }, { limits: NO_LIMITS, deadlock: false }),
      ),
    )
  })

  it('finds what any of its searches finds, by a shortest of their paths, and proves nothing', () => {
    const shown = outcomes.filter(({ judgements }) => judgements.some(({ path }) => path))
    expect(shown.length).toBeGreaterThan(0)
    expect(shown.length).toBeLessThan(SEEDS.length)
    const swarm = swarmOutcome(outcomes)
    expect(swarm).toMatchObject({ complete: false, exact: false, bitstate: { searches: 8, seed: 0 } })
    for (const [i, { property, verdict, path, others = [] }] of swarm.judgements.entries()) {
      const paths = outcomes.flatMap(({ judgements }) => (judgements[i]!.path ? [judgements[i]!.path] : []))
      expect(verdict === 'unknown').toBe(paths.length === 0)
      if (!path) continue
      expect(path.length).toBe(Math.min(...paths.map(({ length }) => length)))
      const different = new Set(paths.map((one) => one.join()))
      expect(new Set([path, ...others].map((one) => one.join()))).toEqual(different)
      expect(others).toHaveLength(different.size - 1)
      for (const one of [path, ...others]) expect(shows(replay(model, one), property)).toBe(true)
    }
  })

  it('adds up what its searches did, and says of one search what that says', () => {
    const swarm = swarmOutcome(outcomes)
    const sum = (of: (outcome: Outcome) => number) => outcomes.reduce((all, one) => all + of(one), 0)
    expect(swarm.distinct).toBe(sum(({ distinct }) => distinct))
    for (const { action, taken } of swarm.coverage)
      expect(taken).toBe(sum(({ coverage }) => coverage.find((one) => one.action === action)!.taken))
    const { bitstate, missProbability: _, ...one } = swarmOutcome(outcomes.slice(0, 1))
    const { bitstate: fill, missProbability: __, ...alone } = outcomes[0]!
    expect({ ...one, cut: alone.cut }).toEqual(alone)
    expect(bitstate).toEqual({ ...fill, searches: 1 })
  })

  it('says first that a search was interrupted', () => {
    const [first, ...rest] = outcomes
    expect(swarmOutcome([{ ...first!, cut: 'interrupt' }, ...rest]).cut).toBe('interrupt')
  })
})

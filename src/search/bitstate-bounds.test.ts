/** Tests of the bitstate search: its estimate, its seed, its bounds and limits, and the paths it gives. */
import { describe, expect, test } from 'vitest'
import { twoPhaseCommit } from '../examples/two-phase-commit.ts'
import { actionsOn, model, range, record, sometimes } from '../index.ts'
import { counter } from '../testing/counter.ts'
import { unproved } from '../testing/disagreements.ts'
import { hunt } from './bitstate-search.ts'
import { NO_LIMITS, search } from './breadth-first.ts'
import { pathTo } from './engine/path.ts'
import { BITSTATE, type BitstateOptions, bitstateEngine } from './packed/bitstate.ts'
import { RECALL, type RecallLimits } from './packed/memoised/read-trees.ts'
import { KeptPaths, SPAN } from './packed/storage/bitstate-stack.ts'

const OPTIONS = { limits: NO_LIMITS, deadlock: true }
const PLENTY: BitstateOptions = { ...BITSTATE, bytes: 2 ** 18 }

describe('a bitstate search', () => {
  test('stores about as many states as its estimate says', async () => {
    const { distinct, bitstate } = await search(
      bitstateEngine(twoPhaseCommit(6), { ...BITSTATE, bytes: 40_000 }),
      OPTIONS,
    )
    const omitted = 50_816 - distinct
    expect(omitted).toBeGreaterThan(200)
    expect(bitstate!.omitted / omitted).toBeGreaterThan(0.7)
    expect(bitstate!.omitted / omitted).toBeLessThan(1.4)
    expect(bitstate!.set).toBeLessThan(bitstate!.bits)
  })

  test('differs from seed to seed, and is the same for one seed', async () => {
    const run = async (seed: number) => {
      const { elapsedSeconds: _, ...outcome } = await search(
        bitstateEngine(twoPhaseCommit(5), { ...BITSTATE, bytes: 4_000, seed }),
        OPTIONS,
      )
      return JSON.stringify(outcome)
    }
    expect(await run(3)).toBe(await run(3))
    expect(await run(3)).not.toBe(await run(4))
  })

  test('does not expand states at its depth bound, and says how many', async () => {
    const outcome = await search(bitstateEngine(counter(100), { ...PLENTY, depth: 20 }), OPTIONS)
    expect(outcome.depth).toBe(21)
    expect(outcome.bitstate).toMatchObject({ depth: 20, bound: expect.any(Number) })
    expect(outcome.bitstate!.bound).toBeGreaterThan(0)
    expect(outcome.distinct).toBeLessThan(101 * 4)
    expect(outcome).toMatchObject({ frontier: 0, cut: 'bitstate' })
    expect(outcome.judgements.map(({ verdict }) => verdict)).not.toContain('violated')
  })

  test('needs no more memory for more states, beyond a fixed room for what it remembers', async () => {
    const bytesAfter = async (states: number, recall: RecallLimits) => {
      const engine = bitstateEngine(twoPhaseCommit(7), { ...BITSTATE, bytes: 2 ** 20, recall })
      return (await search(engine, { ...OPTIONS, limits: { ...NO_LIMITS, states } })).bytes
    }
    const none = { ...RECALL, room: 0 }
    const fixed = await bytesAfter(10_000, none)
    expect(await bytesAfter(200_000, none)).toBe(fixed)
    const room = 2 ** 12
    const more = (await bytesAfter(200_000, { ...RECALL, room })) - fixed
    expect(more).toBeGreaterThan(0)
    // Nodes, and changes with the last one doubled.
    expect(more).toBeLessThanOrEqual(4 * 3 * room)
  })

  test('stops at limits, and on request', async () => {
    const engine = () => bitstateEngine(twoPhaseCommit(7), { ...BITSTATE, bytes: 2 ** 20 })
    const cutBy = async (limits: object, interrupted = () => false) =>
      (await search(engine(), { ...OPTIONS, limits: { ...NO_LIMITS, ...limits }, interrupted })).cut
    expect(await cutBy({ states: 1000 })).toBe('states')
    expect(await cutBy({ seconds: 0 })).toBe('seconds')
    expect(await cutBy({ bytes: 2 ** 20 })).toBe('bytes')
    expect(await cutBy({}, () => true)).toBe('interrupt')
    expect(await cutBy({})).toBe('bitstate')
  })

  test('reads back a path of many thousand steps', async () => {
    const { judgements } = await search(bitstateEngine(counter(30_000), PLENTY), OPTIONS)
    expect(judgements[1]!.path!.length).toBeGreaterThan(30_000)
    expect(unproved(counter(30_000), judgements[1]!)).toEqual([])
  })

  test('keeps a path again from where it has turned off since', () => {
    const kept = new KeptPaths()
    const path = Int32Array.of(5, 6, 7, 8)
    expect(kept.keep(1, path, 3)).toBe(SPAN + 3)
    path.set([1, 2], 2)
    kept.turned(2)
    expect(pathTo(kept, kept.keep(1, path, 3))).toEqual([5, 6, 1, 2])
    path.set([0, 9], 0)
    kept.turned(0)
    expect(pathTo(kept, kept.keep(1, path, 1))).toEqual([0, 9])
  })

  test('makes a path shorter where that is cheap', async () => {
    const place = record({ x: range(0, 20), y: range(0, 20) })
    const inside = (at: number, by: number) => at + by >= 0 && at + by <= 20
    const go = actionsOn<typeof place>()
    const grid = model('Grid', {
      state: place,
      actions: [
        go('GoX', {
          choose: { by: [1, -1] },
          guard: (s, { by }) => inside(s.x, by),
          effect: (d, { by }) => {
            d.x += by
          },
        }),
        go('GoY', {
          choose: { by: [1, -1] },
          guard: (s, { by }) => inside(s.y, by),
          effect: (d, { by }) => {
            d.y += by
          },
        }),
      ],
      properties: [sometimes<typeof place>('There', { holds: (s) => s.x === 5 && s.y === 5 })],
    })
    const [found] = (await search(bitstateEngine(grid, PLENTY), OPTIONS)).judgements
    const [short] = (await hunt(grid, PLENTY, OPTIONS)).judgements
    expect(found!.path!.length).toBeGreaterThan(50)
    expect(short).toMatchObject({ verdict: 'reached' })
    expect(short!.path).toHaveLength(11)
    expect(unproved(grid, short!)).toEqual([])
  })

  test('says after which steps a model is at fault', async () => {
    const small = record({ n: range(0, 5) })
    const up = actionsOn<typeof small>()('Up', {
      effect: (d) => {
        d.n += 1
      },
    })
    const faulty = model('Faulty', { state: small, actions: [up] })
    await expect(search(bitstateEngine(faulty, PLENTY), OPTIONS)).rejects.toMatchObject({
      data: { step: 'Up', path: ['init', 'Up', 'Up', 'Up', 'Up', 'Up'] },
    })
  })
})

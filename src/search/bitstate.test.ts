/**
 * Tests of the bitstate search: with bits enough it finds what the plain engine finds, with too few it invents nothing,
 * deliberate breaks of its text are noticed, and it keeps to its bounds.
 */
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { dieHard } from '../examples/die-hard.ts'
import { twoPhaseCommit } from '../examples/two-phase-commit.ts'
import { actionsOn, always, eventsOf, measureOn, model, range, record, sometimes } from '../index.ts'
import { bitstateDisagreements, bitstateInventions } from '../testing/bitstate-disagreements.ts'
import { plainOutcome, unproved } from '../testing/disagreements.ts'
import { modelOf, recipe } from '../testing/models.ts'
import { hunt } from './bitstate-search.ts'
import { check, NO_LIMITS, search } from './breadth-first.ts'
import type { Outcome } from './outcome.ts'
import { BITSTATE, type BitstateOptions, bitstateEngine } from './packed/bitstate.ts'
import { KeptPaths, SPAN } from './packed/bitstate-stack.ts'
import { pathTo } from './path.ts'

const MODELS = 150
const OPTIONS = { limits: NO_LIMITS, deadlock: true }
const PLENTY: BitstateOptions = { ...BITSTATE, bytes: 2 ** 18 }
/** One array or several, of a size that is no power of two; chunks of a few states; another order. */
const WAYS: readonly BitstateOptions[] = [
  PLENTY,
  { ...PLENTY, bytes: 100_001, segment: 1000, entries: 1 },
  { ...PLENTY, seed: 7, entries: 3 },
]

const state = record({ n: range(0, 1_000_000), left: range(0, 3) })
type Wire = { wentUp: { to: number } }
const action = actionsOn<typeof state, Wire>()
const counter = (end: number) =>
  model('Counter', {
    state,
    events: eventsOf<Wire>(['all'], { wentUp: () => ({ shape: 'mark', lane: 'all', text: 'up' }) }),
    actions: [
      action('Up', {
        guard: (s) => s.n < end,
        effect: (d, _, emit) => {
          d.n += 1
          // Worth more where the search comes later.
          emit.wentUp({ to: d.n * (4 - d.left) })
        },
      }),
      action('Down', {
        guard: (s) => s.n > 0 && s.left === 0,
        effect: (d) => {
          d.n -= 1
        },
      }),
      action('Turn', {
        choose: { by: [1, 2] },
        guard: (s, { by }) => s.left + by <= 3,
        effect: (d, { by }) => {
          d.left += by
        },
      }),
    ],
    properties: [
      sometimes<typeof state>('End', { holds: (s) => s.n === end }),
      always<typeof state>('Low', { holds: (s) => s.n < end || s.left !== 3 }),
      measureOn<Wire>()('Price', {
        unit: 'coins',
        memory: record({}),
        on: { wentUp: (_, { to }, meter) => meter.reads(to) },
      }),
    ],
  })

const references: Outcome[] = []

beforeAll(async () => {
  const limits = { ...NO_LIMITS, states: 150 }
  for (const r of fc.sample(recipe, { seed: 11, numRuns: MODELS * 2 })) {
    const { complete, distinct } = await check(modelOf(r), { limits })
    if (complete && distinct > 3 && references.length < MODELS)
      references.push(await plainOutcome(modelOf(r)))
  }
  // Random models mostly show what they show in their first states.
  for (const model of [counter(40), dieHard(3, 5, 4)]) references.unshift(await plainOutcome(model))
})

describe('a bitstate search of random models', () => {
  test.for(WAYS)('finds with %o what the plain engine finds', async (options) => {
    expect(references.length).toBeGreaterThan(MODELS / 2)
    for (const plain of references)
      expect(await bitstateDisagreements(plain, bitstateEngine(plain.model, options))).toEqual([])
  })

  test('invents nothing when it has hardly any bits', async () => {
    let omitting = 0
    for (const plain of references)
      for (const bytes of [4, 16, 64]) {
        const engine = bitstateEngine(plain.model, { ...PLENTY, bytes, seed: bytes })
        expect(await bitstateInventions(plain, engine)).toEqual([])
        if (engine.distinct < plain.distinct) omitting += 1
      }
    expect(omitting).toBeGreaterThan(50)
  })

  test('shows with shorter paths what it showed with longer ones', async () => {
    let shortened = 0
    for (const { model } of references) {
      const { judgements } = await search(bitstateEngine(model, PLENTY), OPTIONS)
      const hunted = (await hunt(model, PLENTY, OPTIONS)).judgements
      hunted.forEach((judgement, i) => {
        expect(unproved(model, judgement)).toEqual([])
        const [before, after] = [judgements[i]!, judgement].map(({ path }) => path?.length ?? 0)
        expect(after).toBeLessThanOrEqual(before!)
        if (after! < before!) shortened += 1
      })
    }
    expect(shortened).toBeGreaterThan(0)
  })
})

type Row = readonly [title: string, piece: string | RegExp, broken: string]

const ROWS: readonly Row[] = [
  ['bits are not set', 'now !== old', 'now < old'],
  ['bits are set for one hash function only', 'x = (x + b) | 0\n', '\n'],
  ['one hash function decides', / & \(ALONE\[\(x1 .*? & 1/, ' & 1'],
  [
    'few bits of the hash count',
    /\(lo \^ (-?\d+), hi\), b = (mixOf\d+)\(hi \^ (-?\d+), lo\)/,
    '(7 ^ $1, 7), b = $2(7 ^ $3, hi & 255)',
  ],
  ['a state is not put on the stack', 'top++\n  waiting++', 'if (steps !== 2) { top++; waiting++ }'],
  ['the state below the top is expanded', 'const p = top *', 'const p = Math.max(0, top - 1) *'],
  [
    'the depth of a state is that of its parent',
    'const steps = depth + 1',
    'const steps = Math.max(0, depth)',
  ],
  ['a step of a path is the one before', /= at\n {2}top/, '= at > 0 ? at - 1 : at\n  top'],
  ['steps are not noted', /PATH\[depth\] = C\[.*?\]/, ''],
  ['where the search turned off is not noted', 'if (depth < lowest) lowest = depth', ''],
  ['what a state showed is noted later', /if \(\(HEAD\[5\] \| HEAD\[6\]\) !== 0 .*? return/, ''],
  ['a chunk below is forgotten', 'C = stack.below()', ''],
  ['the hash of a state is not kept', 'lo0 = lo\n    hi0 = hi\n    if', 'if'],
  ['the last successors of a state are those of the next', 'if (pending !== 0) resolve()', ''],
  ['stuck states are not counted', 'stuck++', ''],
  ['a final state is a deadlock', '!isFinal(', '(true || isFinal)('],
]

describe('the comparison with the plain engine', () => {
  test.for(ROWS)('notices that %s', async ([title, piece, broken]) => {
    let found = false
    const rewrite = (text: string): string => {
      const rewritten = text.replaceAll(typeof piece === 'string' ? piece : new RegExp(piece, 'g'), broken)
      if (rewritten !== text) found = true
      return rewritten
    }
    const notices = async (plain: Outcome, options: BitstateOptions) => {
      try {
        return (await bitstateDisagreements(plain, bitstateEngine(plain.model, options, rewrite))).length > 0
      } catch {
        return true
      }
    }
    let noticed = false
    for (const plain of references)
      for (const options of [PLENTY, { ...PLENTY, bytes: 512, entries: 1 }])
        noticed ||= await notices(plain, options)
    if (!found) throw new Error(`no program contains what the row '${title}' breaks`)
    expect(noticed).toBe(true)
  })
})

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

  test('needs no more memory for more states', async () => {
    const bytesAfter = async (states: number) => {
      const limits = { ...NO_LIMITS, states }
      return (
        await search(bitstateEngine(twoPhaseCommit(7), { ...BITSTATE, bytes: 2 ** 20 }), {
          ...OPTIONS,
          limits,
        })
      ).bytes
    }
    expect(await bytesAfter(200_000)).toBe(await bytesAfter(10_000))
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

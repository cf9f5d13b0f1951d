/**
 * Tests of the bitstate search: with bits enough it finds what the plain engine finds, with too few it invents nothing,
 * and deliberate breaks of its text are noticed.
 */
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { dieHard } from '../examples/die-hard.ts'
import { bitstateDisagreements, bitstateInventions } from '../testing/bitstate-disagreements.ts'
import { counter } from '../testing/counter.ts'
import { plainOutcome, unproved } from '../testing/disagreements.ts'
import { ending, modelOf, recipe } from '../testing/models.ts'
import { hunt } from './bitstate-search.ts'
import { check, NO_LIMITS, search } from './breadth-first.ts'
import type { Outcome } from './engine/outcome.ts'
import { BITSTATE, type BitstateOptions, bitstateEngine } from './packed/bitstate.ts'

const MODELS = 150
const OPTIONS = { limits: NO_LIMITS, deadlock: true }
const PLENTY: BitstateOptions = { ...BITSTATE, bytes: 2 ** 18 }
/** One array or several, of a size that is no power of two; chunks of a few states; another order. */
const WAYS: readonly BitstateOptions[] = [
  PLENTY,
  { ...PLENTY, bytes: 100_001, segment: 1000, entries: 1 },
  { ...PLENTY, seed: 7, entries: 3 },
]

const references: Outcome[] = []

beforeAll(async () => {
  const limits = { ...NO_LIMITS, states: 150 }
  for (const r of fc.sample(recipe, { seed: 11, numRuns: MODELS * 2 })) {
    const { complete, distinct } = await check(modelOf(r), { limits })
    if (complete && distinct > 3 && references.length < MODELS)
      references.push(await plainOutcome(modelOf(r)))
  }
  // Random models mostly show what they show in their first states.
  for (const model of [counter(40), dieHard(3, 5, 4), ending]) references.unshift(await plainOutcome(model))
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
    /\(x \^ (-?\d+), y\), b = (mixOf\d+)\(y \^ (-?\d+), x\)/,
    '(7 ^ $1, 7), b = $2(7 ^ $3, y & 255)',
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
  ['the hash of a state is that of the one before', 'k0 = A[p', 'k0 = true ? k0 : A[p'],
  ['the last successors of a state are those of the next', 'if (pending !== 0) resolve()', ''],
  ['stuck states are not counted', 'stuck++', ''],
  ['a final state is a deadlock', 'const isEnd = isFinal(', 'const isEnd = (() => false)('],
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

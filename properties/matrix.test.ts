/** Every scheme of the matrix: declared verdicts, known counts, and the same answer from the plain interpreter. */
import { describe, expect, it } from 'vitest'
import { labelOf } from '../src/modelling/property.ts'
import { check, NO_LIMITS, search } from '../src/search/breadth-first.ts'
import { checkNaively } from '../src/search/naive.ts'
import type { Outcome } from '../src/search/outcome.ts'
import { replay, shows } from '../src/search/path.ts'
import { plainEngine } from '../src/search/plain-engine.ts'
import { joined } from '../src/search/suite.ts'
import { schemes } from './matrix.ts'

/**
 * Distinct states of each focus, in the order of the focuses: own requests, peer requests, packets, together,
 * second failover.
 */
const DISTINCT: Readonly<Record<string, readonly number[]>> = {
  'single-gateway': [490, 490, 9, 6_918, 280],
  'no-synch': [2_347, 3_980, 54, 23_934, 3_410],
  'synch-sas': [276_542, 154_746, 126, 429_483, 190_724],
  'synch-ike': [529_576, 172_161, 126, 633_504, 725_218],
  'esp-as-is': [529_576, 172_161, 542, 680_350, 725_218],
  'esp-jump': [529_576, 172_161, 659, 685_399, 725_218],
  'esp-wide-jump': [529_576, 172_161, 765, 687_403, 725_218],
  'esp-wide-jump-late': [529_576, 172_161, 956, 687_403, 725_218],
  'esp-wide-jump-own-iv': [529_576, 172_161, 765, 771_907, 725_218],
  'acked-counters': [26_410, 14_374, 765, 197_482, 131_056],
  'acked-answers': [26_410, 14_422, 765, 199_974, 141_466],
  'acked-requests': [15_100, 14_374, 765, 207_464, 87_881],
  'acked-everything': [15_100, 14_422, 765, 209_004, 94_127],
  'acked-no-resynch': [15_100, 14_422, 484, 209_004, 44_980],
}

describe.each(schemes)('$name', (suite) => {
  it('has the declared verdicts, and every counterexample replays on the plain interpreter', async () => {
    const outcomes: { focus: (typeof suite.focuses)[number]; outcome: Outcome }[] = []
    for (const focus of suite.focuses) outcomes.push({ focus, outcome: await check(focus.model) })
    expect(outcomes.map(({ outcome }) => outcome.distinct)).toEqual(DISTINCT[suite.name])
    const { verdicts } = joined(suite, outcomes)
    expect(Object.fromEntries(verdicts.map(({ label, verdict }) => [label, verdict]))).toEqual(suite.expects)
    for (const { focus, outcome } of outcomes)
      for (const { property, verdict, path } of outcome.judgements)
        if (verdict === 'violated') expect(shows(replay(focus.model, path!), property)).toBe(true)
  })

  it('names a source and a sentence for each property', () => {
    for (const { model } of suite.focuses)
      for (const property of model.properties) {
        expect(property.source, labelOf(property)).toMatch(/RFC \d+/)
        expect(property.sentence, labelOf(property)).toMatch(/^[A-Z].*\.$/)
      }
  })
})

describe('the interpreters', () => {
  const small = schemes
    .flatMap((suite) => suite.focuses)
    .filter(({ model }) => /^(single-gateway|no-synch)/.test(model.name))

  it.each(small.filter(({ model }) => !model.name.includes('together')))(
    'agree on $model.name',
    async ({ model }) => {
      const packed = await check(model, { exact: true })
      const plain = await search(plainEngine(model), { limits: NO_LIMITS, deadlock: false })
      const naive = checkNaively(model)
      const counts = ({ distinct, generated, depth, stuck }: Omit<typeof naive, 'verdicts'>) => ({
        distinct,
        generated,
        depth,
        stuck,
      })
      expect(counts(plain)).toEqual(counts(packed))
      expect(counts(naive)).toEqual(counts(packed))
      expect(plain.judgements).toEqual(packed.judgements)
      expect(plain.coverage).toEqual(packed.coverage)
    },
  )

  it.each(schemes.flatMap((suite) => suite.focuses))(
    'agree on the first states of $model.name',
    async ({ model }) => {
      const limits = { ...NO_LIMITS, states: 400 }
      const packed = await check(model, { exact: true, limits })
      const plain = await search(plainEngine(model), { limits, deadlock: false })
      expect(plain.distinct).toBe(packed.distinct)
      expect(plain.generated).toBe(packed.generated)
      expect(plain.judgements).toEqual(packed.judgements)
    },
  )
})

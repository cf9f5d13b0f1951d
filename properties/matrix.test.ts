/** Every scheme of the matrix: declared verdicts, known counts, and the same answer from the plain interpreter. */
import { describe, expect, it } from 'vitest'
import { labelOf } from '../src/modelling/property.ts'
import { check, NO_LIMITS, search } from '../src/search/breadth-first.ts'
import { checkNaively } from '../src/search/naive.ts'
import type { Outcome } from '../src/search/outcome.ts'
import { replay, shows } from '../src/search/path.ts'
import { plainEngine } from '../src/search/plain-engine.ts'
import { joined } from '../src/search/suite.ts'
import { DISTINCT_SPI } from './declared-spi.ts'
import { schemes } from './matrix.ts'

/**
 * Distinct states of each focus, in the order of the focuses: own requests, peer requests, packets, together,
 * second failover.
 */
const DISTINCT: Readonly<Record<string, readonly number[]>> = {
  'single-gateway': [335, 335, 9, 4_612, 216],
  'no-synch': [1_608, 2_610, 54, 15_956, 2_470],
  'synch-sas': [111_276, 48_429, 126, 225_049, 33_550],
  'synch-ike': [224_260, 63_121, 126, 337_832, 127_837],
  'esp-as-is': [224_260, 63_121, 542, 337_832, 127_837],
  'esp-jump': [224_260, 63_121, 659, 341_840, 127_837],
  'esp-wide-jump': [224_260, 63_121, 765, 341_840, 127_837],
  'esp-wide-jump-late': [224_260, 63_121, 956, 341_840, 127_837],
  'esp-wide-jump-own-iv': [224_260, 63_121, 765, 341_840, 127_837],
  'acked-counters': [15_220, 7_712, 765, 84_461, 43_036],
  'acked-answers': [15_220, 7_760, 765, 85_529, 47_992],
  'acked-requests': [8_692, 7_712, 765, 88_739, 30_392],
  'acked-everything': [8_692, 7_760, 765, 89_399, 33_441],
  'acked-no-resynch': [8_692, 7_760, 484, 89_399, 20_016],
}

describe.each(schemes)('$name', (suite) => {
  it('has the declared verdicts, and every counterexample replays on the plain interpreter', async () => {
    const outcomes: { focus: (typeof suite.focuses)[number]; outcome: Outcome }[] = []
    for (const focus of suite.focuses) outcomes.push({ focus, outcome: await check(focus.model) })
    expect(outcomes.map(({ outcome }) => outcome.distinct)).toEqual([
      ...(DISTINCT[suite.name] ?? []),
      ...(DISTINCT_SPI[suite.name] ?? []),
    ])
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

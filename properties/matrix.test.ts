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

/** Distinct states of each focus, in the order of the focuses: own requests, peer requests, packets, together. */
const DISTINCT: Readonly<Record<string, readonly number[]>> = {
  'single-gateway': [625, 625, 9, 6_918],
  'no-synch': [2_752, 3_750, 54, 20_838],
  'synch-sas': [214_429, 85_430, 126, 244_938],
  'synch-ike': [296_783, 61_624, 126, 315_036],
  'esp-as-is': [296_783, 61_624, 351, 366_526],
  'esp-jump': [296_783, 61_624, 417, 400_711],
  'esp-wide-jump': [296_783, 61_624, 484, 401_775],
  'esp-wide-jump-own-iv': [296_783, 61_624, 484, 401_775],
  'acked-counters': [32_325, 8_742, 484, 128_607],
  'acked-answers': [32_325, 11_550, 484, 155_527],
  'acked-requests': [18_159, 8_742, 484, 132_455],
  'acked-everything': [18_159, 11_550, 484, 160_591],
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

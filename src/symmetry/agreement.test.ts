/**
 * Agreement: on random models a search with symmetry says what one without says, by paths of the same lengths that
 * replay, and counts as many orbits as the oracle. Set CLUSTERCHECK_SEED and CLUSTERCHECK_RUNS to look at other models.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { symmetricModel } from '../testing/symmetric/models.ts'
import { type Reference, referenceOf, wrongs } from '../testing/symmetric/reduced.ts'
import type { Draw } from '../testing/symmetric/schemas.ts'
import { planOf } from './identities/plan.ts'
import { classesIn } from './symmetry.ts'
import { placed } from './walker.ts'

const SEED = Number(process.env.CLUSTERCHECK_SEED ?? 6311)
const RUNS = Number(process.env.CLUSTERCHECK_RUNS ?? 60)
/** Of models with more states, or too few to be worth it, others are taken. */
const MOST = 400
const FEWEST = 6

/** Numbers to draw from; when they are used up, zeroes, which make the simplest model. */
const tape = fc.array(fc.nat({ max: 2 ** 20 }), { minLength: 300, maxLength: 400, size: 'max' })

const drawFrom = (numbers: readonly number[]): Draw => {
  let next = 0
  return (n) => (numbers[next++] ?? 0) % n
}

/** Compares models of one kind and hands out what they were. */
const compared = async (singles: boolean, records = false): Promise<readonly Reference[]> => {
  const references: Reference[] = []
  await fc.assert(
    fc.asyncProperty(tape, async (numbers) => {
      const reference = await referenceOf(symmetricModel(drawFrom(numbers), singles, records), MOST)
      fc.pre(reference !== undefined && reference.whole.distinct >= FEWEST)
      expect(await wrongs(reference, false)).toEqual([])
      expect(await wrongs(reference, true)).toEqual([])
      references.push(reference)
    }),
    { seed: SEED, numRuns: records ? Math.ceil(RUNS / 6) : RUNS, maxSkipsPerRun: 20 },
  )
  return references
}

const share = (references: readonly Reference[], test: (reference: Reference) => boolean): number =>
  references.filter(test).length / references.length

/** Programs speak of `here` alone. Of the rest nothing is left out but what the sample did not meet. */
const toldApart = ({ symmetry }: Reference): readonly string[] =>
  symmetry.families.flatMap(({ identities, reason = '' }) =>
    !identities.includes('here') && / tells \w+ from \w+:/.test(reason) ? [reason] : [],
  )

describe('a search with symmetry', { timeout: 600_000 }, () => {
  test('is right about models that are symmetric by construction, and these are worth it', async () => {
    const references = await compared(false)
    const plans = references.map(({ model, symmetry }) => {
      const { layout, paths } = placed(model)
      return planOf(layout, paths, classesIn(symmetry))
    })
    const reduced = (factor: number) =>
      share(references, ({ whole, orbits }) => whole.distinct >= factor * orbits.distinct)
    expect(reduced(1.3)).toBeGreaterThan(0.5)
    expect(reduced(3)).toBeGreaterThan(0.1)
    expect(share(references, ({ orbits }) => orbits.distinct > 20)).toBeGreaterThan(0.15)
    expect(plans.filter(({ sorted }) => sorted.length > 0).length / RUNS).toBeGreaterThan(0.15)
    expect(plans.filter(({ related }) => related.length > 0).length / RUNS).toBeGreaterThan(0.3)
    expect(references.flatMap(toldApart)).toEqual([])
  })

  test('is right about models with sets of records that name identities', async () => {
    const references = await compared(false, true)
    const reduced = share(references, ({ whole, orbits }) => whole.distinct >= 1.3 * orbits.distinct)
    expect(reduced).toBeGreaterThan(0.5)
    const relating = references.filter(({ model, symmetry }) => {
      const { layout, paths } = placed(model)
      return planOf(layout, paths, classesIn(symmetry)).positions.some(({ digits }) => digits.length > 1)
    })
    expect(relating.length / references.length).toBeGreaterThan(0.15)
    expect(references.flatMap(toldApart)).toEqual([])
  })

  test('is right about models that single an identity out, and leaves these out', async () => {
    const references = await compared(true)
    const singled = / tells [p-s] from [p-s]:/
    expect(
      share(references, ({ symmetry }) => symmetry.families.some(({ reason }) => singled.test(reason ?? ''))),
    ).toBeGreaterThan(0.1)
    // The others of the family are still permuted.
    expect(
      share(
        references,
        ({ symmetry }) =>
          symmetry.families.some(({ reason }) => singled.test(reason ?? '')) && symmetry.order > 1,
      ),
    ).toBeGreaterThan(0.02)
  })
})

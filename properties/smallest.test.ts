/** The smallest configurations: each shows the violation, and none does with one of its bounds lowered by one. */
import { describe, expect, it } from 'vitest'
import { ModelFault } from '../src/modelling/fault.ts'
import type { Model } from '../src/modelling/model.ts'
import { labelOf } from '../src/modelling/property.ts'
import { check } from '../src/search/breadth-first.ts'
import { propertiesOf } from '../src/search/suite.ts'
import { matrixOf } from './matrix.ts'
import { SMALLEST, type Smallest, searchWithin } from './smallest.ts'

/** A scope in which nothing at all can happen is no model. */
const searchOrNothing = (make: () => Model): Model | undefined => {
  try {
    return make()
  } catch (thrown) {
    if (thrown instanceof ModelFault) return undefined
    throw thrown
  }
}

/** Steps of the shortest counterexample, if there is one and the property is judged. */
const stepsOf = async (label: string, { scheme, focus }: Smallest, bounds: Smallest['bounds']) => {
  const model = searchOrNothing(() => searchWithin(scheme, focus, bounds))
  if (!model) return undefined
  const property = model.properties.find((p) => labelOf(p) === label)
  const { judgements } = await check(model)
  const judgement = judgements.find((one) => one.property === property?.name)
  return judgement?.verdict === 'violated' ? judgement.path!.length - 1 : undefined
}

describe('a smallest configuration', () => {
  it.each(Object.entries(SMALLEST))('of %s cannot be smaller', async (label, smallest) => {
    const { bounds, steps } = smallest
    expect(await stepsOf(label, smallest, bounds)).toBe(steps)
    for (const [path, bound] of Object.entries(bounds))
      expect(await stepsOf(label, smallest, { ...bounds, [path]: bound - 1 }), path).toBeUndefined()
  })

  it('is known for every property that can be violated', () => {
    const labels = propertiesOf(matrixOf('default').suites)
      .filter(({ kind }) => kind !== 'measure')
      .map(labelOf)
    const missing = labels.filter((label) => !Object.hasOwn(SMALLEST, label))
    expect(
      missing,
      'Say in properties/smallest.ts in which smallest configuration each of these is violated',
    ).toEqual([])
    expect(
      Object.keys(SMALLEST).filter((label) => !labels.includes(label)),
      'No property has these labels',
    ).toEqual([])
  })
})

/** For each property, a deliberately broken model that violates it: a property that nothing can violate says nothing. */
import { describe, expect, it } from 'vitest'
import { labelOf } from '../../src/modelling/property.ts'
import { propertiesOf } from '../../src/search/suite.ts'
import { mutated, verdictOf } from '../../src/testing/mutating.ts'
import { matrixOf } from '../matrix.ts'
import { espMutations } from './esp.ts'
import { ikeMutations } from './ike.ts'
import { spiMutations } from './spi.ts'

const MUTATIONS = [...ikeMutations, ...espMutations, ...spiMutations]

/** Judged properties; a measure is a number and cannot be violated. */
const LABELS = propertiesOf(matrixOf('default').suites)
  .filter(({ kind }) => kind !== 'measure')
  .map(labelOf)

describe('a mutation of the model', () => {
  it.each(MUTATIONS)('violates $label: $story', async (mutation) => {
    const { label } = mutation
    const original = mutation.sound()
    const broken =
      'broken' in mutation ? mutation.broken() : mutated(original, mutation.action, mutation.change)
    expect(await verdictOf(original, label)).toBe('holds')
    expect(await verdictOf(broken, label)).toBe('violated')
  })

  it('exists for every property of the matrix', () => {
    const violated = new Set(MUTATIONS.map(({ label }) => label))
    const missing = LABELS.filter((label) => !violated.has(label))
    expect(missing, 'Add a mutation that violates each of these to a file in properties/mutations/').toEqual(
      [],
    )
    expect(
      [...violated].filter((label) => !LABELS.includes(label)),
      'No property has these labels',
    ).toEqual([])
  })
})

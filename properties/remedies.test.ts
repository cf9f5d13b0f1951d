/** What is advised is what the matrix declares: the one scheme violates the property, and in the other it holds. */
import { describe, expect, it } from 'vitest'
import { labelOf } from '../src/modelling/property.ts'
import { captureMonitors, captureSymptoms } from './capture.ts'
import { matrixOf } from './matrix.ts'
import { REMEDIES } from './remedies.ts'

describe('remedies', () => {
  const { suites } = matrixOf('default')
  const declared = (scheme: string, label: string) =>
    suites.find(({ name }) => name === scheme)?.expects?.[label]

  it('are there for everything that a capture decides', () => {
    for (const property of [...captureMonitors, ...captureSymptoms])
      expect(REMEDIES).toHaveProperty(labelOf(property))
  })

  it.each(Object.entries(REMEDIES))(
    'for %s name a scheme that has the fault and one that has not',
    (label, { fault, repair }) => {
      expect([declared(fault, label), declared(repair, label)]).toEqual(['violated', 'holds'])
    },
  )
})

/** What is advised is what the matrix declares: the one scheme violates the property, and in the other it holds. */
import { describe, expect, it } from 'vitest'
import { labelOf } from '../src/modelling/property.ts'
import { propertiesOf } from '../src/search/suite.ts'
import { captureMonitors, captureSymptoms, UNDECIDABLE } from './capture.ts'
import { matrixOf } from './matrix.ts'
import { REMEDIES } from './remedies.ts'

describe('remedies', () => {
  const { suites, groups } = matrixOf('default')
  const declared = (scheme: string, label: string) =>
    suites.find(({ name }) => name === scheme)?.expects?.[label]

  it('are there for everything that a capture decides', () => {
    for (const property of [...captureMonitors, ...captureSymptoms])
      expect(REMEDIES).toHaveProperty(labelOf(property))
  })

  it('or captures do not decide it, and say why', () => {
    const judged = [...captureMonitors, ...captureSymptoms].map(labelOf)
    const named = [...judged, ...UNDECIDABLE.flatMap(([labels]) => labels.split(', '))]
    const properties = propertiesOf(suites).filter(({ kind }) => kind !== 'measure')
    const missing = properties.map(labelOf).filter((label) => !named.includes(label))
    expect(
      missing,
      'Judge each of these in properties/capture.ts, or say there why no capture decides it',
    ).toEqual([])
  })

  it('and each property has its column in the matrix', () => {
    const columns = groups!.flatMap(({ labels }) => labels)
    const missing = propertiesOf(suites)
      .map(labelOf)
      .filter((label) => !columns.includes(label))
    expect(missing, 'Put each of these into a group of columns in properties/matrix.ts').toEqual([])
  })

  it.each(Object.entries(REMEDIES))(
    'for %s name a scheme that has the fault and one that has not',
    (label, { fault, repair }) => {
      expect([declared(fault, label), declared(repair, label)]).toEqual(['violated', 'holds'])
    },
  )
})

/** Tests of distinct causes: ways that differ in what does not matter are one, and every violating state belongs to one. */
import { expect, it } from 'vitest'
import { matrixOf } from '../../../properties/matrix.ts'
import { labelOf } from '../../modelling/property.ts'
import { NO_LIMITS } from '../../search/breadth-first.ts'
import { waysOf } from '../../search/causes.ts'
import { replay, shows } from '../../search/engine/path.ts'
import type { Caption } from './caption.ts'
import { causesOf, causesText } from './causes.ts'

const { model } = matrixOf('small')
  .suites.find(({ name }) => name === 'synch-sas')!
  .focuses.find(({ name }) => name === 'own-requests')!
const property = model.properties.find((p) => labelOf(p) === 'MID-1')!
const captionFor = (path: readonly number[]): Caption => ({
  property: property.name,
  label: 'MID-1',
  verdict: 'violated',
  scheme: 'synch-sas',
  focus: 'own-requests',
  token: path.join('.'),
})

it('a request with a used ID has two causes: with and without the first on the way, which nothing else distinguishes', async () => {
  const found = await waysOf(model, property, { limits: NO_LIMITS })
  expect(found.ways.length).toBeGreaterThan(50)
  const causes = causesOf(model, found, captionFor)
  expect(causes.causes.map(({ skeleton }) => skeleton.join(' '))).toEqual([
    'ClusterAsks Crashes TakesOver ClusterAsks',
    'ClusterAsks Crashes NetworkLoses TakesOver ClusterAsks',
  ])
  expect(causes.causes.reduce((sum, { states }) => sum + states, 0)).toBe(found.states)
  expect(causes).toMatchObject({ unexplained: 0, complete: true })
  for (const { path } of causes.causes) expect(shows(replay(model, path), property.name)).toBe(true)

  const text = causesText(causes, captionFor, { most: 1, columns: 100 })
  expect(text).toMatch(
    /^MID-1 RequestIdNotReused, own-requests: 2 distinct causes in \d+ violating states, of/,
  )
  expect(text).toContain('clustercheck replay 0.')
  expect(text.split('\n').every((line) => line.length <= 100)).toBe(true)
})

it('says what was cut and what was not looked at', () => {
  const some = { path: [0, 0], states: 3 }
  const causes = causesOf(model, { ways: [some], states: 10, unsorted: 7, complete: false }, captionFor)
  const text = causesText(causes, captionFor, { most: 5, columns: 100 })
  expect(text).toContain('The search was cut')
  expect(text).toContain('Of 7 violating states no cause was made out')
})

/** Tests of the causal core: what is outside of it can be left out, on random traces and on shortest ones. */
import { describe, expect, it } from 'vitest'
import { matrixOf } from '../../../properties/matrix.ts'
import type { Model } from '../../modelling/model.ts'
import { labelOf } from '../../modelling/property.ts'
import { shows } from '../../search/engine/path.ts'
import { without } from '../../search/left-out.ts'
import { randomTrace } from '../../testing/random-walk.ts'
import type { Caption } from './caption.ts'
import { insightOf } from './insight.ts'

const { suites } = matrixOf('default')
const modelOf = (scheme: string, focus: string): Model =>
  suites.find(({ name }) => name === scheme)!.focuses.find(({ name }) => name === focus)!.model

const captionFor = (property: string): Caption => ({
  property,
  label: property,
  verdict: 'violated',
  scheme: 'x',
  token: 'x',
})

const CASES = [
  ['synch-sas', 'own-requests', 'MID-1'],
  ['synch-sas', 'own-requests', 'CHD-1'],
  ['synch-sas', 'outbound', 'SEQ-1'],
  ['synch-sas', 'outbound', 'IV-1'],
] as const

describe('steps outside of the core of a random trace', () => {
  it.each(CASES)('can be left out: %s, %s, %s', (scheme, focus, label) => {
    const model = modelOf(scheme, focus)
    const property = model.properties.find((p) => labelOf(p) === label)!
    const violates = (step: Parameters<Parameters<typeof randomTrace>[3]>[0]): boolean =>
      property.kind === 'monitor'
        ? step.violated.has(property.name)
        : property.kind === 'always' && !property.holds(step.state.model)
    let traces = 0
    let shorter = 0
    for (let seed = 1; traces < 40 && seed < 4000; seed++) {
      const trace = randomTrace(model, seed, 60, violates)
      if (!trace) continue
      traces += 1
      const { parts } = insightOf(trace, captionFor(property.name))
      const core = without(trace, (step) => parts[step] !== 'outside')
      expect(core, trace.path.join('.')).toBeDefined()
      expect(shows(core!, property.name), trace.path.join('.')).toBe(true)
      if (core!.steps.length < trace.steps.length) shorter += 1
    }
    expect(traces).toBe(40)
    expect(shorter).toBeGreaterThan(5)
  })
})

/** Tests of the search for all violations: as many as a walk over all plain states finds, and each path shows one. */
import { describe, expect, it } from 'vitest'
import { matrixOf } from '../../properties/matrix.ts'
import type { Model } from '../modelling/model.ts'
import { labelOf, type Property } from '../modelling/property.ts'
import { plainInterpreter } from '../state/plain/interpreter.ts'
import type { PlainState } from '../state/plain/plain-state.ts'
import { check, NO_LIMITS } from './breadth-first.ts'
import { waysOf } from './causes.ts'
import { replay, shows } from './engine/path.ts'

const { suites } = matrixOf('small')
const caseOf = (scheme: string, focus: string, label: string): { model: Model; property: Property } => {
  const { model } = suites.find(({ name }) => name === scheme)!.focuses.find(({ name }) => name === focus)!
  return { model, property: model.properties.find((p) => labelOf(p) === label)! }
}

/** The states into which a step violates a property, of all that can be reached without violating it. */
const violatingStates = (model: Model, property: Property): number => {
  const run = plainInterpreter({ ...model, properties: [property] })
  const known = new Map<string, PlainState>()
  const violating = new Set<string>()
  const arrive = (from: PlainState, instance: (typeof run.instances)[number]): void => {
    if (!run.enabled(from, instance)) return
    const { state, violated } = run.step(from, instance)
    const text = run.text(state)
    if (violated.size > 0 || (property.kind === 'always' && !property.holds(state.model))) violating.add(text)
    else if (!known.has(text)) known.set(text, state)
  }
  for (const instance of run.initial) arrive(run.zero, instance)
  for (const state of known.values()) for (const instance of run.instances) arrive(state, instance)
  return violating.size
}

describe('the ways into a violation', () => {
  it.each([
    ['synch-sas', 'own-requests', 'MID-1'],
    ['synch-sas', 'outbound', 'SEQ-1'],
    ['acked-counters', 'own-requests', 'MID-6'],
  ])('are all there are: %s, %s, %s', async (scheme, focus, label) => {
    const { model, property } = caseOf(scheme, focus, label)
    const { ways, states, unsorted, complete } = await waysOf(model, property, { limits: NO_LIMITS })
    expect(complete).toBe(true)
    expect(unsorted).toBe(0)
    expect(states).toBe(violatingStates(model, property))
    expect(ways.reduce((sum, way) => sum + way.states, 0)).toBe(states)
    for (const { path } of ways) expect(shows(replay(model, path), property.name)).toBe(true)
    const { judgements } = await check(model)
    expect(ways[0]!.path).toHaveLength(judgements.find((j) => j.property === property.name)!.path!.length)
  })

  it('are found into dooms, from states that are none', async () => {
    const { model, property } = caseOf('synch-sas', 'own-requests', 'LIV-1c')
    const { ways, states } = await waysOf(model, property, { limits: NO_LIMITS })
    const { judgements } = await check(model)
    expect(ways[0]!.path).toHaveLength(judgements.find((j) => j.property === property.name)!.path!.length)
    expect(states).toBeGreaterThan(1)
  })

  it('are none where a property holds, and a cut search says that it was cut', async () => {
    const holding = caseOf('single-gateway', 'own-requests', 'MID-1')
    const none = await waysOf(holding.model, holding.property, { limits: NO_LIMITS })
    expect(none).toMatchObject({ ways: [], states: 0, complete: true })
    const { model, property } = caseOf('synch-sas', 'own-requests', 'MID-1')
    expect(await waysOf(model, property, { limits: { ...NO_LIMITS, states: 10 } })).toMatchObject({
      complete: false,
    })
  })
})

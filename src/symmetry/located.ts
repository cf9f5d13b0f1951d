/** Faults found in representatives, told of reachable states: the names in both differ. */
import type { ModelFault } from '../modelling/fault.ts'
import type { Model } from '../modelling/model.ts'
import { testsOf } from '../modelling/tests.ts'
import { instancesOf } from '../state/plain/instances.ts'
import { plainInterpreter } from '../state/plain/interpreter.ts'
import type { PlainState } from '../state/plain/plain-state.ts'
import { asFault } from '../state/running-faults.ts'
import { Asymmetry, type Concretiser } from './concrete.ts'

/** The fault that instance `number` leads to in the representative at the end of `path`. */
export const locatedFault = (
  model: Model,
  concrete: Concretiser,
  fault: ModelFault,
  path: readonly number[],
  number: number,
): ModelFault => {
  const initial = instancesOf(model.initial)
  const instances = instancesOf(model.actions)
  let steps: readonly number[]
  let last: number
  try {
    steps = concrete.path(path)
    last = concrete.instance(path, number)
  } catch (cause) {
    return fault instanceof Asymmetry ? fault : asFault(cause).with({ model: model.name })
  }
  const names = steps.map((step, i) => (i === 0 ? initial : instances)[step]!.text)
  const where = { model: model.name, path: names }
  if (fault instanceof Asymmetry) return fault.with(where)
  const same = faultAfter(model, [...steps, last])
  if (same) return same.with({ ...where, step: instances[last]!.text })
  return fault.with({
    ...where,
    hint: 'identities may have other names here than in the steps; search without symmetry to see them',
  })
}

/** The fault that the plain interpreter meets at the end of a path; undefined when it meets none. */
const faultAfter = (model: Model, path: readonly number[]): ModelFault | undefined => {
  const run = plainInterpreter(model)
  let state: PlainState = run.zero
  try {
    path.forEach((number, i) => {
      const instance = (i === 0 ? run.initial : run.instances)[number]!
      if (run.enabled(state, instance)) state = run.step(state, instance).state
    })
    for (const { subject, test } of testsOf(model)) run.ask(state, subject, test)
    return undefined
  } catch (cause) {
    return asFault(cause)
  }
}

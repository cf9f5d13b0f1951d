/** What a trace shows of whole runs: a way to a cycle and once around it, on the plain interpreter. */

import type { Model } from '../../modelling/model.ts'
import type { Temporal } from '../../modelling/property.ts'
import { ask } from '../../modelling/tests.ts'
import { plainInterpreter } from '../../state/plain/interpreter.ts'
import type { PlainState } from '../../state/plain/plain-state.ts'
import { constraintsOf } from './fair-constraints.ts'
import type { Path } from './outcome.ts'

/** What is looked at of a trace. */
interface Walk {
  readonly model: Model
  readonly path: Path
  readonly steps: readonly { readonly state: PlainState }[]
}

/**
 * The step after which the state is that of the end, so that all steps behind it can be repeated for ever in a fair run
 * that violates the property; the last step itself where the run can only stay. Undefined: the trace shows no such run.
 */
export const cycleOf = ({ model, steps, path }: Walk, p: Temporal): number | undefined => {
  const run = plainInterpreter(model)
  const texts = steps.map(({ state }) => run.text(state))
  const last = steps.length - 1
  const constraints = constraintsOf(model, p)
  const changes = (state: PlainState): readonly number[] =>
    run.instances.flatMap((instance, i) =>
      run.enabled(state, instance) && run.text(run.step(state, instance).state) !== run.text(state)
        ? [i]
        : [],
    )
  const possible = new Map<number, readonly number[]>()
  const possibleAt = (step: number): readonly number[] => {
    const known = possible.get(step) ?? changes(steps[step]!.state)
    possible.set(step, known)
    return known
  }
  const isFair = (begin: number): boolean => {
    const around = steps.map((_, i) => i).slice(begin + 1)
    return constraints.every(({ strength, counts }) => {
      const some = (instances: readonly number[]): boolean => instances.some((i) => counts[i])
      if (some(around.map((i) => path[i]!))) return true
      return strength === 'weak'
        ? !around.every((i) => some(possibleAt(i)))
        : !around.some((i) => some(possibleAt(i)))
    })
  }
  const avoids = (from: number): boolean => steps.slice(from).every(({ state }) => !ask(p.holds, state.model))
  const isAvoided = (begin: number): boolean => {
    if (p.kind === 'eventually') return avoids(0)
    if (p.kind === 'repeatedly') return avoids(begin)
    return steps.some(
      ({ state }, i) => ask(p.whenever!, state.model) && avoids(Math.min(i, begin)) && avoids(i),
    )
  }
  if (possibleAt(last).length === 0) return isAvoided(last) ? last : undefined
  for (let begin = 0; begin < last; begin++)
    if (texts[begin] === texts[last] && isAvoided(begin) && isFair(begin)) return begin
  return undefined
}

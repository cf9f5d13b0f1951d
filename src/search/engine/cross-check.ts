/**
 * A cross-check of a sample of the packed states: guards, effects and properties are also run on plain objects,
 * and must say the same. Types keep most models to what both representations offer; this catches the rest, such as
 * a spread of a view, a missing return, or a write of the value that is there already.
 */
import { ModelFault } from '../../modelling/fault.ts'
import type { Model } from '../../modelling/model.ts'
import type { Predicate } from '../../modelling/property.ts'
import type { Instance } from '../../state/plain/instances.ts'
import { plainInterpreter } from '../../state/plain/interpreter.ts'
import { firstChange, frozenState, type PlainState } from '../../state/plain/plain-state.ts'

/** Compares what the packed interpreter says about one state with what the plain one says. Each throws `ModelFault`. */
export interface CrossCheck {
  /** The state that is looked at from now on. */
  lookAt(state: PlainState): void
  guard(instance: Instance, answer: unknown): void
  /** Where the effect led: whether that is a given state, and the state itself, which is made only to tell a difference. */
  effect(instance: Instance, led: { isTo(state: PlainState): boolean; to(): PlainState }): void
  property(subject: string, test: Predicate, answer: unknown): void
}

/** Builds the comparison for a model. */
export const crossCheckOf = (model: Model): CrossCheck => {
  const run = plainInterpreter(model)
  let now = run.zero
  const differ = (subject: string, packed: string, plain: string): never => {
    throw new ModelFault({
      problem: `${subject} gives ${packed} on packed states and ${plain} on plain objects.`,
      hint: 'read fields one by one; do not spread or list a view, catch a fault, or rely on what a write returns',
    })
  }
  return {
    lookAt(state) {
      now = frozenState(state)
    },
    guard(instance, answer) {
      const plain = run.enabled(now, instance)
      if (plain !== answer) differ(`The guard of ${instance.action.name}`, String(answer), String(plain))
    },
    effect(instance, led) {
      const { state } = run.step(now, instance)
      const change = led.isTo(state) ? undefined : firstChange(model, led.to(), state)
      if (change)
        differ(
          `The effect of ${instance.action.name}`,
          `${change.path} = ${change.before}`,
          `${change.path} = ${change.after}`,
        )
    },
    property(subject, test, answer) {
      const plain = run.ask(now, subject, test)
      if (plain !== answer) differ(subject, String(answer), String(plain))
    },
  }
}

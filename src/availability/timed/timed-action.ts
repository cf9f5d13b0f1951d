/** An action of a timed cluster, with what decides the rate of its steps. */
import type { Action } from '../../modelling/action.ts'
import type { StepKind } from './steps.ts'
import type { Sided, TimedDraft, TimedView } from './timed-state.ts'

export interface TimedAction {
  readonly name: string
  readonly choose: Action['choose']
  guard(s: TimedView, choice: object): boolean
  effect(d: TimedDraft, choice: object, emit: object): void
  kind(choice: object): StepKind
  /** The side of which it completes an exchange. */
  readonly completes?: Sided
}

/** The choices of an action that has some, as it knows them. */
export const timedAction = <C extends object>(action: {
  readonly name: string
  readonly choose: Action['choose']
  guard(s: TimedView, choice: C): boolean
  effect(d: TimedDraft, choice: C, emit: object): void
  kind(choice: C): StepKind
  readonly completes?: Sided
}): TimedAction => action as unknown as TimedAction

/** An action of the search, in the state of the chain. */
export const inner = ({ guard, effect }: Action): Pick<TimedAction, 'guard' | 'effect'> => ({
  guard: (s, choice) => (guard ? guard(s.world, choice) : true),
  effect: (d, choice, emit) => effect(d.world, choice, emit),
})

/** Actions: named pairs of guard and effect, with all nondeterminism in `choose` over finite domains. */
import type { Draft, View } from './draft.ts'
import type { Emit, EventMap } from './events.ts'
import { checkFields } from './fault.ts'
import type { RecordOf } from './schema.ts'
import { recordsOf } from './values.ts'

/** The finite domain of each parameter of an action. */
export type Choices = { readonly [parameter: string]: readonly unknown[] }

/** One value for each parameter. */
export type ChoiceOf<C extends Choices> = { readonly [K in keyof C]: C[K][number] }

/** An action with its types erased: what the interpreters run. */
export interface Action {
  readonly name: string
  readonly choose: Choices
  /** How often a random run tries it, against other actions; a whole number, 0: never. Absent: 1. */
  readonly weight?: number
  /** Whether it is something that goes wrong: random runs also try what happens without it. */
  readonly fault?: boolean
  /** Who acts. Absent: the first parameter that names an identity of the state says so, and else nobody in particular. */
  readonly by?: string | ((choice: object) => string)
  /** Whether the action may fire. Absent: always. */
  guard?(state: object, choice: object): boolean
  effect(draft: object, choice: object, emit: object): void
}

/** Guard and effect of one action, in the types of its schema. */
export interface ActionBody<S extends RecordOf, E extends EventMap, C extends Choices> {
  /** Domains in declaration order; the last parameter varies fastest. */
  readonly choose?: C
  /** For random runs only, which try it so often against other actions: a whole number. Absent: 1. */
  readonly weight?: number
  /** For random runs only: something that goes wrong, which some runs do without. Absent: it is not. */
  readonly fault?: boolean
  /**
   * Who acts, for the choice among traces of one length: that in which it changes least often is shown. Absent: the
   * first parameter that names an identity of the state says so, and else nobody in particular.
   */
  readonly by?: string | ((choice: ChoiceOf<C>) => string)
  readonly guard?: (s: View<S>, choice: ChoiceOf<C>) => boolean
  readonly effect: (d: Draft<S>, choice: ChoiceOf<C>, emit: Emit<E>) => void
}

const FIELDS = [
  'choose',
  'weight',
  'fault',
  'by',
  'guard',
  'effect',
] as const satisfies readonly (keyof ActionBody<RecordOf, EventMap, Choices>)[]

/**
 * Defines an action over a schema: `const action = actionsOn<typeof schema>()`. Throws `ModelFault` for a field that it does
 * not know.
 */
export const actionsOn =
  <S extends RecordOf, E extends EventMap = Record<never, never>>() =>
  <const C extends Choices = Record<never, never>>(name: string, body: ActionBody<S, E, C>): Action => {
    checkFields(`The action '${name}'`, body, FIELDS)
    return {
      name,
      choose: body.choose ?? {},
      ...(body.weight !== undefined && { weight: body.weight }),
      ...(body.fault !== undefined && { fault: body.fault }),
      ...(body.by !== undefined && { by: body.by as Action['by'] & {} }),
      ...(body.guard && { guard: body.guard as Action['guard'] & {} }),
      effect: body.effect as Action['effect'],
    }
  }

/** Freezes a choice and the records in it, which belong to every step. */
const frozen = (choice: object): object => {
  for (const value of Object.values(choice)) if (typeof value === 'object' && value !== null) frozen(value)
  return Object.freeze(choice)
}

/** Every choice of an action, in a fixed order, frozen. One empty choice when there are no parameters. */
export const choicesOf = (action: Action): readonly object[] =>
  recordsOf(Object.entries(action.choose)).map(frozen)

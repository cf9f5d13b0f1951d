/** Actions: named pairs of guard and effect, with all nondeterminism in `choose` over finite domains. */
import type { Draft, View } from './draft.ts'
import type { Collection, Drawn, Source } from './drawn.ts'
import type { Emit, EventMap } from './events.ts'
import { checkFields } from './fault.ts'
import type { RecordOf } from './schema.ts'
import { recordsOf } from './values.ts'

/** The finite domain of each parameter of an action. */
export type Choices = { readonly [parameter: string]: readonly unknown[] }

/** What each parameter can be: a list of values, or a function that names a set, a queue or a bag of the state. */
export type DomainsOf<S extends RecordOf, C> = {
  readonly [K in keyof C]: readonly C[K][] | ((s: View<S>, chosen: never) => Collection<C[K]>)
}

/** One value for each parameter. */
export type Choice = { readonly [parameter: string]: unknown }

/** An action with its types erased: what the interpreters run. */
export interface Action {
  readonly name: string
  readonly choose: Choices
  /** What parameters are drawn from that depend on the state, before the model is made, which puts fixed domains in their place. */
  readonly from?: { readonly [parameter: string]: Source }
  /** How a value of a parameter is shown. Absent: by its fields. */
  readonly shows?: { readonly [parameter: string]: (value: never) => string }
  /** What such parameters are in a state, when the model is made. */
  readonly drawn?: Drawn
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
export interface ActionBody<S extends RecordOf, E extends EventMap, C extends Choice> {
  /**
   * Domains in declaration order; the last parameter varies fastest. A domain that depends on the state is a function that
   * names a set, a queue or a bag of it: `m: (s) => s.network`. The action is possible for each of its elements, and of equal
   * messages in a bag for one. What was chosen before can name it, too, if it has a type:
   * `m: (s, { at }: { at: Member }) => s.member[at].inbox`.
   */
  readonly choose?: DomainsOf<S, C>
  /** How a trace shows what was chosen from the state. Absent: by the values of its fields, `m: Prepared r2`. */
  readonly shows?: { readonly [K in keyof NoInfer<C>]?: (value: C[K]) => string }
  /** For random runs only, which try it so often against other actions: a whole number. Absent: 1. */
  readonly weight?: number
  /** For random runs only: something that goes wrong, which some runs do without. Absent: it is not. */
  readonly fault?: boolean
  /**
   * Who acts, for the choice among traces of one length: that in which it changes least often is shown. Absent: the
   * first parameter that names an identity of the state says so, and else nobody in particular.
   */
  readonly by?: string | ((choice: NoInfer<C>) => string)
  readonly guard?: (s: View<S>, choice: NoInfer<C>) => boolean
  readonly effect: (d: Draft<S>, choice: NoInfer<C>, emit: Emit<E>) => void
}

const FIELDS = [
  'choose',
  'shows',
  'weight',
  'fault',
  'by',
  'guard',
  'effect',
] as const satisfies readonly (keyof ActionBody<RecordOf, EventMap, Choice>)[]

/**
 * Defines an action over a schema: `const action = actionsOn<typeof schema>()`. Throws `ModelFault` for a field that it does
 * not know.
 */
export const actionsOn =
  <S extends RecordOf, E extends EventMap = Record<never, never>>() =>
  <const C extends Choice = Record<never, never>>(name: string, body: ActionBody<S, E, C>): Action => {
    checkFields(`The action '${name}'`, body, FIELDS)
    const domains = Object.entries((body.choose ?? {}) as Record<string, readonly unknown[] | Source>)
    const from = domains.filter((entry): entry is [string, Source] => typeof entry[1] === 'function')
    return {
      name,
      choose:
        from.length === 0
          ? ((body.choose ?? {}) as Choices)
          : Object.fromEntries(domains.map(([name, domain]) => [name, Array.isArray(domain) ? domain : []])),
      ...(from.length > 0 && { from: Object.fromEntries(from) }),
      ...(body.shows && { shows: body.shows as Action['shows'] & {} }),
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

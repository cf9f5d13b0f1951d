/** What is drawn from a state when an action is chosen: the types; `over-places.ts` gives such an action fixed domains. */
import type { BagView, QueueView, SetView } from './draft.ts'
import type { BagOf, QueueOf, SetOf } from './schema.ts'

/** What a choice may be drawn from. */
export type Collection<V> = SetView<V> | QueueView<V> | BagView<V>

/** Names a collection of a state, by what was chosen before it. */
export type Source = (state: object, chosen: object) => unknown

/** What is chosen in a state. */
export interface Drawn {
  /** What each parameter is drawn from: the schema of a set, a queue or a bag. */
  readonly schemas: { readonly [parameter: string]: SetOf | QueueOf | BagOf }
  /** A choice with what is drawn in this state, which is there where the guard is true. */
  chosenIn(state: object, choice: object): Values
}

/** A value for each parameter. */
export type Values = Record<string, unknown>

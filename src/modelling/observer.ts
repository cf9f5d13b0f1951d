/** What is seen of a model: a function from its events to texts, with a finite memory. All else is hidden. */
import type { Draft } from './draft.ts'
import type { EventMap } from './events.ts'
import { type RecordOf, record } from './schema.ts'

/** What an event looks like from outside; undefined: it is not seen. */
type Look = (memory: object, event: object) => string | undefined

/** An observer with its types erased. */
export interface Observer {
  readonly memory: RecordOf
  readonly on: { readonly [event: string]: Look }
}

/**
 * Defines what is seen of events: a text for each that is seen, undefined for one that is not. Kinds that are not named are
 * hidden. `memory` starts as its zero state; with it contents can be named in the order in which they appear.
 */
export const observerOn =
  <E extends EventMap>() =>
  <M extends RecordOf = RecordOf<Record<never, never>>>(body: {
    readonly memory?: M
    readonly on: {
      readonly [K in keyof E & string]?: (memory: Draft<M>, event: E[K]) => string | undefined
    }
  }): Observer => ({
    memory: body.memory ?? record({}),
    on: body.on as unknown as Observer['on'],
  })

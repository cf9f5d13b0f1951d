/**
 * Wire events: what an observer outside could see. Actions emit them, monitors judge them, and the events of
 * a trace are the arrows of its sequence diagram.
 */

import { printable } from './printable.ts'

/** Event kinds and what each carries. */
export type EventMap = { readonly [kind: string]: object }

/** One function for each kind of event, handed to effects. */
export type Emit<E extends EventMap> = { readonly [K in keyof E]: (event: E[K]) => void }

/** How an event is drawn. Lanes are names out of `Events.lanes`; `message` ties a send to its receipt. */
export type Depiction =
  | {
      readonly shape: 'send'
      readonly lane: string
      readonly to: string
      readonly message: string
      readonly text: string
    }
  | { readonly shape: 'receive'; readonly lane: string; readonly message: string; readonly text?: string }
  | { readonly shape: 'lose'; readonly message: string }
  /** Sent and received in one step. */
  | { readonly shape: 'pass'; readonly lane: string; readonly to: string; readonly text: string }
  | { readonly shape: 'mark'; readonly lane: string; readonly text: string; readonly grave?: boolean }

/** The event kinds of a model with their pictures. */
export interface Events {
  /** Lanes of the sequence diagram, left to right. */
  readonly lanes: readonly string[]
  readonly kinds: readonly string[]
  /** What pictures call a lane, where that is not its name. */
  readonly titles?: { readonly [lane: string]: string }
  /** What a reader should know of a lane in a state, in short phrases; a picture shows those that are new. */
  status?(lane: string, state: object): readonly string[]
  /** The picture of an event. */
  depict(kind: string, event: object): Depiction
}

/**
 * Defines the event kinds of a model: the lanes, and for each kind how it is drawn. With `status`, what is told of a
 * lane in a state; with `titles`, what pictures call a lane.
 */
export const eventsOf = <E extends EventMap>(
  lanes: readonly string[],
  pictures: { readonly [K in keyof E & string]: (event: E[K]) => Depiction },
  status?: Events['status'],
  titles?: Events['titles'],
): Events => ({
  ...(status && { status }),
  ...(titles && { titles }),
  lanes: lanes.map(printable),
  kinds: Object.keys(pictures),
  depict: (kind, event) =>
    (pictures as unknown as Record<string, (event: object) => Depiction>)[kind]!(event),
})

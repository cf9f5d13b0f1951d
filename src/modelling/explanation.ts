/**
 * What a property says of a trace that violates it: one sentence that names the events which clash. An event stands
 * in a sentence as the step in which it happened, so what is said and what is marked in a picture cannot differ.
 */
import type { EventMap } from './events.ts'

/** An event of a trace. */
export interface TraceEvent<K extends string = string, T = object> {
  readonly kind: K
  readonly event: T
  /** The step of the trace that emitted it. */
  readonly step: number
  /** Its place among the events of that step. */
  readonly index: number
}

type AnyTraceEvent<E extends EventMap> = { [K in keyof E & string]: TraceEvent<K, E[K]> }[keyof E & string]
type Test<T> = (event: T) => boolean

/** A trace as an explanation sees it: its wire events. */
export interface Story<E extends EventMap = EventMap> {
  /** The number of the last step. */
  readonly end: number
  /** The event at which a monitor says that it is violated; undefined for a property over states. */
  readonly last: AnyTraceEvent<E> | undefined
  /** The events of one kind that pass the test, before `last`, in their order. */
  all<K extends keyof E & string>(kind: K, test?: Test<E[K]>): readonly TraceEvent<K, E[K]>[]
  /** The first of them. */
  first<K extends keyof E & string>(kind: K, test?: Test<E[K]>): TraceEvent<K, E[K]> | undefined
  /** The latest of them. */
  latest<K extends keyof E & string>(kind: K, test?: Test<E[K]>): TraceEvent<K, E[K]> | undefined
}

/** A sentence with the events that it names, in the order in which it names them. */
export interface Sentence {
  readonly text: string
  readonly events: readonly TraceEvent[]
}

type Part = string | number | TraceEvent | Sentence

/** A sentence as a template: an event becomes `step 4`, a sentence becomes a part of the whole. */
export const said = (texts: TemplateStringsArray, ...parts: readonly Part[]): Sentence => {
  const events: TraceEvent[] = []
  const text = parts.reduce<string>((before, part, i) => {
    const after = texts[i + 1]!
    if (typeof part !== 'object') return before + part + after
    if ('text' in part) {
      events.push(...part.events)
      return before + part.text + after
    }
    events.push(part)
    return `${before}step ${part.step}${after}`
  }, texts[0]!)
  return { text, events }
}

/** Nothing said. */
export const NOTHING_SAID: Sentence = { text: '', events: [] }

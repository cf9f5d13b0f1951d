/** What an observer sees of events, with its memory as a plain object. */
import { produce } from 'immer'
import { ModelFault, quote } from '../../modelling/fault.ts'
import type { Observer } from '../../modelling/observer.ts'
import { isThenable } from '../../modelling/thenable.ts'
import type { WireEvent } from './plain-state.ts'

/** What an observer sees of an event, which is a text or nothing. Throws `ModelFault`. */
export const textOf = (property: string, kind: string, seen: unknown): string | undefined => {
  if (seen === undefined || typeof seen === 'string') return seen
  if (isThenable(seen))
    throw new ModelFault({
      problem: `What ${property} sees of an event ${kind} is asynchronous; it is what the function returns.`,
    })
  throw new ModelFault({
    problem: `What ${property} sees of an event ${kind} is ${quote(seen)}; expected a text, or undefined for what is not seen.`,
  })
}

/** What is seen of some events, one after the other, and what is remembered then. */
export const seenOf = (
  property: string,
  { on }: Observer,
  before: object,
  events: readonly WireEvent[],
): {
  readonly memory: object
  readonly seen: readonly { readonly text: string; readonly index: number }[]
} => {
  const seen: { text: string; index: number }[] = []
  const memory = produce(before, (draft) => {
    events.forEach(({ kind, event }, index) => {
      const look = on[kind]
      const text = textOf(property, kind, look?.(draft, event))
      if (text !== undefined) seen.push({ text, index })
    })
  })
  return { memory, seen }
}

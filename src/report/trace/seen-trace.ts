/**
 * A trace of what was seen and not of a model: frames of a capture, or what was on a wire. It is told and drawn like that of
 * a model.
 */
import type { Events } from '../../modelling/events.ts'
import type { Property } from '../../modelling/property.ts'
import { record } from '../../modelling/schema.ts'
import type { Trace } from '../../search/engine/path.ts'

/** What was seen at one time, under a text. */
export interface SeenStep {
  readonly text: string
  /** Events of the kind `seen`. */
  readonly events: readonly object[]
  /** Whether it violates the property. */
  readonly violates?: boolean
}

/** The trace of these steps, each of the kind `action`, for one property. */
export const seenTrace = (
  { name, action, events }: { readonly name: string; readonly action: string; readonly events: Events },
  property: Property,
  steps: readonly SeenStep[],
): Trace => ({
  model: {
    kind: 'model',
    name,
    state: record({}),
    events,
    initial: [],
    actions: [],
    properties: [property],
  },
  path: [],
  zero: { model: {}, memory: {} },
  steps: steps.map(({ text, events: seen, violates = false }) => ({
    instance: { action: { name: action, choose: {}, effect: () => {} }, choice: {}, text },
    state: { model: {}, memory: {} },
    events: seen.map((event) => ({ kind: 'seen', event })),
    violated: new Set(violates ? [property.name] : []),
    arose: new Set<string>(),
    readings: new Map<string, number>(),
  })),
})

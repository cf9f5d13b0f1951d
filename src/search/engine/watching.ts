/** The runs of a model on the plain interpreter, with what an observer sees of them and remembers. */
import type { Model } from '../../modelling/model.ts'
import type { Observer } from '../../modelling/observer.ts'
import type { Specification } from '../../modelling/property.ts'
import type { Instance } from '../../state/plain/instances.ts'
import { plainInterpreter } from '../../state/plain/interpreter.ts'
import { type PlainState, zeroOf } from '../../state/plain/plain-state.ts'
import { seenOf } from '../../state/plain/sights.ts'
import { show } from '../../state/print.ts'

/** A state, with what its observer remembers. */
export interface Watched {
  readonly state: PlainState
  readonly memory: object
}

/** The specification as a model without properties. */
export const modelOfSpecification = (specification: Specification): Model => ({
  kind: 'model',
  name: specification.name,
  state: specification.state,
  initial: specification.initial,
  actions: specification.actions,
  properties: [],
  ...(specification.events && { events: specification.events }),
})

/** The runs of a model with an observer. */
export const watching = (model: Model, property: string, observer: Observer) => {
  const run = plainInterpreter({ ...model, properties: [] })
  const step = (from: Watched, instance: Instance) => {
    const { state, events } = run.step(from.state, instance)
    const { memory, seen } = seenOf(property, observer, from.memory, events)
    return { to: { state, memory }, seen: seen.map(({ text }) => text) }
  }
  const zero: Watched = { state: run.zero, memory: zeroOf(observer.memory) as object }
  /** The enabled instances with what is seen of them. */
  const steps = (from: Watched, among: readonly Instance[]) =>
    among.flatMap((instance, by) =>
      run.enabled(from.state, instance) ? [{ by, ...step(from, instance) }] : [],
    )
  return {
    initial: () => steps(zero, run.initial),
    next: (from: Watched) => steps(from, run.instances),
    text: ({ state, memory }: Watched): string => `${run.text(state)} ${show(observer.memory, memory)}`,
  }
}

export type Watching = ReturnType<typeof watching>

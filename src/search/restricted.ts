/** A model with a few of its action instances and one property only, and the shortest path that shows it there. */
import type { Model } from '../modelling/model.ts'
import { instancesOf } from '../state/plain/instances.ts'
import type { Path } from './engine/outcome.ts'
import { pathOf } from './engine/path.ts'
import { packedEngine } from './packed/packed-engine.ts'

/** What is left of a model. */
export interface Restricted {
  /** The initial instance. */
  readonly initial: number
  /** Action instances. */
  readonly instances: readonly number[]
  /** The name of the property. */
  readonly property: string
}

/** Where the search ends at the latest. */
export interface Bounds {
  /** Distinct states. */
  readonly states: number
  /** Steps of the path at most, without the initial one. */
  readonly length: number
  readonly interrupted?: () => boolean
}

/**
 * A shortest path over the given instances that shows the property, in the numbers of the whole model; undefined when
 * the search found none within its bounds.
 */
export const shortestOver = (
  model: Model,
  { initial, instances, property }: Restricted,
  { states, length, interrupted = () => false }: Bounds,
): Path | undefined => {
  const engine = packedEngine(restrictedTo(model, property, initial, instances), { exact: true })
  const found = () => engine.findings[0]!.shown
  try {
    engine.start()
    while (!found() && engine.expanded < engine.distinct && engine.distinct < states) {
      // What is found next lies as many steps deep as there are levels so far.
      if (engine.depth > length || interrupted()) break
      engine.advance()
    }
  } finally {
    engine.close()
  }
  const shown = found()
  if (!shown) return undefined
  const [, ...steps] = pathOf(engine, shown)
  return steps.length <= length ? [initial, ...steps.map((i) => instances[i]!)] : undefined
}

/** The model with one property only, and with actions that are each one instance. */
const restrictedTo = (
  model: Model,
  property: string,
  initial: number,
  instances: readonly number[],
): Model => {
  const single = (among: Model['actions']) => {
    const all = instancesOf(among)
    return (number: number): Model['actions'][number] => {
      const { action, choice, text } = all[number]!
      const { guard, effect } = action
      return {
        name: text,
        choose: {},
        ...(guard && { guard: (s: object) => guard(s, choice) }),
        effect: (d, _, emit) => effect(d, choice, emit),
      }
    }
  }
  return {
    ...model,
    initial: [initial].map(single(model.initial)),
    actions: instances.map(single(model.actions)),
    properties: model.properties.filter(({ name }) => name === property),
  }
}

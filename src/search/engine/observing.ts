/**
 * What is seen of runs, on the plain interpreter: the definition of `refines`, which the naive checker and the replay of
 * a trace use. A place is a state, what the observer remembers there, and what is still to be seen of the last step.
 */
import type { Model } from '../../modelling/model.ts'
import type { Observer } from '../../modelling/observer.ts'
import type { Refines, Specification } from '../../modelling/property.ts'
import {
  type Instance,
  type PlainState,
  plainInterpreter,
  type WireEvent,
  zeroOf,
} from '../../state/plain.ts'
import { show } from '../../state/print.ts'
import { seenOf } from '../../state/sights.ts'

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

/** A place of the specification. */
interface Place {
  readonly at: Watched
  readonly left: readonly string[]
}

/** Places by their text. */
export type Places = ReadonlyMap<string, Place>

/** Where a specification can be after what was seen: sets of places, closed under steps of which nothing is seen. */
export const placesIn = ({ name, specification, seesOfSpecification }: Refines) => {
  const watch = watching(modelOfSpecification(specification), name, seesOfSpecification)
  const known = new Map<string, readonly Place[]>()
  const texts = new Map<Place, string>()
  const textOf = (place: Place): string => {
    const text = texts.get(place) ?? `${watch.text(place.at)} ${JSON.stringify(place.left)}`
    texts.set(place, text)
    return text
  }
  const placed = ({ to, seen }: { readonly to: Watched; readonly seen: readonly string[] }): Place => ({
    at: to,
    left: seen,
  })
  const onward = (place: Place): readonly Place[] => {
    const text = textOf(place)
    const next = known.get(text) ?? watch.next(place.at).map(placed)
    known.set(text, next)
    return next
  }
  const closed = (from: readonly Place[]): Places => {
    const found = new Map<string, Place>()
    const waiting = [...from]
    for (const place of waiting) {
      const text = textOf(place)
      if (found.has(text)) continue
      found.set(text, place)
      if (place.left.length === 0) for (const next of onward(place)) waiting.push(next)
    }
    return found
  }
  return {
    initial: (): Places => closed(watch.initial().map(placed)),
    /** Empty: the specification cannot show that. */
    after: (places: Places, text: string): Places =>
      closed(
        [...places.values()].flatMap(({ at, left }) =>
          left[0] === text ? [{ at, left: left.slice(1) }] : [],
        ),
      ),
    /** What may be seen next, each once. */
    allowed: (places: Places): readonly string[] => [
      ...new Set([...places.values()].flatMap(({ left }) => left.slice(0, 1))),
    ],
  }
}

/** What was seen at one event of a trace. */
export interface Sighting {
  readonly text: string
  readonly step: number
  /** Its place among the events of that step. */
  readonly index: number
}

/** What a trace shows of a property of all that is seen. */
export interface Seen {
  /** All that is seen, up to what the specification does not allow. */
  readonly sightings: readonly Sighting[]
  /** Whether the last of them is not allowed, and what is instead. */
  readonly refused: boolean
  readonly allowed: readonly string[]
}

/** What is seen of a trace, compared with what the specification can show. */
export const seenIn = (steps: readonly { readonly events: readonly WireEvent[] }[], p: Refines): Seen => {
  const { initial, after, allowed } = placesIn(p)
  let places = initial()
  let memory = zeroOf(p.sees.memory) as object
  const sightings: Sighting[] = []
  for (const [step, { events }] of steps.entries()) {
    const look = seenOf(p.name, p.sees, memory, events)
    memory = look.memory
    for (const { text, index } of look.seen) {
      sightings.push({ text, step, index })
      const next = after(places, text)
      if (next.size === 0) return { sightings, refused: true, allowed: allowed(places) }
      places = next
    }
  }
  return { sightings, refused: false, allowed: allowed(places) }
}

/**
 * What is seen of runs, on the plain interpreter: the definition of `refines`, which the naive checker and the replay of
 * a trace use. A place is a state, what the observer remembers there, and what is still to be seen of the last step.
 */
import type { Model } from '../../modelling/model.ts'
import type { Refines } from '../../modelling/property.ts'
import { type PlainState, type WireEvent, zeroOf } from '../../state/plain/plain-state.ts'
import { seenOf } from '../../state/plain/sights.ts'
import { aheadIn, goalsOf } from './goals.ts'
import { modelOfSpecification, type Watched, watching } from './watching.ts'

/** A place of the specification: a state, with what is still to be seen of the last step. */
interface Place {
  readonly at: Watched
  readonly left: readonly string[]
  /** False: nothing of that step was seen, so that it need not have been taken. */
  readonly begun: boolean
}

/** Places by their text. */
export type Places = ReadonlyMap<string, Place>

/** Where a specification can be after what was seen: sets of places, closed under steps of which nothing is seen. */
export const placesIn = (p: Refines, most = Infinity) => {
  const { name, specification, seesOfSpecification } = p
  const watch = watching(modelOfSpecification(specification), name, seesOfSpecification)
  const ahead = aheadIn(watch, p, most)
  const known = new Map<string, readonly Place[]>()
  const texts = new Map<Place, string>()
  const textOf = (place: Place): string => {
    const text =
      texts.get(place) ??
      `${watch.text(place.at)} ${JSON.stringify(place.left)}${place.begun ? '' : ' to come'}`
    texts.set(place, text)
    return text
  }
  const placed =
    (begun: boolean) =>
    ({ to, seen }: { readonly to: Watched; readonly seen: readonly string[] }): Place => ({
      at: to,
      left: seen,
      begun: begun || seen.length === 0,
    })
  const onward = (place: Place): readonly Place[] => {
    const text = textOf(place)
    const next = known.get(text) ?? watch.next(place.at).map(placed(false))
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
    initial: (): Places => closed(watch.initial().map(placed(true))),
    /** Empty: the specification cannot show that. */
    after: (places: Places, text: string): Places =>
      closed(
        [...places.values()].flatMap(({ at, left }) =>
          left[0] === text ? [{ at, left: left.slice(1), begun: true }] : [],
        ),
      ),
    /** What may be seen next, each once. */
    allowed: (places: Places): readonly string[] => [
      ...new Set([...places.values()].flatMap(({ left }) => left.slice(0, 1))),
    ],
    /**
     * The goals that a model has lost which can still show these: as few as lie ahead of any one place beside them. Empty: none.
     * Undefined: there is too much to look at.
     */
    lost: (places: Places, possible: ReadonlySet<string>): readonly string[] | undefined => {
      let fewest: readonly string[] | undefined
      for (const { at, left, begun } of places.values()) {
        if (!begun) continue
        const later = ahead(at)
        if (!later) return undefined
        const beside = [...new Set([...goalsOf(p, left), ...later])].filter((goal) => !possible.has(goal))
        if (!fewest || beside.length < fewest.length) fewest = beside
        if (beside.length === 0) break
      }
      return fewest
    },
  }
}

/** What a step of a trace emitted, and the state that it led to. */
interface TraceEnd {
  readonly state: PlainState
  readonly events: readonly WireEvent[]
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

type Steps = readonly Pick<TraceEnd, 'events'>[]

/** What is seen of a trace, compared with what the specification can show. */
export const seenIn = (steps: Steps, p: Refines): Seen => followed(steps, p).seen

/** The same, with where the specification can be at the end, and what the observer remembers. */
const followed = (
  steps: Steps,
  p: Refines,
): { readonly seen: Seen; readonly places: Places; readonly memory: object } => {
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
      if (next.size === 0)
        return { seen: { sightings, refused: true, allowed: allowed(places) }, places: next, memory }
      places = next
    }
  }
  return { seen: { sightings, refused: false, allowed: allowed(places) }, places, memory }
}

/** States that are looked at for what can still be seen, of the model and of the specification each. */
const MOST_AHEAD = 3000

/**
 * The goals that are lost at the end of a trace, of which all is allowed that was seen. Empty: none. Undefined: there is too much
 * to look at on the plain interpreter.
 */
export const lostIn = (
  { model, steps }: { readonly model: Model; readonly steps: readonly TraceEnd[] },
  p: Refines,
): readonly string[] | undefined => {
  const { seen, places, memory } = followed(steps, p)
  const end = steps.at(-1)
  if (!p.goals || seen.refused || !end) return []
  const watch = watching(model, p.name, p.sees)
  const possible = aheadIn(watch, p, MOST_AHEAD)({ state: end.state, memory })
  return possible && placesIn(p, MOST_AHEAD).lost(places, possible)
}

/** Properties: what is judged. Each has a name, one sentence, its source, and a situation that shows it is not vacuous. */
import type { Draft, View } from './draft.ts'
import type { EventMap } from './events.ts'
import type { RecordOf } from './schema.ts'
import type { Sentence, Story } from './telling.ts'

interface Named {
  /** PascalCase; appears in reports and on the command line. */
  readonly name: string
  /** A short code for column heads and file names, such as MID-1. Absent: the name. */
  readonly label?: string
  /** One sentence in the indicative that is true when the property holds. */
  readonly sentence?: string
  /** Where the requirement comes from, such as RFC 7296 section 2.2. */
  readonly source?: string
  /** In words: the smallest configuration that shows a violation. */
  readonly smallest?: string
  /**
   * One sentence about a trace that violates the property, which names the events that clash. `state` is the last
   * one. Absent, or undefined: a sentence that names the last step.
   */
  explain?(story: Story, state: object): Sentence | undefined
}

/** A predicate over states, with its types erased. */
export type Predicate = (state: object) => boolean

/** What a test over states consists of, each part by the phrase that a reader of a trace is told. */
export type Conditions = { readonly [phrase: string]: Predicate }

/** True in every reachable state. */
export interface Always extends Named {
  readonly kind: 'always'
  readonly holds: Predicate
  readonly conditions?: Conditions
  /** The situation the property speaks of. Never reached: the property is vacuous. */
  readonly situation?: Predicate
}

/** True in at least one reachable state. */
export interface Sometimes extends Named {
  readonly kind: 'sometimes'
  readonly holds: Predicate
  readonly conditions?: Conditions
}

/** AG EF: from every reachable state (in which `whenever` is true) a state in which `holds` is true can be reached. */
export interface AlwaysPossible extends Named {
  readonly kind: 'alwaysPossible'
  readonly holds: Predicate
  readonly conditions?: Conditions
  /** The states that are judged. Absent: all. */
  readonly whenever?: Predicate
}

/** What a monitor says about the event it is looking at. */
export interface Judge {
  /** The property is violated by this event. */
  violated(): void
  /** The situation the property speaks of has arisen. */
  arose(): void
}

/** An automaton over wire events with a finite memory that no guard can read. It judges steps, not states. */
export interface Monitor extends Named {
  readonly kind: 'monitor'
  readonly memory: RecordOf
  readonly on: { readonly [event: string]: Handler }
}

type Handler = (memory: object, event: object, judge: Judge) => void

/** What a measure says about the event it is looking at. */
export interface Meter {
  /** Gives a reading: any finite number. */
  reads(value: number): void
}

/** A price: an automaton like a monitor that gives readings. What counts is the largest over all steps. */
export interface Measure extends Named {
  readonly kind: 'measure'
  /** What a reading counts, in the plural, such as messages. */
  readonly unit: string
  readonly memory: RecordOf
  readonly on: { readonly [event: string]: MeterHandler }
}

type MeterHandler = (memory: object, event: object, meter: Meter) => void

/** A property with a memory of its own, which listens to wire events. */
export type Listener = Monitor | Measure

export type Property = Always | Sometimes | AlwaysPossible | Monitor | Measure

type Described = Omit<Named, 'name' | 'explain'>
type Test<S extends RecordOf> = (s: View<S>) => boolean

/** What a property over states may say of itself beyond its tests. */
interface OfStates<S extends RecordOf, E extends EventMap> extends Described {
  readonly conditions?: { readonly [phrase: string]: Test<S> }
  readonly explain?: (story: Story<E>, s: View<S>) => Sentence | undefined
}

/** What a listener may say of itself beyond its handlers. */
interface OfEvents<E extends EventMap> extends Described {
  readonly explain?: (story: Story<E>) => Sentence | undefined
}

/** Defines a property that is true in every reachable state. */
export const always = <S extends RecordOf, E extends EventMap = EventMap>(
  name: string,
  body: OfStates<S, E> & { readonly holds: Test<S>; readonly situation?: Test<S> },
): Always => ({ ...body, kind: 'always', name }) as unknown as Always

/** Defines a property that is true in at least one reachable state. */
export const sometimes = <S extends RecordOf, E extends EventMap = EventMap>(
  name: string,
  body: OfStates<S, E> & { readonly holds: Test<S> },
): Sometimes => ({ ...body, kind: 'sometimes', name }) as unknown as Sometimes

/** Defines a property that can be made true again from every reachable state (AG EF). */
export const alwaysPossible = <S extends RecordOf, E extends EventMap = EventMap>(
  name: string,
  body: OfStates<S, E> & { readonly holds: Test<S>; readonly whenever?: Test<S> },
): AlwaysPossible => ({ ...body, kind: 'alwaysPossible', name }) as unknown as AlwaysPossible

/** Defines a monitor over wire events; `memory` starts as its zero state. */
export const monitorOn =
  <E extends EventMap>() =>
  <M extends RecordOf>(
    name: string,
    body: OfEvents<E> & {
      readonly memory: M
      readonly on: {
        readonly [K in keyof E & string]?: (memory: Draft<M>, event: E[K], judge: Judge) => void
      }
    },
  ): Monitor =>
    ({ ...body, kind: 'monitor', name }) as unknown as Monitor

/** Defines a measure over wire events; `memory` starts as its zero state. */
export const measureOn =
  <E extends EventMap>() =>
  <M extends RecordOf>(
    name: string,
    body: OfEvents<E> & {
      readonly unit: string
      readonly memory: M
      readonly on: {
        readonly [K in keyof E & string]?: (memory: Draft<M>, event: E[K], meter: Meter) => void
      }
    },
  ): Measure =>
    ({ ...body, kind: 'measure', name }) as unknown as Measure

/** Whether a property listens to wire events rather than looking at states. */
export const isListener = (property: Property): property is Listener =>
  property.kind === 'monitor' || property.kind === 'measure'

/** The short code of a property, or its name. */
export const labelOf = (property: Property): string => property.label ?? property.name

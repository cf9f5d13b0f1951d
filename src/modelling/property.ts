/** Properties: what is judged. Each has a name, one sentence, its source, and a situation that shows it is not vacuous. */
import type { Action } from './action.ts'
import type { Draft, View } from './draft.ts'
import type { EventMap, Events } from './events.ts'
import type { Sentence, Story } from './explanation.ts'
import type { Observer } from './observer.ts'
import type { RecordOf } from './schema.ts'

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

/**
 * What no run neglects for ever. Weakly fair: what stays possible from some time on is done again and again. Strongly fair:
 * what is possible again and again is done again and again. A step that changes nothing counts neither as possible nor as
 * done, as in TLA+.
 */
export interface Fairness {
  readonly strength: 'weak' | 'strong'
  /** Names of actions, any of which will do. */
  readonly actions: readonly string[]
  /** Names of choices: for each of their values on its own. */
  readonly each?: readonly string[]
}

/** A property of whole runs. A run goes on while it can; where no step changes anything, it stays for ever. */
export interface Temporal extends Named {
  readonly kind: 'eventually' | 'leadsTo' | 'repeatedly'
  readonly holds: Predicate
  readonly conditions?: Conditions
  /** Of `leadsTo`: the states after which it is to come. */
  readonly whenever?: Predicate
  /** The runs that are looked at; `weak` and `strong` mean each action of the model. */
  readonly fair?: 'weak' | 'strong' | readonly Fairness[]
}

/** A model that another one is compared with, as `model` makes it; its own properties are not judged. */
export interface Specification {
  readonly kind: 'model'
  readonly name: string
  readonly state: RecordOf
  readonly events?: Events
  readonly initial: readonly Action[]
  readonly actions: readonly Action[]
}

/** Whatever is seen of a run of the model can be seen of some run of the specification too. All else is hidden. */
export interface Refines extends Named {
  readonly kind: 'refines'
  readonly specification: Specification
  /** What is seen of the model's events. */
  readonly sees: Observer
  /** What is seen of the specification's events. */
  readonly seesOfSpecification: Observer
  /** The goal that a text is, or none: what the specification can still show then, the model can still show too. */
  readonly goals?: (text: string) => string | undefined
}

/** An action as it is taken. */
export interface Taken {
  readonly name: string
  readonly choice: { readonly [parameter: string]: unknown }
}

/** A test of a step, with its types erased. */
export type StepTest = (before: object, after: object, action: Taken) => boolean

/** True of every step that an action makes, also of one that changes nothing. Initial actions make no steps. */
export interface OfSteps extends Named {
  readonly kind: 'step'
  readonly holds: StepTest
  /** The steps the property speaks of. Absent: all. */
  readonly situation?: StepTest
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

export type Property = Always | Sometimes | AlwaysPossible | Temporal | OfSteps | Refines | Monitor | Measure

/** A property with a test of states. */
export type OverStates = Always | Sometimes | AlwaysPossible | Temporal

const NAMED = ['kind', 'name', 'label', 'sentence', 'source', 'smallest', 'explain'] as const
const TEST = [...NAMED, 'holds', 'conditions'] as const
const RUNS = [...TEST, 'fair'] as const

/** The fields of each kind of property. */
export const PROPERTY_FIELDS: Readonly<Record<Property['kind'], readonly string[]>> = {
  always: [...TEST, 'situation'],
  sometimes: TEST,
  alwaysPossible: [...TEST, 'whenever'],
  eventually: RUNS,
  leadsTo: [...RUNS, 'whenever'],
  repeatedly: RUNS,
  step: [...NAMED, 'holds', 'situation'],
  refines: [...NAMED, 'specification', 'sees', 'seesOfSpecification', 'goals'],
  monitor: [...NAMED, 'memory', 'on'],
  measure: [...NAMED, 'memory', 'on', 'unit'],
}

/** The kinds of properties. */
export const PROPERTY_KINDS = Object.keys(PROPERTY_FIELDS) as readonly Property['kind'][]

/** A property that is judged over the graph of all states and steps, when that is known. */
export type OfGraph = AlwaysPossible | Temporal

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

type Fair = Pick<Temporal, 'fair'>

/** Defines a property of runs: each comes to a state in which it holds. */
export const eventually = <S extends RecordOf, E extends EventMap = EventMap>(
  name: string,
  body: OfStates<S, E> & Fair & { readonly holds: Test<S> },
): Temporal => ({ ...body, kind: 'eventually', name }) as unknown as Temporal

/** Defines a property of runs: after each state in which `whenever` is true comes one in which `holds` is, or it is the same. */
export const leadsTo = <S extends RecordOf, E extends EventMap = EventMap>(
  name: string,
  body: OfStates<S, E> & Fair & { readonly whenever: Test<S>; readonly holds: Test<S> },
): Temporal => ({ ...body, kind: 'leadsTo', name }) as unknown as Temporal

/** Defines a property of runs: each comes to states in which it holds again and again. */
export const repeatedly = <S extends RecordOf, E extends EventMap = EventMap>(
  name: string,
  body: OfStates<S, E> & Fair & { readonly holds: Test<S> },
): Temporal => ({ ...body, kind: 'repeatedly', name }) as unknown as Temporal

const fairness =
  (strength: Fairness['strength']) =>
  (
    actions: string | readonly string[],
    { each = [] }: { readonly each?: string | readonly string[] } = {},
  ): Fairness => ({
    strength,
    actions: typeof actions === 'string' ? [actions] : actions,
    each: typeof each === 'string' ? [each] : each,
  })

/** One of these actions is done again and again when some of them stay possible; `each`: for each value of these choices. */
export const weakly = fairness('weak')

/** One of these actions is done again and again when some of them are possible again and again; `each`: for each value of these choices. */
export const strongly = fairness('strong')

type TestOfSteps<S extends RecordOf> = (before: View<S>, after: View<S>, action: Taken) => boolean

/** Defines a property of steps; a function alone says when it holds. */
export const step = <S extends RecordOf, E extends EventMap = EventMap>(
  name: string,
  body:
    | TestOfSteps<S>
    | (OfEvents<E> & { readonly holds: TestOfSteps<S>; readonly situation?: TestOfSteps<S> }),
): OfSteps =>
  ({ ...(typeof body === 'function' ? { holds: body } : body), kind: 'step', name }) as unknown as OfSteps

/**
 * Defines a property of all that is seen of a model: the specification can show it too. `implements`, were that not a word
 * that TypeScript keeps for itself. Absent `seesOfSpecification`: the events of both are seen in the same way.
 */
export const refines = <E extends EventMap = EventMap>(
  name: string,
  body: OfEvents<E> & {
    readonly specification: Specification
    readonly sees: Observer
    readonly seesOfSpecification?: Observer
    readonly goals?: (text: string) => string | undefined
  },
): Refines =>
  ({
    ...body,
    kind: 'refines',
    name,
    seesOfSpecification: body.seesOfSpecification ?? body.sees,
  }) as unknown as Refines

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

/** Whether a property is a test of states, alone or along runs. */
export const isOverStates = (property: Property): property is OverStates =>
  !isListener(property) && property.kind !== 'refines' && property.kind !== 'step'

/** Whether a property speaks of whole runs. */
export const isTemporal = (property: Property): property is Temporal =>
  property.kind === 'eventually' || property.kind === 'leadsTo' || property.kind === 'repeatedly'

/** Whether a property is judged over the graph of all steps. */
export const isOfGraph = (property: Property): property is OfGraph =>
  property.kind === 'alwaysPossible' || isTemporal(property)

/** The properties that need the graph of all steps, in the order of their bits. */
export const ofGraph = (properties: readonly Property[]): readonly OfGraph[] => properties.filter(isOfGraph)

/** The short code of a property, or its name. */
export const labelOf = (property: Property): string => property.label ?? property.name

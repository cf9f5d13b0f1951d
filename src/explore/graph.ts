/**
 * The graph of a small model as plain data, for a page that has no program behind it: states by what changed since the one
 * from which each was first reached, and steps by how they are drawn. Texts stand once.
 */
import type { Depiction } from '../modelling/events.ts'
import type { OpenedView, TraceAbout } from './protocol.ts'
import type { PropertyAbout } from './sayings.ts'

/** Numbers of a variable and of its text, one after the other. */
type Values = readonly number[]

/** A state. */
export interface GraphState {
  /** The one from which it was first reached; absent for that before all. */
  readonly from?: number
  /** What changed since then: of the model, and of the memory of its monitors. */
  readonly model: Values
  readonly memory: Values
  /** By lane: numbers of texts. */
  readonly lanes: readonly (readonly number[])[]
  /** By property and condition: 1 or 0. Of a property that listens: 0. */
  readonly holds: string
  readonly conditions: string
  readonly steps: readonly GraphStep[]
}

/** A step. */
export interface GraphStep {
  /** Of the instance. */
  readonly by: number
  /** -1: a state that is not in the page. */
  readonly to: number
  /** What it is called here, where what it chooses depends on the state. */
  readonly text?: string
  /** Numbers of pictures. */
  readonly events: readonly number[]
  /** Numbers of the properties that it violates, whose situation arises, and what measures read. */
  readonly violates?: readonly number[]
  readonly arose?: readonly number[]
  readonly readings?: readonly (readonly [property: number, value: number])[]
}

/** A whole page. State 0 is the one before the initial states. */
export interface Graph {
  readonly version: string
  readonly note: string
  readonly opened: OpenedView
  /** Of a graph that is one trace: what is said of it. */
  readonly about?: TraceAbout
  /** A token up to its last colon. */
  readonly token: string
  readonly lanes: readonly { readonly name: string; readonly title: string }[]
  readonly variables: readonly string[]
  readonly memory: readonly string[]
  readonly texts: readonly string[]
  readonly pictures: readonly Depiction[]
  readonly initial: readonly string[]
  readonly instances: readonly {
    readonly text: string
    readonly actor: string
    readonly fault: boolean
  }[]
  readonly properties: readonly (PropertyAbout & { readonly conditions: readonly string[] })[]
  readonly states: readonly GraphState[]
  /** Whether every state that can be reached is in the page. */
  readonly complete: boolean
}

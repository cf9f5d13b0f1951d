/** What an extension adds to a model, with its types erased: what the base model and the composition call. */
import type { Action } from '../../src/modelling/action.ts'
import type { Depiction } from '../../src/modelling/events.ts'
import type { Property } from '../../src/modelling/property.ts'
import type { Fields, Schema } from '../../src/modelling/schema.ts'

/** Fields that are added to those of the base model. Members lose theirs in a crash. */
export interface OwnState {
  /** Of each member, of its end of each IKE SA, and of each child SA it may hold. */
  readonly member?: Fields
  readonly memberIke?: Fields
  readonly memberChild?: Fields
  /** The same of the peer. */
  readonly peer?: Fields
  readonly peerIke?: Fields
  readonly peerChild?: Fields
  /** Of the whole: budgets spent, and what only an observer knows. */
  readonly world?: Fields
  /** Of a synch message. */
  readonly synch?: Fields
}

/** A kind of message between the ends, or from one member to another beside the synch channel. */
export interface OwnMessage {
  readonly to: 'cluster' | 'peer' | 'member'
  readonly fields: Fields
  /** Different ones that can be under way at one time. */
  readonly capacity: number
}

/** Whose an action is. */
export type ActedBy = 'member' | 'peer' | 'attacker' | 'environment'

/** Function types are erased here: what the composition calls. */
type Called = (...given: readonly unknown[]) => unknown

/** What an extension adds, with its types erased. */
export interface Parts {
  readonly state: { readonly [place in keyof OwnState]?: { readonly [name: string]: Schema } }
  readonly messages: { readonly [kind: string]: OwnMessage }
  readonly events: { readonly [kind: string]: (event: object) => Depiction }
  readonly hooks: {
    readonly member: { readonly [hook: string]: Called }
    readonly peer: { readonly [hook: string]: Called }
  }
  readonly takes: { readonly [kind: string]: Called }
  readonly receives: { readonly [kind: string]: Called }
  readonly answers: { readonly [kind: string]: readonly string[] }
  readonly losable: { readonly [kind: string]: Called }
  readonly texts: { readonly [kind: string]: (message: object) => string }
  readonly actions: readonly (Action & { readonly by: ActedBy })[]
  readonly properties: readonly Property[]
  /** By path in the state: why its code reads it, or changes it in one step, beyond what the party holds whose turn it is. */
  readonly oracles: { readonly [path: string]: string }
}

/** What is added where nothing is said. */
export const NOTHING: Parts = {
  state: {},
  messages: {},
  events: {},
  hooks: { member: {}, peer: {} },
  takes: {},
  receives: {},
  answers: {},
  losable: {},
  texts: {},
  actions: [],
  properties: [],
  oracles: {},
}

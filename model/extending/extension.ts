/**
 * What an extension is: a value made by `extension(...)`, in a file of its own that need not know more than the
 * public names of the package. `hooks.ts` lists the points of the base model at which it takes part.
 */
import type { Action } from '../../src/modelling/action.ts'
import type { Draft, View } from '../../src/modelling/draft.ts'
import type { Depiction, Emit } from '../../src/modelling/events.ts'
import type { Property } from '../../src/modelling/property.ts'
import type { Fields, RecordOf, Schema } from '../../src/modelling/schema.ts'
import type { Constants, Member, Scheme, Scope } from '../constants.ts'
import type { FocusName } from '../schemes/named-scheme.ts'
import type { ClusterDraft, ClusterView } from '../state.ts'
import type { Party, WireEvents } from '../wire.ts'
import type { MemberHooks, PeerHooks } from './hooks.ts'

/** A parameter and the values that it can have, the first of which is the default. */
export type Parameters = { readonly [name: string]: readonly (string | number | boolean)[] }
export type Chosen<P extends Parameters> = { readonly [K in keyof P]: P[K][number] }

/** A search with bounds of its own, over a scope in which nothing happens that it does not name. */
export interface OwnSearch {
  /** kebab-case, and no name of a search of the matrix. */
  readonly name: string
  readonly about: string
  readonly scope: Partial<Scope>
  /** The attackers with which it is searched; absent: all. */
  readonly attackers?: readonly Scope['attacker'][]
}

/** What an extension is said to do to a property. */
export interface Claim {
  /** The label of a property, such as LIV-1c, of the base model or of the extension. */
  readonly property: string
  /**
   * `repairs`: it is violated without the extension and holds with it. `keeps`: it holds with the extension, as it
   * does without; of a property of the extension, which has no verdict without: it holds.
   */
  readonly claim: 'repairs' | 'keeps'
  /** The searches by which it is judged, and the schemes; absent: all. */
  readonly searches?: readonly string[]
  readonly schemes?: readonly string[]
  /** Where it is claimed, such as RFC 6311 section 11. */
  readonly source?: string
}

/** Bounds that an extension needs beyond those of the scope. */
export interface Bounds {
  /** Message IDs of each side that are skipped. */
  readonly messageIds?: number
  /** Probes of each side that are lost with a skipped message ID, and must be possible again. */
  readonly probes?: number
  /** Sequence numbers that the peer skips. */
  readonly packetNumbers?: number
}

/** What a part of an extension is made for. */
export interface Setting<P extends Parameters = Parameters> {
  readonly constants: Constants
  readonly scheme: Scheme
  readonly scope: Scope
  readonly parameters: Chosen<P>
  /** Whether the peer supports the extension, so that both ends may use it. */
  readonly negotiated: boolean
  readonly members: readonly Member[]
  /** Every IKE SA and child SA that can come into being. */
  readonly ikes: readonly string[]
  readonly children: readonly string[]
  /** The highest message ID that a side can come to. */
  readonly highestId: number
  /** Puts a message of the extension on the wire. There must be room. */
  send(d: object, emit: object, from: Party, kind: string, message: object): void
  /** Whether so many messages of a kind can be put on the wire. */
  hasRoom(s: object, kind: string, messages?: number): boolean
  /** Tells the other members: a synch message with nothing but what `tells` says, about an IKE SA. */
  tell(d: object, emit: object, from: Member, ike?: string): void
  /** Tells them the counters of an IKE SA, if the scheme tells such. */
  tellCounters(d: object, emit: object, from: Member, ike: string): void
  /** An end gives an IKE SA up; a member tells the others if the scheme tells such. */
  giveUp(d: object, emit: object, at: Party, ike: string): void
  /** Whether a peer without an IKE SA can set one up with a member, within the scope. */
  canComeTo(s: object, at: Member): boolean
  /** It does so; the member deletes what it has of the old one, and tells the others if the scheme tells such. */
  comesTo(d: object, emit: object, at: Member): void
  /** Whether there is room for what a member wants to tell. */
  mayTell(s: object, from: Member): boolean
  /** Whether the others that are up have taken all that a member told them; trivially so where nobody is. */
  isDrained(s: object, from: Member): boolean
  /** Whether a member is up and acts on the IKE SA. */
  acts(s: object, at: Member): boolean
}

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

/** A kind of message between the ends. */
export interface OwnMessage {
  readonly to: 'cluster' | 'peer'
  readonly fields: Fields
  /** Different ones that can be under way at one time. */
  readonly capacity: number
}

type FieldsOf<S, K extends string> = S extends { readonly [k in K]: infer F extends Fields } ? F : Fields & {}
type Known<S, K extends string> = S extends { readonly [k in K]: infer F extends Fields }
  ? Draft<RecordOf<F>>
  : unknown
type KnownView<S, K extends string> = S extends { readonly [k in K]: infer F extends Fields }
  ? View<RecordOf<F>>
  : unknown
type ById<T> = { readonly [id: string]: T }

/** A draft with the fields of an extension. */
export type OwnDraft<S> = ClusterDraft &
  Known<S, 'world'> & {
    readonly member: {
      readonly [m in Member]: Known<S, 'member'> & {
        readonly ike: ById<Known<S, 'memberIke'>>
        readonly child: ById<Known<S, 'memberChild'>>
      }
    }
    readonly peer: Known<S, 'peer'> & {
      readonly ike: ById<Known<S, 'peerIke'>>
      readonly child: ById<Known<S, 'peerChild'>>
    }
  }

/** The same to read. */
export type OwnView<S> = ClusterView &
  KnownView<S, 'world'> & {
    readonly member: {
      readonly [m in Member]: KnownView<S, 'member'> & {
        readonly ike: ById<KnownView<S, 'memberIke'>>
        readonly child: ById<KnownView<S, 'memberChild'>>
      }
    }
    readonly peer: KnownView<S, 'peer'> & {
      readonly ike: ById<KnownView<S, 'peerIke'>>
      readonly child: ById<KnownView<S, 'peerChild'>>
    }
  }

type MessageOf<M extends OwnMessage> = View<RecordOf<M['fields']>>

type Receiver<D, M extends OwnMessage, E extends object> = (
  d: D,
  at: Party,
  message: MessageOf<M>,
  emit: Emit<WireEvents & E>,
) => void

/** The parameters that an action of an extension can have; those that it does not choose are not there. */
export interface OwnChoice {
  readonly at: Member
  readonly ike: string
  readonly child: string
  readonly number: number
}

/** An action of an extension; `by`: whose it is. One of the peer is left out where that does not support the extension. */
export interface OwnAction<V, D, E extends object> {
  /** PascalCase. */
  readonly name: string
  readonly by: 'member' | 'peer' | 'attacker' | 'environment'
  readonly choose?: { readonly [parameter in keyof OwnChoice]?: readonly OwnChoice[parameter][] }
  readonly guard?: (s: V, choice: OwnChoice) => boolean
  readonly effect: (d: D, choice: OwnChoice, emit: Emit<WireEvents & E>) => void
}

/** What an extension adds to the model, in the types of its state S, messages M and events E. */
export interface OwnParts<
  S extends OwnState,
  M extends { readonly [kind: string]: OwnMessage },
  E extends { readonly [kind: string]: object },
> {
  readonly state?: S
  readonly messages?: M
  readonly events?: { readonly [K in keyof E]: (event: E[K]) => Depiction }
  readonly hooks?: {
    readonly member?: MemberHooks<OwnView<S>, OwnDraft<S>, E, View<RecordOf<FieldsOf<S, 'synch'>>>>
    readonly peer?: PeerHooks<OwnView<S>, OwnDraft<S>, E>
  }
  /** Whether a message is looked at; absent: always. By members that act on the IKE SA only. */
  readonly takes?: {
    readonly [K in keyof M]?: (s: OwnView<S>, at: Party, message: MessageOf<M[K]>) => boolean
  }
  /** What a message does, for every kind. */
  readonly receives?: { readonly [K in keyof M]: Receiver<OwnDraft<S>, M[K], E> }
  /** Kinds of which the receiver of a message may send one; there must be room for it. */
  readonly answers?: { readonly [K in keyof M]?: readonly string[] }
  /** Whether a message can be lost; absent: always. */
  readonly losable?: {
    readonly [K in keyof M]?: (s: OwnView<S>, message: MessageOf<M[K]>) => boolean
  }
  /** How a message is called in a picture; absent: its kind. */
  readonly texts?: { readonly [K in keyof M]?: (message: MessageOf<M[K]>) => string }
  readonly actions?: readonly OwnAction<OwnView<S>, OwnDraft<S>, E>[]
  readonly properties?: readonly Property[]
}

/** Function types are erased here: what the composition calls. */
type Told = (...given: readonly unknown[]) => unknown

/** What an extension adds, with its types erased. */
export interface Parts {
  readonly state: { readonly [place in keyof OwnState]?: { readonly [name: string]: Schema } }
  readonly messages: { readonly [kind: string]: OwnMessage }
  readonly events: { readonly [kind: string]: (event: object) => Depiction }
  readonly hooks: {
    readonly member: { readonly [hook: string]: Told }
    readonly peer: { readonly [hook: string]: Told }
  }
  readonly takes: { readonly [kind: string]: Told }
  readonly receives: { readonly [kind: string]: Told }
  readonly answers: { readonly [kind: string]: readonly string[] }
  readonly losable: { readonly [kind: string]: Told }
  readonly texts: { readonly [kind: string]: (message: object) => string }
  readonly actions: readonly (Action & { readonly by: OwnAction<never, never, object>['by'] })[]
  readonly properties: readonly Property[]
}

const NOTHING: Parts = {
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
}

/** Says what an extension adds: state and messages first, since the rest is typed by them. */
export const parts = <
  const S extends OwnState = Record<never, never>,
  const M extends { readonly [kind: string]: OwnMessage } = Record<never, never>,
  E extends { readonly [kind: string]: object } = Record<never, never>,
>(
  own: OwnParts<S, M, E>,
): Parts =>
  ({
    ...NOTHING,
    ...own,
    hooks: { member: own.hooks?.member ?? {}, peer: own.hooks?.peer ?? {} },
    actions: (own.actions ?? []).map((action) => ({ ...action, choose: action.choose ?? {} })),
  }) as unknown as Parts

/** What `extension` takes. */
export interface ExtensionBody<P extends Parameters> {
  /** kebab-case. */
  readonly name: string
  /** One sentence. */
  readonly about: string
  /** Where it is specified, such as RFC 6311. */
  readonly source: string
  /**
   * `both`: it is used where both ends support it, and the peer may not. `members`: it concerns the members only, and
   * the peer cannot tell.
   */
  readonly negotiation: 'both' | 'members'
  readonly parameters?: P
  /** The schemes that it is meant for, by name; the first is where it is tried if nobody names one. */
  readonly schemes: readonly string[]
  /** What judges it: searches of the matrix by name, and searches with bounds of their own. */
  readonly searches: readonly (FocusName | OwnSearch)[]
  readonly claims: readonly Claim[]
  /** Policies of the scheme that it replaces. */
  policies?(scheme: Scheme, chosen: { readonly parameters: Chosen<P>; readonly negotiated: boolean }): Scheme
  bounds?(given: {
    readonly scheme: Scheme
    readonly scope: Scope
    readonly parameters: Chosen<P>
    readonly negotiated: boolean
  }): Bounds
  define?(x: Setting<P>): Parts
}

/** A checked extension. */
export interface Extension extends ExtensionBody<Parameters> {
  readonly kind: 'extension'
  readonly parameters: Parameters
}

/** Defines an extension. What is wrong with it is said when it is put into a model, or validated. */
export const extension = <const P extends Parameters = Record<never, never>>(
  body: ExtensionBody<P>,
): Extension => ({ parameters: {}, ...body, kind: 'extension' }) as unknown as Extension

/** Whether a value is what `extension` returns. */
export const isExtension = (value: unknown): value is Extension =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'extension'

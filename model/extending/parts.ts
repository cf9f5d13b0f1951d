/**
 * What an extension adds to the model: state, messages, events, actions and properties, and what it does at the points
 * of `hooks.ts`. State and messages come first, since the rest is typed by them.
 */
import type { Draft, View } from '../../src/modelling/draft.ts'
import type { Depiction, Emit } from '../../src/modelling/events.ts'
import type { Property } from '../../src/modelling/property.ts'
import type { Fields, RecordOf } from '../../src/modelling/schema.ts'
import type { Member } from '../constants/parties.ts'
import {
  type ActedBy,
  NOTHING,
  type OwnMessage,
  type OwnState,
  type Parts,
} from '../extension-points/parts.ts'
import type { ClusterDraft, ClusterView } from '../state/cluster-state.ts'
import type { WireEvents } from '../wire/events.ts'
import type { MemberHooks, PeerHooks } from './hooks.ts'

export {
  type ActedBy,
  NOTHING,
  type OwnMessage,
  type OwnState,
  type Parts,
} from '../extension-points/parts.ts'

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

/** Who takes a message: the peer, or a member. */
type TakenBy<M extends OwnMessage> = M['to'] extends 'peer' ? 'P' : Member

type Receiver<D, M extends OwnMessage, E extends object> = (
  d: D,
  at: TakenBy<M>,
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

/** An action of an extension. One of the peer is left out where that does not support the extension. */
export interface OwnAction<V, D, E extends object> {
  /** PascalCase. */
  readonly name: string
  readonly by: ActedBy
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
  /** Whether a message is looked at; absent: always. By the peer, or by members that act on the IKE SA. */
  readonly takes?: {
    readonly [K in keyof M]?: (s: OwnView<S>, at: TakenBy<M[K]>, message: MessageOf<M[K]>) => boolean
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
  /**
   * What its code reads, or does in one step, beyond what the party holds whose turn it is: a path in the state, of
   * which `*` stands for any one name, and why. A validation lists them: its verdicts rest on them.
   */
  readonly oracles?: { readonly [path: string]: string }
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
    hooks: { member: {}, peer: {}, ...own.hooks },
    actions: (own.actions ?? []).map((action) => ({ ...action, choose: action.choose ?? {} })),
  }) as unknown as Parts

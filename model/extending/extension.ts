/**
 * What an extension is: a value made by `extension(...)`, in a file of its own that need not know more than the
 * public names of the package. `parts.ts` says what it can add to the model, `hooks.ts` at which points it takes part.
 */
import type { Constants } from '../constants/constants.ts'
import type { FocusName } from '../constants/focus-name.ts'
import type { Address, Member, Party, Side } from '../constants/parties.ts'
import type { Scheme } from '../constants/scheme.ts'
import type { Scope } from '../constants/scope.ts'
import type { Bounds } from '../extension-points/extensions.ts'
import type { Parts } from '../extension-points/parts.ts'

export type { Bounds } from '../extension-points/extensions.ts'

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
  /** Claims with the same name are the parts of one claim, which this says in a few words. */
  readonly partOf?: string
}

/** What a part of an extension is made for. */
export interface Setting<P extends Parameters = Parameters> {
  readonly constants: Constants
  readonly scheme: Scheme
  readonly scope: Scope
  readonly parameters: Chosen<P>
  /** Whether the peer supports the extension, so that both ends may use it. */
  readonly negotiated: boolean
  /** To be added to each bound of its own that `bounds` does not return: 0, or more to try whether one looks like a doom. */
  readonly slack: number
  readonly members: readonly Member[]
  /** Every IKE SA and child SA that can come into being; the first of each is there at the start. */
  readonly ikes: readonly string[]
  readonly children: readonly string[]
  /** The highest message ID that a side can come to, and the highest sequence number that a member can. */
  readonly highestId: number
  readonly highestNumber: number
  /** Puts a message of the extension on the wire. There must be room. `to`: the receiver of a message between members. */
  send(d: object, emit: object, from: Party, kind: string, message: object, to?: Member): void
  /** Whether so many messages of a kind can be put on the wire. */
  hasRoom(s: object, kind: string, messages?: number): boolean
  /** Tells the other members: a synch message with nothing but what `tells` says, about an IKE SA. */
  tell(d: object, emit: object, from: Member, ike?: string): void
  /** Tells them the counters of an IKE SA, if the scheme tells such. */
  tellCounters(d: object, emit: object, from: Member, ike: string): void
  /** An end gives an IKE SA up; a member tells the others if the scheme tells such. */
  giveUp(d: object, emit: object, at: Party, ike: string): void
  /** An end abandons its outstanding requests on an IKE SA; a probe among them can be made again. */
  abandon(d: object, at: Party, ike: string): void
  /** An end has moved its counter: message IDs of a side below `to` are skipped, which is no gap then. */
  skipIds(d: object, emit: object, at: Party, ike: string, initiator: Side, to: number): void
  /** The peer takes another address for that of its gateway. */
  moveGateway(d: object, emit: object, address: Address): void
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

/** What bounds depend on. */
export interface Given<P extends Parameters = Parameters> {
  readonly scheme: Scheme
  readonly scope: Scope
  readonly parameters: Chosen<P>
  readonly negotiated: boolean
  readonly slack: number
}

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
  /** Extensions that it brings along, by name, so that they cannot be put beside it. */
  readonly contains?: readonly string[]
  /** Policies of the scheme that it replaces: it returns another scheme, for the one that it is given is frozen. */
  policies?(scheme: Scheme, chosen: { readonly parameters: Chosen<P>; readonly negotiated: boolean }): Scheme
  bounds?(given: Given<P>): Bounds
  /** Child SAs of its own, by name, which it adds to `children` of an end: with selectors that no other has. */
  children?(given: Given<P>): readonly string[]
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

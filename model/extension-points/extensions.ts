/** What the constants of a model say of its extensions: types, and the little that the base model asks of them. */
import type { Parts } from './parts.ts'

/** Bounds that an extension needs beyond those of the scope. */
export interface Bounds {
  /** Message IDs of each side that are skipped. */
  readonly messageIds?: number
  /** Probes of each side that are lost with a skipped message ID, and must be possible again. */
  readonly probes?: number
  /** Sequence numbers that the peer skips, and that members do, on each child SA. */
  readonly packetNumbers?: number
  readonly sequenceNumbers?: number
}

/** A hook with its types erased. */
// biome-ignore lint/suspicious/noExplicitAny: what is passed on is checked where the hook is written.
export type Hook = (...given: any[]) => any

/** One function for each point that is hooked. */
export interface Hooks {
  readonly member: { readonly [hook: string]: Hook }
  readonly peer: { readonly [hook: string]: Hook }
}

/** What one extension adds to a model. */
export interface Defined {
  readonly name: string
  readonly parts: Parts
  /** Otherwise the peer takes no part in it. */
  readonly negotiated: boolean
}

/** The extensions of one model. */
export interface Extensions {
  readonly bounds: Required<Bounds>
  /** Child SAs of extensions, beyond those of the base model. */
  readonly children: readonly string[]
  /** Made when first asked for. */
  readonly parts: readonly Defined[]
  readonly hooks: Hooks
  /** Runs something with the code of instances that were made for it; `closure` numbers what is run. */
  afresh<T>(run: () => T, closure: number): T
}

/** What has extensions, or none. */
export interface Extended {
  readonly extensions?: Extensions
}

const NO_HOOKS: Hooks = { member: {}, peer: {} }

/** The hooks of a model; without an extension there is none, and what asks for one is left out. */
export const hooksOf = ({ extensions }: Extended): Hooks => extensions?.hooks ?? NO_HOOKS

/** What each extension adds. */
export const partsOf = ({ extensions }: Extended): readonly Defined[] => extensions?.parts ?? []

/** Whether an extension has something under way at one of these parties. */
export const isBusyWithOwn = (s: object, constants: Extended, parties: readonly string[]): boolean => {
  if (!constants.extensions) return false
  const { member, peer } = hooksOf(constants)
  return parties.some((party) => (party === 'P' ? peer : member).isBusy?.(s, party) === true)
}

/** What the constants of a model say of its extensions: types, and the little that the base model asks of them. */
import type { Chosen, Extension, Parameters } from './extension.ts'

export {
  type Defined,
  type Extended,
  type Extensions,
  type Hook,
  type Hooks,
  hooksOf,
  isBusyWithOwn,
  partsOf,
} from '../extension-points/extensions.ts'

/** An extension with its parameters chosen. */
export interface Used {
  readonly extension: Extension
  readonly parameters: Chosen<Parameters>
  /** By how much each bound of its own is raised: no verdict may depend on it. Absent: 0. */
  readonly slack?: number
}

/** Whether the peer supports what is negotiated. */
export type PeerSupport = 'supports' | 'unmodified'

/** An extension as a model uses it: with its parameters chosen. */
import type { Chosen, Extension, Parameters } from './extension.ts'

/** An extension with its parameters chosen. */
export interface Used {
  readonly extension: Extension
  readonly parameters: Chosen<Parameters>
  /** By how much each bound of its own is raised: no verdict may depend on it. Absent: 0. */
  readonly slack?: number
  /** The same extension of modules that were loaded apart, for code that is run again. Absent: the extension itself. */
  readonly copies?: readonly Extension[]
}

/** Whether the peer supports what is negotiated. */
export type PeerSupport = 'supports' | 'unmodified'

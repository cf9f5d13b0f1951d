/** What a lead and its helpers say to each other; threads carry it in a search, arrays in tests. */
import type { FaultData } from '../../../modelling/fault.ts'
import type { Symmetry } from '../../../symmetry/symmetry.ts'
import type { Exactness } from '../codegen/keys.ts'
import type { BlockSize } from '../storage/block.ts'

/** What the lead tells its helpers: memory that is new to them. */
export type Message =
  | {
      readonly kind: 'segment'
      readonly of: 'visited' | 'pairs'
      readonly index: number
      readonly words: Int32Array
    }
  | { readonly kind: 'chunk'; readonly index: number; readonly words: Int32Array }
  | { readonly kind: 'blocks'; readonly memory: readonly SharedArrayBuffer[]; readonly size: BlockSize }

/** What a helper tells the lead: a fault in a block. */
export interface FaultMessage {
  readonly block: number
  readonly from: number
  readonly instance: number
  readonly data: FaultData
}

/** What helpers have to do like the lead. */
export interface HelperOptions {
  readonly exact: Exactness
  readonly symmetry: Symmetry | undefined
}

/** What the lead needs of its helpers. */
export interface Crew {
  /** Helpers, not counting the lead. */
  readonly size: number
  /** Starts the helpers, which have the numbers from 1. */
  start(board: SharedArrayBuffer, options: HelperOptions): void
  send(message: Message, thread: number): void
  /** The next fault that a helper told of; it was told before. */
  fault(thread: number): FaultMessage | undefined
  /** Gives back the memory of shared arrays that the lead has dropped. */
  collect(): void
  /** Why a helper is not there any more; undefined while all are. */
  readonly death: string | undefined
  /** To be called when the search is over and the board is stopped. */
  end(): void
}

/** What requests of the page are answered from. */
import type { StartView } from '../../explore/page-data.ts'
import type { Cache } from '../saved/cache.ts'
import type { Places } from './places.ts'
import type { Threads } from './threads.ts'

export interface Answers {
  /** Results of earlier searches; absent when none are wanted. */
  readonly cache: Cache | undefined
  readonly start: StartView
  readonly places: Places
  readonly threads: Threads
  /** Bytes of one search. */
  readonly bytes: number
  /** Files that are rows of the matrix. */
  readonly files: readonly string[]
}

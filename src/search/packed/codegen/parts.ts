/** What the program text of the packed search is written for. */
import type { PackedNames } from '../../../state/codegen/packed.ts'
import type { Cause } from '../../../state/running-faults.ts'
import type { ReadTrees } from '../memoised/read-trees.ts'
import type { SecondRuns } from '../memoised/second-runs.ts'
import type { Profiler } from '../profiling/profiler.ts'
import type { Ancestry } from '../storage/ancestry.ts'
import type { Frontier } from '../storage/frontier.ts'
import type { Links } from '../storage/links.ts'
import type { Table } from '../storage/table.ts'
import type { Keying } from './keys.ts'

/** Where the text stands when it is asked, which is when something went wrong. */
export interface Position {
  /** The state and the instance being run. */
  readonly from: number
  readonly instance: number
  /** Whether properties are being asked, and the writes not taken back. */
  readonly judging: boolean
  readonly writes: number
}

/** Each finds out what happened from the slots and throws. */
export interface Reports {
  unsteadyGuard(first: unknown, second: unknown): never
  unsteadyState(restoreFirst: () => void, cause?: Cause): never
  unsteadyTest(k: number, first: boolean, second: boolean): never
  /** Closure i reads other variables than it did before on states that agree in what it read. */
  unsteadyReading(kind: 'guard' | 'effect' | 'test', i: number): never
  /** A guard, or test k, that said neither true nor false; what an effect returned, which may be nothing to object to. */
  notOpen(answer: unknown): void
  notAnAnswer(k: number, answer: unknown): void
  returned(result: object): void
  guardWrote(): never
  propertyWrote(writes: number): never
  /** Throws when a reading is no finite number. */
  finite(measure: string, event: string, reading: unknown): unknown
  /** The hash with which a state was stored is not that of its words. */
  wrongHash(): never
  /** Compare with the plain interpreter; each throws when it says something else. */
  lookAt(): void
  guardSaid(answer: unknown): void
  effectLed(): void
  askProperties(): void
}

/** What a thread that stores states fills. */
export interface Stored {
  readonly frontier: Frontier
  readonly ancestry: Ancestry
  readonly links: Links | undefined
  /** New states by action. */
  readonly fresh: Int32Array
}

export interface SearchParts {
  readonly names: PackedNames
  readonly keying: Keying
  /** Whether canon() and auditOrbit() are there to keep one state of each orbit only. */
  readonly reduced: boolean
  readonly visited: Table
  readonly pairs: Table | undefined
  readonly shared: boolean
  readonly report: Reports
  readonly trees: ReadTrees
  readonly twice: SecondRuns
  readonly once: boolean
  readonly deferred: boolean
  readonly profiler?: Profiler | undefined
  /** Whether steps that lead back to the same state are kept. */
  readonly loops: boolean
  /** Absent in a thread that stores no states. */
  readonly stored?: Stored
}

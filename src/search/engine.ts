/**
 * The seam between a search and the interpreter below it: an engine expands blocks of states, stores the new
 * ones in the order in which it meets them, and notes the first step that shows something about a property.
 */
import type { Model } from '../modelling/model.ts'
import type { Symmetry } from '../symmetry/symmetry.ts'
import type { Coverage, Path } from './outcome.ts'

/** The step that showed something first: from a state (-1: from nothing) by an instance. */
export interface Finding {
  readonly from: number
  readonly instance: number
}

/** What was found about one property. */
export interface Findings {
  /** The first violation of an `always` or a monitor, the first witness of a `sometimes`, or the first reading of `value`. */
  shown?: Finding
  /** The largest reading of a measure. */
  value?: number
  /** The first step into the situation the property speaks of. */
  situation?: Finding
}

/** What an engine is asked to do beyond storing states. */
export interface EngineOptions {
  /** Compare whole states rather than fingerprints. */
  readonly exact: boolean
  /** Keep one state of each orbit under the symmetry of the model, found first (true) or before. Absent: every state. */
  readonly symmetry?: boolean | Symmetry
  /** Changes the program text of the packed engine; for tests that break it. */
  readonly rewrite?: (text: string) => string
}

/** An interpreter that stores what it reaches. States are numbered from 0 in the order of their discovery. */
export interface Engine {
  readonly model: Model
  readonly exact: boolean
  /** What was looked for and found, when symmetry was asked for. */
  readonly symmetry?: Symmetry
  /** With permuted identities: a path that the search has found, as a path of the model. Throws `ModelFault`. */
  concrete?(path: Path): Path
  /** Finds the initial states. */
  start(): void
  /** Expands the states from `from` up to and without `to`. */
  expand(from: number, to: number): void
  /** Asks the plain interpreter about a sample of the stored states. Throws `ModelFault` when it disagrees. */
  secondOpinion(): void
  readonly distinct: number
  readonly generated: number
  readonly bytes: number
  /** The step by which a state was first reached. */
  cameBy(state: number): Finding
  /** By index of property. */
  readonly findings: readonly Findings[]
  readonly coverage: readonly Coverage[]
  /** Expanded states without successor, and the first of them that the model does not call final. */
  readonly stuck: number
  readonly deadlock: number | undefined
  /** Whether a state satisfies an `alwaysPossible` property, and whether it is judged by it. */
  marks(state: number, property: number): { readonly holds: boolean; readonly judged: boolean }
  /** Calls back for each stored transition that leads to another state; kept only for `alwaysPossible`. */
  eachEdge(visit: (from: number, to: number) => void): void
}

/** Thrown by an engine that could not store another state; what it has stored so far stands. */
export class OutOfMemory extends Error {}

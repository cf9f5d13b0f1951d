/**
 * The seam between a search and the interpreter below it: an engine expands states, stores the new ones in the order
 * in which it meets them, and notes the first step that shows something about a property.
 */
import type { Model } from '../../modelling/model.ts'
import type { Symmetry } from '../../symmetry/symmetry.ts'
import type { BitstateFill, Coverage, Path } from './outcome.ts'
import type { Profile } from './profile.ts'
import type { Saved } from './saved.ts'

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

/** An interpreter that stores what it reaches. States are numbered from 0 in the order of their discovery. */
export interface Engine {
  readonly model: Model
  readonly exact: boolean
  /** What was looked for and found, when symmetry was asked for. */
  readonly symmetry?: Symmetry | undefined
  /** Whether more permutations were taken for symmetries than could all be tried: then nothing holds for sure. */
  readonly assumesSymmetry?: boolean
  /** Runs of closures that were made twice and compared. */
  readonly checkedTwice?: number
  /** With permuted identities: a path that the search has found, as a path of the model. Throws `ModelFault`. */
  concrete?: ((path: Path) => Path) | undefined
  /** Finds the initial states. */
  start(): void
  /** Expands some more states, in the order of their numbers, or waits for others that do. */
  advance(): void
  /** What a search is taken up from later; engines that can be. */
  save?(): Saved
  /** Takes a search up instead of starting it. */
  load?(saved: Saved): void
  /** The search is over, also when it was cut or failed: helpers are let go. */
  close(): void
  /** Asks the plain interpreter about a sample of the states. Throws `ModelFault` when it disagrees. */
  crossCheck(): void
  readonly distinct: number
  readonly generated: number
  /** States expanded: those with smaller numbers. */
  readonly expanded: number
  /** Levels: 1 when there are initial states only. */
  readonly depth: number
  /** States of each level known so far. */
  readonly levelSizes: readonly number[]
  readonly bytes: number
  /** Whether there is no room for many more states, however few bytes are used. */
  readonly isFull?: boolean
  /** The step by which a state was first reached. */
  cameBy(state: number): Finding
  /** By index of property. */
  readonly findings: readonly Findings[]
  readonly coverage: readonly Coverage[]
  /** Of an engine that was made to profile. */
  readonly profile?: Profile | undefined
  /** States beyond the constraint of the model, which are among the distinct ones, and the last state within it, or -1. */
  readonly beyond: number
  readonly lastWithin?: number
  /** Expanded states without successor, and the first of them that the model does not call final. */
  readonly stuck: number
  readonly deadlock: number | undefined
  /** Kept only for properties that are judged over it. */
  readonly graph: Graph | undefined
  /** Of an engine that keeps bits of its states only: its search is never complete. */
  readonly bitstate?: BitstateFill
}

/** Thrown by an engine that could not store another state; what it has stored so far stands. */
export class OutOfMemory extends Error {}

/** Thrown by an engine whose helpers are not all there any more. */
export class HelperDied extends Error {}

/** The engine contradicts itself: no fault of the model. */
export class EngineFault extends Error {}

/** A bit for each property that is judged over the graph, in the order of the model's properties. */
export type Bits = number

/** The steps of the expanded states in one list, those of a state together. Steps that change nothing are left out. */
export interface Steps {
  /** The first step of each expanded state, and the end of the last. */
  readonly first: Uint32Array
  target(step: number): number
  instance(step: number): number
}

/** What is stored for properties that are judged over the graph. */
export interface Graph {
  /** The properties that hold in a state, and those that judge it. */
  holds(state: number): Bits
  judges(state: number): Bits
  /** Passes over all transitions once forwards and once backwards: hope goes from target to source. True: it did. */
  spread(hopes: Uint8Array): boolean
  /** Of an engine that keeps steps: those of the expanded states, from the last to the first. */
  stepsBackwards?(visit: VisitStep): void
  /** The same: those of one state, in the order of their instances. */
  stepsOf?(state: number, visit: VisitStep): void
  /** The same: all of them. */
  steps?(): Steps
}

/** Told of a step that leads to another state. */
export type VisitStep = (from: number, to: number, instance: number) => void

/** What second runs need of the program text that makes the first runs: its slots, its closures and what it remembers. */
import type { Action } from '../../../modelling/action.ts'
import type { Cause } from '../../../state/running-faults.ts'

/** What a second run needs of the program text. */
export interface RunHooks {
  /** The slots of a state, then those of messages handed out. */
  readonly slots: Int32Array
  /** Triples of slot, lowest bit and number of bits, and how many there are. */
  readonly reads: Int32Array
  count(): number
  startNoting(): void
  stopNoting(): void
  /** An effect may write from now on, or no more. */
  setWriting(on: boolean): void
  writes(): number
  /** Takes back what was written to the state that is shown. */
  undo(): void
  /** Brings a state into the slots. */
  show(words: Int32Array): void
  /** Makes a state that which is expanded. */
  arrive(words: Int32Array): void
  /** Forgets what monitors and measures have said. */
  quiet(): void
  /** The closures with the view that they always get. */
  guardOf(i: number): unknown
  effectOf(i: number): unknown
  test(k: number): unknown
  /** The instance that is named where something is thrown. */
  getAt(): number
  setAt(i: number): void
  /** What the effect that was run told, while `recording` is on. */
  readonly said: unknown[]
  readonly roots: readonly object[]
  /** The state before a step, where there are properties of steps; it is the one in the slots from `keepBefore` on. */
  readonly before: object | undefined
  keepBefore(): void
  /** What properties of steps have said of the last step, and asking them once more. */
  readonly stepAnswers: readonly boolean[]
  judgeStep(i: number): void
  /** The same views once more. */
  readonly others: readonly object[]
  /** Throws the fault of an effect that has led to the state in the slots and, before, to another. */
  unsteadyState(action: Action, one: Int32Array, cause: Cause): never
  /** Compare what has just come of an instance with what is remembered; each throws. */
  recalledGuard(i: number, open: boolean): void
  recalledEffect(i: number): void
  /** The place of what is remembered of an effect, or -1; and whether what effects tell is written down. */
  placeOf(i: number): number
  record(on: boolean): void
  recalledTest(k: number, answer: boolean, words: Int32Array): void
}

/**
 * What the first run of a closure read, wrote and told, compared with what its second run does; where they differ, the fault
 * says what differs, and why as far as a few more runs tell.
 */
import type { Action } from '../../../modelling/action.ts'
import type { ModelFault } from '../../../modelling/fault.ts'
import type { Model } from '../../../modelling/model.ts'
import type { Slot } from '../../../state/layout.ts'
import { type Cause, unsteadyClosure } from '../../../state/running-faults.ts'
import { toldText } from './event-text.ts'
import type { RunHooks } from './run-hooks.ts'

/** What one run of a closure came to, to be compared. */
interface Run {
  readonly reads: Int32Array
  readonly count: number
}

export class RunComparison {
  readonly #model: Model
  readonly #slots: readonly Slot[]
  #hooks!: RunHooks
  /** Whether the second run is made with closures that were made anew. */
  isFresh = false
  /** What effects told, by the place of the change that is remembered. */
  readonly #told = new Map<number, readonly unknown[]>()
  /** Of the first run. */
  #slotsOfOne: Int32Array
  #saidOfOne: readonly unknown[] = []
  #readsOfOne: Run = { reads: new Int32Array(0), count: 0 }

  constructor(model: Model, slots: readonly Slot[]) {
    this.#model = model
    this.#slots = slots
    this.#slotsOfOne = new Int32Array(slots.length)
  }

  attach(hooks: RunHooks): void {
    this.#hooks = hooks
  }

  /** What was kept of an effect is remembered under the place of its change. */
  tell(place: number): void {
    if (place >= 0 && this.#saidOfOne.length > 0) this.#told.set(place, this.#saidOfOne)
  }

  /** Compares what an effect told with what is remembered under the place of its change. */
  compareTold(i: number, action: Action, said: readonly unknown[]): void {
    const place = this.#hooks.placeOf(i)
    if (place < 0) return
    const one = this.#told.get(place) ?? []
    if (one.length === said.length && one.every((value, n) => Object.is(value, said[n]))) return
    throw unsteadyClosure(
      `The effect of ${action.name}`,
      toldText(this.#model, one),
      toldText(this.#model, said),
      'variable',
    )
  }

  /** Keeps what the first run of a guard or a test read. */
  keepReads(): void {
    const count = this.#hooks.count()
    this.#readsOfOne = { reads: this.#hooks.reads.slice(0, 3 * count), count }
  }

  /** Keeps what the first run of an effect wrote and said, while the slots hold it. */
  keepWritten(): void {
    const { slots, said } = this.#hooks
    for (let i = 0; i < this.#slotsOfOne.length; i++) this.#slotsOfOne[i] = slots[i]!
    this.#saidOfOne = said.slice()
  }

  /** What the first run read. */
  reads(): Run {
    return this.#readsOfOne
  }

  /** Keeps the first run though others come before its second run; what is returned makes it the first run again. */
  setAside(): () => void {
    const [reads, slots, said] = [this.#readsOfOne, this.#slotsOfOne, this.#saidOfOne]
    this.#slotsOfOne = slots.slice()
    return () => {
      this.#readsOfOne = reads
      this.#slotsOfOne = slots
      this.#saidOfOne = said
    }
  }

  /** Compares what the second run of an effect wrote, which the slots hold, and told with the first; `answer` runs it again. */
  compareEffect(action: Action, said: readonly unknown[], answer: () => unknown): void {
    const { slots } = this.#hooks
    for (let i = 0; i < this.#slotsOfOne.length; i++)
      if (slots[i] !== this.#slotsOfOne[i])
        this.#hooks.unsteadyState(action, this.#slotsOfOne, this.#causeOf(answer))
    const one = this.#saidOfOne
    const odd = one.findIndex((value, i) => !Object.is(value, said[i]))
    if (odd < 0 && one.length === said.length) return
    throw unsteadyClosure(
      `The effect of ${action.name}`,
      toldText(this.#model, one),
      toldText(this.#model, said),
      this.#causeOf(answer),
    )
  }

  /** The first slot that is read in one run and not at the same place in the other, up to read `to`. */
  oddRead(one: Run, from: number, to: number): number | undefined {
    const { reads } = this.#hooks
    for (let k = 3 * from; k < 3 * to; k++)
      if (k >= 3 * one.count || reads[k] !== one.reads[k]) return reads[k - (k % 3)]
    return undefined
  }

  /** The fault of a closure that read a slot in one of two runs only. */
  unsteadyReads(subject: string, slot: number, answer: () => unknown): ModelFault {
    const path = this.#slots[slot]?.path ?? 'a variable'
    const cause = this.#causeOf(answer)
    return unsteadyClosure(
      subject,
      `an answer that rests on ${path}`,
      'one that does not',
      cause === 'variable' ? 'cache' : cause,
    )
  }

  /** The fault of a guard that said something else. */
  unsteadyGuard(i: number, action: Action, before: boolean, after: boolean): ModelFault {
    const cause = this.#causeOf(() => this.guardAnswer(i))
    return unsteadyClosure(`The guard of ${action.name}`, String(before), String(after), cause)
  }

  /** The fault of a test that said something else. */
  unsteadyTest(k: number, subject: string, before: boolean, after: boolean): ModelFault {
    return unsteadyClosure(
      subject,
      String(before),
      String(after),
      this.#causeOf(() => this.#hooks.test(k)),
    )
  }

  /** What a guard says now. */
  guardAnswer(i: number): unknown {
    return this.#hooks.guardOf(i)
  }

  /** What an effect makes of the state now, as text. */
  effectAnswer(i: number): unknown {
    const { slots, undo, setWriting, effectOf, quiet } = this.#hooks
    undo()
    setWriting(true)
    effectOf(i)
    setWriting(false)
    const after = slots.slice(0, this.#slotsOfOne.length).join(' ')
    undo()
    quiet()
    return after
  }

  /** Why two runs differ, as far as a few more tell: from call to call, by the view alone, or by what ran in between. */
  #causeOf(answer: () => unknown): Cause {
    const { stopNoting, startNoting, slots, writes } = this.#hooks
    stopNoting()
    // What the second run wrote is still to be shown.
    const shown = writes() > 0 ? slots.slice() : undefined
    try {
      const answers = new Set<unknown>()
      for (let turn = 0; turn < 8; turn++) answers.add(answer())
      if (answers.size > 1) return 'call'
      startNoting()
      answer()
      const { count } = this.#hooks
      const reads = count()
      stopNoting()
      if (reads === 0) return 'view'
      return this.isFresh ? 'instance' : 'variable'
    } catch {
      return 'variable'
    } finally {
      stopNoting()
      if (shown) slots.set(shown)
    }
  }
}

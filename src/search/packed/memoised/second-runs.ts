/**
 * Second runs: whatever a search is about to learn of a guard, an effect or a test is run once more, after other closures
 * of the model have been run on another state, with another view, another choice and another emit object over the same
 * values. A closure that is a function of the state reads, answers, writes and says the same. One that is not is a fault of
 * the model, for what was learnt would be told of states of which it is not true.
 *
 * The first runs of a closure and some later ones are made again with strict views, which show what no other view does, and
 * after another state; the rest, of which there are many more, with a second set of the views that closures always get. Where
 * the closures of a model can be made anew, all second runs are made with such.
 *
 * What is known already is looked at again, too: of each action in the first states in which it is enabled, and in fewer
 * and fewer later ones, and likewise of each test.
 */
import type { Action } from '../../../modelling/action.ts'
import type { Model } from '../../../modelling/model.ts'
import { testsOf } from '../../../modelling/tests.ts'
import type { Slot } from '../../../state/layout.ts'
import { answerOf, notAStep, unsteadyClosure } from '../../../state/running-faults.ts'
import { type InstanceNumbers, instanceNumbersOf } from './instance-numbers.ts'
import { KeptStates } from './kept-states.ts'
import { lastRuns } from './last-runs.ts'
import { RunComparison } from './run-comparison.ts'
import type { RunHooks } from './run-hooks.ts'
import { RunsBetween } from './runs-between.ts'
import { StrictRuns } from './strict-runs.ts'

/** Instances of one action that are looked at again at one time. */
const INSTANCES = 8

export class SecondRuns {
  /** Runs that were made twice. */
  checked = 0
  readonly #model: Model
  readonly #comparison: RunComparison
  readonly #numbers: InstanceNumbers
  readonly #tests: ReturnType<typeof testsOf>
  readonly #kept: KeptStates
  readonly #between: RunsBetween
  readonly strict: StrictRuns
  #hooks!: RunHooks
  /** Second runs that wait until the first state is expanded. */
  #waiting: (() => void)[] | undefined = []
  #busy = false

  constructor(model: Model, slots: readonly Slot[]) {
    this.#model = model
    this.#comparison = new RunComparison(model, slots)
    this.#numbers = instanceNumbersOf(model)
    this.#tests = testsOf(model)
    this.#kept = new KeptStates(model.actions.length, this.#tests.length)
    this.#between = new RunsBetween(this.#numbers, this.#tests.length, this.#kept)
    this.strict = new StrictRuns(model)
  }

  attach(hooks: RunHooks): void {
    this.#hooks = hooks
    this.#comparison.attach(hooks)
    this.#between.attach(hooks)
    this.strict.attach(hooks)
  }

  /** Keeps a state that is expanded. Returns how many states later the next is to be kept. */
  see(words: Int32Array): number {
    return this.#kept.see(words, this.#between.turn)
  }

  /** What was kept of an effect is remembered under the place of its change. */
  tell(place: number): void {
    this.#comparison.tell(place)
  }

  /** Keeps what the first run of a guard or a test read. */
  keepReads(): void {
    this.#comparison.keepReads()
  }

  /** Keeps what the first run of an effect read, wrote and said, while the slots hold it. */
  keepEffect(): void {
    this.#comparison.keepWritten()
    this.#comparison.keepReads()
  }

  /** Runs the guards of instances again, of which the first run has said `open`, a bit for each. */
  guards(first: number, size: number, open: number, words: Int32Array): void {
    const one = this.#comparison.reads()
    const a = this.#numbers.numberOf[first]!
    this.#again(a, 2 * a, words, () => {
      const { startNoting, stopNoting, count } = this.#hooks
      startNoting()
      let upTo = 0
      for (let i = first; i < first + size; i++) {
        this.#hooks.setAt(i)
        const action = this.#numbers.actionOf[i]!
        const before = ((open >>> (i - first)) & 1) === 1
        const after = action.guard
          ? this.strict.guard(action, this.#numbers.choices[i]!, String(before))
          : true
        if (after !== before) throw this.#comparison.unsteadyGuard(i, action, before, after)
        const odd = this.#comparison.oddRead(one, upTo, count())
        if (odd !== undefined)
          throw this.#comparison.unsteadyReads(`The guard of ${action.name}`, odd, () =>
            this.#comparison.guardAnswer(i),
          )
        upTo = count()
      }
      if (upTo !== one.count)
        throw this.#comparison.unsteadyReads(
          `The guard of ${this.#numbers.actionOf[first]!.name}`,
          one.reads[3 * upTo]!,
          () => this.#comparison.guardAnswer(first),
        )
      stopNoting()
    })
  }

  /** Runs an effect again. */
  effect(i: number, words: Int32Array): void {
    const one = this.#comparison.reads()
    const action = this.#numbers.actionOf[i]!
    const a = this.#numbers.numberOf[i]!
    const answers = this.#hooks.stepAnswers.slice()
    this.#again(a, 2 * a + 1, words, () => {
      const { startNoting, stopNoting, count, keepBefore } = this.#hooks
      this.#hooks.setAt(i)
      keepBefore()
      startNoting()
      const said = this.strict.effect(action, this.#numbers.choices[i]!)
      this.#comparison.compareEffect(action, said, () => this.#comparison.effectAnswer(i))
      const odd =
        this.#comparison.oddRead(one, 0, count()) ??
        (count() < one.count ? one.reads[3 * count()]! : undefined)
      if (odd !== undefined)
        throw this.#comparison.unsteadyReads(`The effect of ${action.name}`, odd, () =>
          this.#comparison.effectAnswer(i),
        )
      stopNoting()
      this.strict.steps(action, this.#numbers.choices[i]!, answers)
    })
  }

  /** Runs a test again. */
  test(k: number, answer: boolean, words: Int32Array): void {
    const one = this.#comparison.reads()
    this.#kept.teaches(k, words)
    this.#again(-1, 2 * this.#model.actions.length + k, words, () => {
      const { startNoting, stopNoting, count } = this.#hooks
      const { subject } = this.#tests[k]!
      startNoting()
      const after = this.strict.test(k, answer)
      if (after !== answer) throw this.#comparison.unsteadyTest(k, subject, answer, after)
      const odd =
        this.#comparison.oddRead(one, 0, count()) ??
        (count() < one.count ? one.reads[3 * count()]! : undefined)
      if (odd !== undefined) throw this.#comparison.unsteadyReads(subject, odd, () => this.#hooks.test(k))
      stopNoting()
    })
  }

  /** Runs the final test again, which is not remembered. */
  final(answer: unknown, words: Int32Array): void {
    const k = this.#tests.length - 1
    if (!this.#model.final) return
    const first = answerOf('The final test', answer)
    this.#again(-1, 2 * this.#model.actions.length + k, words, () => {
      const after = this.strict.test(k, first)
      if (after !== first) throw unsteadyClosure('The final test', String(first), String(after), 'variable')
    })
  }

  /**
   * Looks at an action again in a state in which it is enabled: what its guards and effects do now is what is remembered
   * of them.
   */
  inspect(a: number, words: Int32Array, look: number): void {
    this.#kept.enables(a, words, look)
    const action = this.#model.actions[a]!
    const first = this.#numbers.first[a]!
    const size = this.#numbers.sizes[a]!
    this.#again(a, undefined, words, () => {
      for (let n = 0; n < Math.min(size, INSTANCES); n++) {
        const i = first + ((look * INSTANCES + n) % size)
        this.#hooks.setAt(i)
        const open = action.guard ? this.strict.guard(action, this.#numbers.choices[i]!, 'an answer') : true
        this.#hooks.recalledGuard(i, open)
        if (!open) continue
        this.#hooks.keepBefore()
        const said = this.strict.effect(action, this.#numbers.choices[i]!)
        this.#comparison.compareTold(i, this.#numbers.actionOf[i]!, said)
        this.#hooks.judgeStep(i)
        this.strict.steps(action, this.#numbers.choices[i]!, this.#hooks.stepAnswers)
        this.#hooks.recalledEffect(i)
        this.#hooks.undo()
        this.#hooks.quiet()
      }
    })
  }

  /** Looks at a test again of which the answer is remembered. */
  inspectTest(k: number, shown: Int32Array): void {
    // It may have to wait, and these words are those of the next state by then.
    const words = this.#waiting ? shown.slice() : shown
    this.#again(-1, undefined, words, () =>
      this.#hooks.recalledTest(k, this.strict.test(k, undefined), words),
    )
  }

  /** Runs an initial action, or any that is not remembered, on the state in the slots as often as it takes to compare it. */
  instance(action: Action, choice: object): void {
    const { roots, undo, quiet, said } = this.#hooks
    const [root] = roots as [object]
    this.checked += 1
    const open = action.guard ? answerOf(`The guard of ${action.name}`, action.guard(root, choice)) : true
    const again = action.guard ? this.strict.guard(action, choice, String(open)) : true
    if (again !== open)
      throw unsteadyClosure(`The guard of ${action.name}`, String(open), String(again), 'variable')
    if (!open) return
    this.#hooks.setWriting(true)
    said.length = 0
    try {
      notAStep(action, action.effect(root, choice, this.strict.emit('shared')))
    } finally {
      this.#hooks.setWriting(false)
    }
    this.#comparison.keepWritten()
    undo()
    quiet()
    const second = this.strict.effect(action, choice)
    this.#comparison.compareEffect(action, second, () => 'one')
    undo()
    quiet()
  }

  /** The first state is expanded: what waited for that is run again now, and then everything at once. */
  begin(): void {
    const waiting = this.#waiting ?? []
    this.#waiting = undefined
    for (const piece of waiting) piece()
  }

  /** At the end: everything that was kept is run again. */
  endure(): void {
    if (this.#waiting) this.begin()
    this.checked += lastRuns(this.#hooks, this.#comparison, this.#kept, this.#numbers, this.#tests)
  }

  /** Guards and tests, which only ask, have even numbers; an effect that is run has an odd one. */
  #numberFor(a: number, c: number | undefined): number {
    if (c === undefined) return a < 0 ? 0 : 2 * a + 1
    return c < 2 * this.#model.actions.length ? c : 2 * c
  }

  /**
   * Runs other closures, and then the piece on the state of these words, which the slots hold and are left with. `c`: the
   * number of the closure; absent: what the slots hold is not looked at.
   */
  #again(a: number, c: number | undefined, words: Int32Array, piece: () => void): void {
    if (this.#busy) return
    if (this.#waiting) {
      // Others would have a part in what the first runs of the model say.
      const state = words.slice()
      const putBack = this.#comparison.setAside()
      this.#waiting.push(() => {
        putBack()
        this.#hooks.show(state)
        this.#again(a, c, state, piece)
      })
      return
    }
    this.#busy = true
    this.checked += 1
    const { getAt, setAt, show, stopNoting, undo, quiet } = this.#hooks
    const at = getAt()
    try {
      this.strict.isPlain = !this.strict.isDue(c)
      if (this.strict.isPlain) this.#between.runOne()
      else {
        this.#between.disturb(a, words)
        show(words)
      }
      setAt(at)
      const { afresh } = this.#model
      if (!afresh) piece()
      else {
        this.#comparison.isFresh = true
        afresh(piece, this.#numberFor(a, c))
      }
    } finally {
      this.#comparison.isFresh = false
      this.#busy = false
      this.strict.isPlain = false
      stopNoting()
      this.#hooks.setWriting(false)
    }
    undo()
    quiet()
    setAt(at)
  }
}

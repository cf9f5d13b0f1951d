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
import { type Action, choicesOf } from '../../../modelling/action.ts'
import type { ModelFault } from '../../../modelling/fault.ts'
import type { Model } from '../../../modelling/model.ts'
import { testsOf } from '../../../modelling/tests.ts'
import type { Slot } from '../../../state/layout.ts'
import { type Asked, watched } from '../../../state/outside-world.ts'
import { listenersOf } from '../../../state/plain.ts'
import { answerOf, asksOutside, finite, notAStep, unsteadyClosure } from '../../../state/running-faults.ts'
import { type Call, Calls, strictView, ViewFault } from '../../../state/strict-views.ts'
import { tellEvent } from './event-text.ts'
import { RunComparison } from './run-comparison.ts'
import type { RunHooks } from './run-hooks.ts'

/** Words of states that are kept to be shown in between: some of the beginning, and later ones further and further apart. */
const KEPT = 24
/** States in which an action was enabled that are kept for it. */
const KEPT_OF_ACTION = 3
/** States in which something was learnt of a test that are kept for it, and how often it is run on each at the end. */
const KEPT_OF_TEST = 16
const RUNS_OF_TEST = 16
/** Closures that run in between at first, which is all of a small model, and after so many second runs. */
const MANY = 64
const FEW = 1
const EARLY = 32
/** Instances of one action that run in between, and that are looked at again at one time. */
const BETWEEN = 2
const INSTANCES = 8
/** Every state or answer up to this number is looked at again; later ones by a gap that is this part of their number. */
const FIRST_LOOKS = 6
const GAP = 0.75
const LARGEST_GAP = 4_096

/** How often everything is run on each kept state at the end. */
const ROUNDS = 6
/** Runs of a closure that are all made again strictly. */
const STRICT = 5
/** The call of a run without strict views. */
const UNWATCHED: Call = { subject: 'A closure', open: true }

export class SecondRuns {
  /** Runs that were made twice. */
  checked = 0
  readonly calls = new Calls()
  readonly #model: Model
  readonly #comparison: RunComparison
  readonly #choices: readonly object[]
  readonly #actionOf: readonly Action[]
  readonly #first: readonly number[]
  readonly #numberOf: readonly number[]
  readonly #tests: ReturnType<typeof testsOf>
  readonly #listeners: ReturnType<typeof listenersOf>
  #hooks!: RunHooks
  readonly #kept: Int32Array[] = []
  readonly #enabling: Int32Array[][]
  readonly #learntIn: Int32Array[][]
  /** The one emit object of second runs, and for which call it tells listeners now. */
  readonly #emitted: object
  #telling: Call | 'shared' = 'shared'
  readonly #memories: (object | undefined)[]
  #seen = 0
  #turn = 0
  /** Second runs that wait until the first state is expanded. */
  #waiting: (() => void)[] | undefined = []
  /** Whether the present run is made with the second set of views. */
  #plainly = false
  /** Runs of guards and effects by action and of tests that were made again, and the next that is made so strictly. */
  readonly #runs: Int32Array
  readonly #strictAt: Int32Array
  #busy = false
  constructor(model: Model, slots: readonly Slot[]) {
    this.#model = model
    this.#comparison = new RunComparison(model, slots)
    this.#choices = model.actions.flatMap(choicesOf)
    this.#actionOf = model.actions.flatMap((action) => choicesOf(action).map(() => action))
    this.#numberOf = model.actions.flatMap((action, a) => choicesOf(action).map(() => a))
    this.#first = model.actions.map((action) => this.#actionOf.indexOf(action))
    this.#tests = testsOf(model)
    this.#listeners = listenersOf(model)
    this.#enabling = model.actions.map(() => [])
    this.#learntIn = this.#tests.map(() => [])
    this.#memories = this.#listeners.map(() => undefined)
    const closures = 2 * model.actions.length + this.#tests.length
    this.#runs = new Int32Array(closures)
    this.#strictAt = new Int32Array(closures).fill(1)
    this.#emitted = this.#makeEmit()
  }

  attach(hooks: RunHooks): void {
    this.#hooks = hooks
    this.#comparison.attach(hooks)
  }

  /** The number of the look after look `n` at one closure. */
  static after(n: number): number {
    return n < FIRST_LOOKS ? n + 1 : n + Math.min(LARGEST_GAP, Math.ceil(n * GAP))
  }

  /** Keeps a state that is expanded. Returns how many states later the next is to be kept. */
  see(words: Int32Array): number {
    const gap = Math.ceil((this.#seen + 1) / KEPT)
    this.#seen += gap
    const copy = words.slice()
    if (this.#kept.length < KEPT) this.#kept.push(copy)
    // The oldest go first, but those of the beginning stay.
    else this.#kept[KEPT / 4 + (this.#turn % ((KEPT * 3) / 4))] = copy
    return gap
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
    const a = this.#numberOf[first]!
    this.#again(a, 2 * a, words, () => {
      const { startNoting, stopNoting, count } = this.#hooks
      startNoting()
      let upTo = 0
      for (let i = first; i < first + size; i++) {
        this.#hooks.setAt(i)
        const action = this.#actionOf[i]!
        const before = ((open >>> (i - first)) & 1) === 1
        const after = action.guard ? this.#guard(action, this.#choices[i]!, String(before)) : true
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
          `The guard of ${this.#actionOf[first]!.name}`,
          one.reads[3 * upTo]!,
          () => this.#comparison.guardAnswer(first),
        )
      stopNoting()
    })
  }

  /** Runs an effect again. */
  effect(i: number, words: Int32Array): void {
    const one = this.#comparison.reads()
    const action = this.#actionOf[i]!
    const a = this.#numberOf[i]!
    this.#again(a, 2 * a + 1, words, () => {
      const { startNoting, stopNoting, count } = this.#hooks
      this.#hooks.setAt(i)
      startNoting()
      const said = this.#effect(action, this.#choices[i]!)
      this.#comparison.compareEffect(action, said, () => this.#comparison.effectAnswer(i))
      const odd =
        this.#comparison.oddRead(one, 0, count()) ??
        (count() < one.count ? one.reads[3 * count()]! : undefined)
      if (odd !== undefined)
        throw this.#comparison.unsteadyReads(`The effect of ${action.name}`, odd, () =>
          this.#comparison.effectAnswer(i),
        )
      stopNoting()
    })
  }

  /** Runs a test again. */
  test(k: number, answer: boolean, words: Int32Array): void {
    const one = this.#comparison.reads()
    const own = this.#learntIn[k]!
    if (own.length < KEPT_OF_TEST) own.push(words.slice())
    this.#again(-1, 2 * this.#model.actions.length + k, words, () => {
      const { startNoting, stopNoting, count } = this.#hooks
      const { subject } = this.#tests[k]!
      startNoting()
      const after = this.#test(k, answer)
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
      const after = this.#test(k, first)
      if (after !== first) throw unsteadyClosure('The final test', String(first), String(after), 'variable')
    })
  }

  /**
   * Looks at an action again in a state in which it is enabled: what its guards and effects do now is what is remembered
   * of them.
   */
  inspect(a: number, words: Int32Array, look: number): void {
    const own = this.#enabling[a]!
    if (own.length < KEPT_OF_ACTION) own.push(words.slice())
    else own[look % KEPT_OF_ACTION] = words.slice()
    const action = this.#model.actions[a]!
    const first = this.#first[a]!
    const size = (this.#first[a + 1] ?? this.#choices.length) - first
    this.#again(a, undefined, words, () => {
      for (let n = 0; n < Math.min(size, INSTANCES); n++) {
        const i = first + ((look * INSTANCES + n) % size)
        this.#hooks.setAt(i)
        const open = action.guard ? this.#guard(action, this.#choices[i]!, 'an answer') : true
        this.#hooks.recalledGuard(i, open)
        if (!open) continue
        const said = this.#effect(action, this.#choices[i]!)
        this.#comparison.compareTold(i, this.#actionOf[i]!, said)
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
    this.#again(-1, undefined, words, () => this.#hooks.recalledTest(k, this.#test(k, undefined), words))
  }

  /** Runs an initial action, or any that is not remembered, on the state in the slots as often as it takes to compare it. */
  instance(action: Action, choice: object): void {
    const { roots, undo, quiet, said } = this.#hooks
    const [root] = roots as [object]
    this.checked += 1
    const open = action.guard ? answerOf(`The guard of ${action.name}`, action.guard(root, choice)) : true
    const again = action.guard ? this.#guard(action, choice, String(open)) : true
    if (again !== open)
      throw unsteadyClosure(`The guard of ${action.name}`, String(open), String(again), 'variable')
    if (!open) return
    this.#hooks.setWriting(true)
    said.length = 0
    try {
      notAStep(action, action.effect(root, choice, this.#emit('shared')))
    } finally {
      this.#hooks.setWriting(false)
    }
    this.#comparison.keepWritten()
    undo()
    quiet()
    const second = this.#effect(action, choice)
    this.#comparison.compareEffect(action, second, () => 'one')
    undo()
    quiet()
  }

  /** What strict views say of an instance, or of the tests, that threw on the state in the slots; undefined when they say nothing. */
  viewFault(of: { readonly action: Action; readonly choice: object } | 'tests'): ModelFault | undefined {
    const strictly = (subject: string, body: (view: object) => unknown): void =>
      this.calls.run(subject, (call) => void body(this.#view(call)))
    try {
      if (of === 'tests') for (const { subject, test } of this.#tests) strictly(subject, test)
      else {
        const { action, choice } = of
        const { guard } = action
        if (guard) strictly(`The guard of ${action.name}`, (s) => guard(s, choice))
        this.#hooks.setWriting(true)
        strictly(`The effect of ${action.name}`, (d) => action.effect(d, choice, this.#emit('shared')))
      }
      return undefined
    } catch (cause) {
      return cause instanceof ViewFault ? cause : undefined
    } finally {
      this.#hooks.setWriting(false)
    }
  }

  /** The first state is expanded: what waited for that is run again now, and then everything at once. */
  begin(): void {
    const waiting = this.#waiting ?? []
    this.#waiting = undefined
    for (const piece of waiting) piece()
  }

  /**
   * At the end: runs tests and guards on the states that were kept, again and again, and compares what they say with what is
   * remembered. A closure that counts its calls has had few, since most answers are remembered.
   */
  endure(): void {
    if (this.#waiting) this.begin()
    const {
      arrive,
      recalledGuard,
      recalledEffect,
      recalledTest,
      guardOf,
      effectOf,
      test,
      setAt,
      undo,
      quiet,
      setWriting,
    } = this.#hooks
    for (let round = 0; round < ROUNDS; round++)
      for (const words of this.#kept) {
        arrive(words)
        for (let k = 0; k < this.#tests.length; k++) {
          if (this.#tests[k]!.subject === 'The final test') continue
          recalledTest(k, answerOf(this.#tests[k]!.subject, test(k)), words)
        }
        for (let a = 0; a < this.#first.length; a++) {
          const first = this.#first[a]!
          const size = (this.#first[a + 1] ?? this.#choices.length) - first
          for (let n = 0; n < Math.min(size, BETWEEN); n++) {
            const i = first + ((round * BETWEEN + n) % size)
            setAt(i)
            const open = answerOf(`The guard of ${this.#actionOf[i]!.name}`, guardOf(i))
            recalledGuard(i, open)
            if (!open) continue
            this.#hooks.record(true)
            setWriting(true)
            effectOf(i)
            setWriting(false)
            this.#comparison.compareTold(i, this.#actionOf[i]!, this.#hooks.said)
            this.#hooks.record(false)
            recalledEffect(i)
            undo()
            quiet()
          }
        }
      }
    this.checked += ROUNDS * this.#kept.length * (this.#tests.length + this.#first.length)
    // One that counts only in some states has had fewer calls still. Beyond the state, these words have what they are found by.
    const length = this.#kept[0]?.length ?? 0
    for (const [k, states] of this.#learntIn.entries())
      for (const words of states) {
        arrive(words.subarray(0, length))
        for (let run = 0; run < RUNS_OF_TEST; run++)
          recalledTest(k, answerOf(this.#tests[k]!.subject, test(k)), words)
        this.checked += RUNS_OF_TEST
      }
  }

  /** Whether this run of closure `c` is made with strict views: the first ones, and later ones further and further apart. */
  #isStrict(c: number | undefined): boolean {
    if (c === undefined) return true
    const run = ++this.#runs[c]!
    if (run < this.#strictAt[c]!) return false
    this.#strictAt[c] = run < STRICT ? run + 1 : 2 * run
    return true
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
      this.#plainly = !this.#isStrict(c)
      if (this.#plainly) this.#runSome(this.#turn++ % this.#model.actions.length, this.#turn)
      else {
        this.#disturb(a, words)
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
      this.#plainly = false
      stopNoting()
      this.#hooks.setWriting(false)
    }
    undo()
    quiet()
    setAt(at)
  }

  /** What may stand in variables of the model is now about another state. */
  #disturb(a: number, words: Int32Array): void {
    const turn = this.#turn++
    const own = this.#enabling[a]
    const from = own && own.length > 0 && turn % 2 === 0 ? own : this.#kept
    const state = from.length > 0 ? from[turn % from.length]! : words
    this.#hooks.show(state)
    const most = turn < EARLY ? MANY : FEW
    const { length } = this.#model.actions
    if (a >= 0) this.#runSome(a, turn)
    for (let n = 0; n < Math.min(most, length); n++) this.#runSome((turn * FEW + n) % length, turn)
    const tests = this.#tests.length
    for (let n = 0; n < Math.min(most, tests); n++) this.#quietly(() => this.#hooks.test((turn + n) % tests))
  }

  #runSome(a: number, turn: number): void {
    const first = this.#first[a]!
    const size = (this.#first[a + 1] ?? this.#choices.length) - first
    for (let n = 0; n < Math.min(size, BETWEEN); n++) {
      const i = first + ((turn + n) % size)
      this.#quietly(() => {
        if (this.#hooks.guardOf(i) !== true) return
        this.#hooks.setWriting(true)
        this.#hooks.effectOf(i)
      })
    }
  }

  /** What is thrown here is thrown again when it is the turn of that state. */
  #quietly(piece: () => void): void {
    try {
      piece()
    } catch {
      // See above.
    }
    this.#hooks.setWriting(false)
    this.#hooks.undo()
    this.#hooks.quiet()
  }

  /** A closure with strict views: what it answers, whether it asked for what it may not. */
  #strictly<T>(subject: string, first: string, body: (call: Call) => T): T {
    let found: { readonly result: T; readonly asked: Asked | undefined }
    try {
      if (this.#plainly) return body(UNWATCHED)
      found = watched(() => this.calls.run(subject, body))
    } catch (cause) {
      if (cause instanceof ViewFault) throw cause
      // The first run did not throw.
      const text = cause instanceof Error ? cause.message.split('\n')[0]! : String(cause)
      throw unsteadyClosure(subject, first, `a failure (${text.replace(/\.$/, '')})`, 'variable')
    }
    if (found.asked) throw asksOutside(subject, found.asked)
    return found.result
  }

  #guard(action: Action, choice: object, first: string): boolean {
    const subject = `The guard of ${action.name}`
    const answer = this.#strictly(subject, first, (call) =>
      answerOf(subject, action.guard!(this.#view(call), Object.freeze({ ...choice }))),
    )
    if (this.#hooks.writes() !== 0) {
      this.#hooks.undo()
      throw unsteadyClosure(subject, 'no write', 'a write', 'view')
    }
    return answer
  }

  #test(k: number, first: boolean | undefined): boolean {
    const { subject, test } = this.#tests[k]!
    return this.#strictly(subject, first === undefined ? 'an answer' : String(first), (call) =>
      answerOf(subject, test(this.#view(call))),
    )
  }

  /** Runs an effect and leaves what it wrote in the slots; the answer is what it told. */
  #effect(action: Action, choice: object): readonly unknown[] {
    const subject = `The effect of ${action.name}`
    const { said } = this.#hooks
    said.length = 0
    this.#hooks.setWriting(true)
    try {
      this.#strictly(subject, 'a state', (call) =>
        notAStep(action, action.effect(this.#view(call), Object.freeze({ ...choice }), this.#emit(call))),
      )
    } finally {
      this.#hooks.setWriting(false)
    }
    return said
  }

  #view(call: Call): object {
    if (this.#plainly) return this.#hooks.others[0]!
    return strictView(this.#model.state, this.#hooks.roots[0], '', call, this.calls) as object
  }

  /** An emit object that hands events to the listeners, with strict views of their memories or the views that they always get. */
  #emit(call: Call | 'shared'): object {
    this.#telling = call
    this.#memories.fill(undefined)
    return this.#emitted
  }

  /** The memory of a listener, for the call of the effect that is run. */
  #memory(n: number): object {
    const { roots } = this.#hooks
    const call = this.#telling
    if (call === 'shared') return roots[n + 1]!
    if (this.#plainly) return this.#hooks.others[n + 1]!
    const { memory, name } = this.#listeners[n]!
    const known = this.#memories[n] ?? (strictView(memory, roots[n + 1], name, call, this.calls) as object)
    this.#memories[n] = known
    return known
  }

  #makeEmit(): object {
    const listeners = this.#listeners.map((listener, n) => {
      const bit = this.#model.properties.indexOf(listener)
      const said = (): unknown[] => this.#hooks.said
      return { listener, n, bit, said }
    })
    const kinds = this.#model.events?.kinds ?? []
    return Object.freeze(
      Object.fromEntries(
        kinds.map((kind, number) => {
          const heard = listeners.flatMap(({ listener, n, bit, said }) => {
            const on = listener.on[kind]
            const judge = {
              violated: () => void said().push('violated', bit),
              arose: () => void said().push('arose', bit),
              reads: (value: number) => void said().push(bit, finite(listener.name, kind, value)),
            }
            return on ? [{ on, n, judge, name: `${listener.name}, at ${kind}` }] : []
          })
          const emit = (event: object): void => {
            tellEvent(this.#hooks.said, number, event)
            // A handler answers nothing; a promise means that it goes on.
            for (const { on, n, judge, name } of heard)
              notAStep({ name }, on(this.#memory(n), event, judge) as unknown, 'handler')
          }
          return [kind, emit]
        }),
      ),
    )
  }
}

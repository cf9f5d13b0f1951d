/**
 * Runs of closures that are made again: with strict views, or with a second set of the views that closures always get. What a
 * closure answers has to be an answer, and what it asks for has to be in the model.
 */
import type { Action } from '../../../modelling/action.ts'
import type { ModelFault } from '../../../modelling/fault.ts'
import type { Model } from '../../../modelling/model.ts'
import { testsOf } from '../../../modelling/tests.ts'
import { type Asked, watched } from '../../../state/outside-world.ts'
import { takenOf } from '../../../state/plain/instances.ts'
import { listenersOf } from '../../../state/plain/plain-state.ts'
import { answerOf, asksOutside, finite, notAStep, unsteadyClosure } from '../../../state/running-faults.ts'
import { type Call, Calls } from '../../../state/strict-calls.ts'
import { strictView } from '../../../state/strict-views.ts'
import { ViewFault } from '../../../state/view-faults.ts'
import { tellEvent } from './event-text.ts'
import type { RunHooks } from './run-hooks.ts'

/** The call of a run without strict views. */
const UNWATCHED: Call = { subject: 'A closure', open: true }

/** Runs of a closure that are all made again strictly. */
const STRICT = 5

export class StrictRuns {
  readonly calls = new Calls()
  /** Whether runs are made with the second set of views instead of strict ones. */
  isPlain = false
  readonly #model: Model
  readonly #tests: ReturnType<typeof testsOf>
  readonly #listeners: ReturnType<typeof listenersOf>
  /** The one emit object of second runs, and for which call it tells listeners now. */
  readonly #emitted: object
  #telling: Call | 'shared' = 'shared'
  readonly #memories: (object | undefined)[]
  /** Runs of guards and effects by action and of tests that were made again, and the next that is made so strictly. */
  readonly #runs: Int32Array
  readonly #strictAt: Int32Array
  #hooks!: RunHooks

  constructor(model: Model) {
    this.#model = model
    this.#tests = testsOf(model)
    this.#listeners = listenersOf(model)
    this.#memories = this.#listeners.map(() => undefined)
    this.#emitted = this.#makeEmit()
    const closures = 2 * model.actions.length + this.#tests.length
    this.#runs = new Int32Array(closures)
    this.#strictAt = new Int32Array(closures).fill(1)
  }

  attach(hooks: RunHooks): void {
    this.#hooks = hooks
  }

  /** Whether this run of closure `c` is to be made with strict views: the first ones, and later ones further and further apart. */
  isDue(c: number | undefined): boolean {
    if (c === undefined) return true
    const run = ++this.#runs[c]!
    if (run < this.#strictAt[c]!) return false
    this.#strictAt[c] = run < STRICT ? run + 1 : 2 * run
    return true
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
        strictly(`The effect of ${action.name}`, (d) => action.effect(d, choice, this.emit('shared')))
      }
      return undefined
    } catch (cause) {
      return cause instanceof ViewFault ? cause : undefined
    } finally {
      this.#hooks.setWriting(false)
    }
  }

  /** A closure with strict views: what it answers, whether it asked for what it may not. */
  #strictly<T>(subject: string, first: string, body: (call: Call) => T): T {
    let found: { readonly result: T; readonly asked: Asked | undefined }
    try {
      if (this.isPlain) return body(UNWATCHED)
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

  /** Runs a guard; `first`: what its first run answered. */
  guard(action: Action, choice: object, first: string): boolean {
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

  /** Runs a test; `first`: what its first run answered. */
  test(k: number, first: boolean | undefined): boolean {
    const { subject, test } = this.#tests[k]!
    return this.#strictly(subject, first === undefined ? 'an answer' : String(first), (call) =>
      answerOf(subject, test(this.#view(call))),
    )
  }

  /** Runs an effect and leaves what it wrote in the slots; the answer is what it told. */
  effect(action: Action, choice: object): readonly unknown[] {
    const subject = `The effect of ${action.name}`
    const { said } = this.#hooks
    said.length = 0
    this.#hooks.setWriting(true)
    try {
      this.#strictly(subject, 'a state', (call) =>
        notAStep(action, action.effect(this.#view(call), Object.freeze({ ...choice }), this.emit(call))),
      )
    } finally {
      this.#hooks.setWriting(false)
    }
    return said
  }

  /** Asks the properties of steps of the step to the state in the slots; `first`: what each of their tests has said of it. */
  steps(action: Action, choice: object, first: readonly boolean[]): void {
    const { before, roots } = this.#hooks
    if (before === undefined) return
    const { state, properties } = this.#model
    const tests = properties.flatMap((p) =>
      p.kind === 'step' ? [p.holds, ...(p.situation ? [p.situation] : [])].map((test) => ({ p, test })) : [],
    )
    tests.forEach(({ p, test }, n) => {
      const subject = `The property ${p.name}`
      const answer = this.#strictly(subject, String(first[n]), () =>
        this.calls.run(subject, (call) => {
          const view = (of: object) => strictView(state, of, '', call, this.calls) as object
          const was = view(before)
          const taken = takenOf({ action, choice: Object.freeze({ ...choice }) }, was)
          return answerOf(subject, test(was, view(roots[0]!), taken))
        }),
      )
      if (answer !== first[n]) throw unsteadyClosure(subject, String(first[n]), String(answer), 'variable')
    })
  }

  #view(call: Call): object {
    if (this.isPlain) return this.#hooks.others[0]!
    return strictView(this.#model.state, this.#hooks.roots[0], '', call, this.calls) as object
  }

  /** An emit object that hands events to the listeners, with strict views of their memories or the views that they always get. */
  emit(call: Call | 'shared'): object {
    this.#telling = call
    this.#memories.fill(undefined)
    return this.#emitted
  }

  /** The memory of a listener, for the call of the effect that is run. */
  #memory(n: number): object {
    const { roots } = this.#hooks
    const call = this.#telling
    if (call === 'shared') return roots[n + 1]!
    if (this.isPlain) return this.#hooks.others[n + 1]!
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

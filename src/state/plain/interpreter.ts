/**
 * The plain interpreter: the definition of what a model means. States are frozen plain objects, a step runs the
 * effect on an immer draft, and every result is checked against the schema. Slow on purpose: it replays, explains
 * and serves as the oracle of the packed interpreter.
 */
import { current, enableMapSet, freeze, isDraft, produce } from 'immer'
import { ModelFault } from '../../modelling/fault.ts'
import type { Model } from '../../modelling/model.ts'
import type { Judge, Listener, Meter, Predicate, StepTest } from '../../modelling/property.ts'
import type { RecordOf, Schema } from '../../modelling/schema.ts'
import { misfit, outside } from '../conforms.ts'
import { show } from '../print.ts'
import { answerOf, asFault, finite, notAStep, wroteInTest } from '../running-faults.ts'
import { type Call, Calls } from '../strict-calls.ts'
import { shownBy, strictView } from '../strict-views.ts'
import { type Instance, instancesOf, takenOf } from './instances.ts'
import {
  firstChange,
  listenersOf,
  memorySchema,
  type PlainState,
  type WireEvent,
  wholeSchema,
  zeroOf,
} from './plain-state.ts'

enableMapSet()

/** What one step did. */
export interface PlainStep {
  readonly state: PlainState
  readonly events: readonly WireEvent[]
  /** Names of the monitors that a step violated, and of those whose situation arose. */
  readonly violated: ReadonlySet<string>
  readonly arose: ReadonlySet<string>
  /** The largest reading of each measure that gave one, by name. */
  readonly readings: ReadonlyMap<string, number>
}

/** Looks on while a step is taken; see `recording.ts`. */
export interface Recorder {
  /** What the effect is given for the draft of the model. */
  model(draft: object): object
  /** Lets a listener hear an event: `tell` is called once, with its memory, or what stands for that, and its judge. */
  hear(listener: Listener, memory: object, judge: Judge & Meter, tell: Tell): void
  /** Runs something that is no part of what is looked at. */
  aside<T>(run: () => T): T
  /** All have heard an event of a kind. */
  heard(kind: string): void
}

type Tell = (memory: object, judge: Judge & Meter) => void

/** Runs one model on plain states. */
export interface PlainInterpreter {
  readonly schema: RecordOf
  readonly zero: PlainState
  readonly initial: readonly Instance[]
  readonly instances: readonly Instance[]
  /** Whether the guard of an instance is true. */
  enabled(state: PlainState, instance: Instance): boolean
  /** The step of an enabled instance. Throws `ModelFault`. */
  step(state: PlainState, instance: Instance, recorder?: Recorder): PlainStep
  /** What a test of the model says about a state; `subject` names it. Throws `ModelFault` when it fails or writes. */
  ask(state: PlainState, subject: string, test: Predicate): boolean
  /** The canonical text of a state. */
  text(state: PlainState): string
}

/** Builds the plain interpreter. */
export const plainInterpreter = (model: Model): PlainInterpreter => {
  const schema = wholeSchema(model)
  const memory = memorySchema(model)
  const listeners = listenersOf(model)
  const ofSteps = model.properties.filter((p) => p.kind === 'step')
  const taken = new Set(model.actions)
  const inside = (instance: Instance) => ({ model: model.name, step: instance.text })
  const calls = new Calls()
  const view = (schema: Schema, value: unknown, path: string, call: Call): object =>
    strictView(schema, value, path, call, calls) as object

  const guard = (state: PlainState, instance: Instance): boolean => {
    const { action, choice } = instance
    // Closures are called by themselves everywhere, so that none sees the object that it stands in.
    const { guard } = action
    if (!guard) return true
    const subject = `The guard of ${action.name}`
    const test = (s: object) => guard(s, choice)
    try {
      return calls.run(subject, (call) => answerOf(subject, test(view(model.state, state.model, '', call))))
    } catch (cause) {
      throw testFault(model, `The guard of ${action.name}`, 'guards', state, test, cause).with(
        inside(instance),
      )
    }
  }

  const effect = (state: PlainState, instance: Instance, recorder?: Recorder): PlainStep => {
    const events: WireEvent[] = []
    const violated = new Set<string>()
    const arose = new Set<string>()
    const readings = new Map<string, number>()
    const next = produce(state, (draft) => {
      const emit: Record<string, (event: object) => void> = {}
      for (const kind of model.events?.kinds ?? [])
        emit[kind] = (event) => {
          const kept = () => snapshot(event)
          events.push({ kind, event: recorder ? recorder.aside(kept) : kept() })
          for (const listener of listeners) {
            const { name, on, memory: own } = listener
            const judge: Judge & Meter = {
              violated: () => void violated.add(name),
              arose: () => void arose.add(name),
              reads: (value) =>
                void readings.set(name, Math.max(finite(name, kind, value), readings.get(name) ?? -Infinity)),
            }
            const handler = on[kind]
            const tell: Tell = (memory, said) => {
              if (!handler) return
              const told: unknown = calls.run(`The handler of ${name}`, (call) =>
                handler(view(own, memory, name, call), event, said),
              )
              notAStep({ name: `${name}, at ${kind}` }, told, 'handler')
            }
            if (recorder) recorder.hear(listener, draft.memory[name]!, judge, tell)
            else tell(draft.memory[name]!, judge)
          }
          recorder?.heard(kind)
        }
      try {
        const { action, choice } = instance
        const { effect } = action
        const seen = recorder ? recorder.model(draft.model) : draft.model
        const told: unknown = calls.run(`The effect of ${action.name}`, (call) =>
          effect(view(model.state, seen, '', call), choice, emit),
        )
        notAStep(action, told)
      } catch (cause) {
        throw asFault(cause).with(inside(instance))
      }
    })
    const wrong =
      misfit(model.state, next.model, '', state.model) ?? misfit(memory, next.memory, '', state.memory)
    if (wrong) throw outside(wrong.path, wrong.value, wrong.schema).with(inside(instance))
    for (const p of ofSteps) {
      if (!taken.has(instance.action)) break
      const judged = (test: StepTest): boolean => {
        const subject = `The property ${p.name}`
        try {
          return calls.run(subject, (call) =>
            answerOf(
              subject,
              test(
                view(model.state, state.model, '', call),
                view(model.state, next.model, '', call),
                takenOf(instance, view(model.state, state.model, '', call)),
              ),
            ),
          )
        } catch (cause) {
          throw asFault(cause, subject).with(inside(instance))
        }
      }
      if (!judged(p.holds)) violated.add(p.name)
      if (!p.situation || judged(p.situation)) arose.add(p.name)
    }
    return { state: next, events, violated, arose, readings }
  }

  const ask = (state: PlainState, subject: string, test: Predicate): boolean => {
    try {
      return calls.run(subject, (call) => answerOf(subject, test(view(model.state, state.model, '', call))))
    } catch (cause) {
      throw testFault(model, subject, 'properties', state, test, cause)
    }
  }

  return {
    schema,
    zero: freeze({ model: zeroOf(model.state), memory: zeroOf(memory) } as PlainState, true),
    initial: instancesOf(model.initial),
    instances: instancesOf(model.actions),
    enabled: guard,
    step: effect,
    ask,
    text: (state) => show(schema, state),
  }
}

/** An event by value: a message that an effect looked at is a draft, which does not outlive the effect. */
const snapshot = (event: object): object =>
  Object.freeze(
    Object.fromEntries(
      Object.entries(event).map(([name, value]) => [name, contentOf(shownBy(value) ?? value)]),
    ),
  )

const contentOf = (value: unknown): unknown =>
  isDraft(value) ? current(value) : isRecord(value) ? snapshot(value) : value

const isRecord = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

/**
 * Finds out why a guard or property threw on a frozen state. When it runs through on a draft, it wrote: that is
 * all the difference there is.
 */
const testFault = (
  model: Model,
  subject: string,
  kind: 'guards' | 'properties',
  state: PlainState,
  test: Predicate,
  cause: unknown,
): ModelFault => {
  if (cause instanceof ModelFault) return cause
  let after: PlainState
  try {
    after = produce(state, (draft) => void test(draft.model))
  } catch {
    return asFault(cause, kind === 'properties' ? subject : undefined)
  }
  return wroteInTest(subject, kind, firstChange(model, state, after))
}

/**
 * The plain interpreter: the definition of what a model means. States are frozen plain objects, a step runs the
 * effect on an immer draft, and every result is checked against the schema. Slow on purpose: it replays, explains
 * and serves as the oracle of the packed interpreter.
 */
import { current, enableMapSet, freeze, isDraft, produce } from 'immer'
import { type Action, choicesOf } from '../modelling/action.ts'
import { ModelFault } from '../modelling/fault.ts'
import type { Model } from '../modelling/model.ts'
import { printable } from '../modelling/printable.ts'
import {
  isListener,
  type Judge,
  type Listener,
  type Meter,
  type Predicate,
  type StepTest,
  type Taken,
} from '../modelling/property.ts'
import { elementOf, type RecordOf, record, type Schema } from '../modelling/schema.ts'
import { testsOf } from '../modelling/tests.ts'
import { scalarValues } from '../modelling/values.ts'
import { plainBag, plainQueue, plainSet } from './channels.ts'
import { misfit, outside } from './conforms.ts'
import { type Change, changesBetween, show, showChoice, showDrawn, showStep } from './print.ts'
import {
  answerOf,
  asFault,
  finite,
  notAStep,
  textFrom,
  unsteadyClosure,
  unsteadyEffect,
  wroteInTest,
} from './running-faults.ts'
import { type Call, Calls, shownBy, strictView } from './strict-views.ts'

enableMapSet()

/** A whole state: what the model declares, and the memory of its listeners, which no guard can read. */
export interface PlainState {
  readonly model: object
  readonly memory: { readonly [listener: string]: object }
}

/** An event that an effect emitted. */
export interface WireEvent {
  readonly kind: string
  readonly event: object
}

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

/** An action with one choice; instances are numbered from 0 in declaration order, last parameter fastest. */
export interface Instance {
  readonly action: Action
  readonly choice: object
  readonly text: string
  /** What is chosen, with what is drawn from the state in which it is; see `shownIn`. Absent: the choice itself. */
  readonly chosen?: object
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

/** What a reader is told of a choice: a parameter that can have one value only says nothing, unless it depends on the state. */
const told = ({ choose, drawn }: Action, choice: object): readonly (readonly [string, unknown])[] =>
  Object.entries(choice).filter(
    ([parameter]) => choose[parameter]!.length > 1 || drawn?.schemas[parameter] !== undefined,
  )

/** The text of an instance in no particular state: of what is drawn from a channel the place is known only. */
const textOf = (action: Action, choice: object): string =>
  showStep(
    action.name,
    told(action, choice).map(([parameter, value]) => {
      const schema = action.drawn?.schemas[parameter]
      if (schema === undefined || schema.kind === 'set')
        return [parameter, shownValue(action, parameter, value)]
      return [parameter, `place ${String(value)}`]
    }),
  )

const shownValue = ({ name, shows, drawn }: Action, parameter: string, value: unknown): string => {
  const show = shows?.[parameter]
  if (show) {
    const subject = `What action '${name}' shows of ${parameter}`
    try {
      return printable(textFrom(subject, show(value as never)))
    } catch (cause) {
      throw asFault(cause, subject)
    }
  }
  const schema = drawn?.schemas[parameter]
  return schema ? showDrawn(elementOf(schema), value) : showChoice(value)
}

/** An instance as it is shown where it is taken: what is drawn from the state by its content. */
export const shownIn = (instance: Instance, { model }: Pick<PlainState, 'model'>): Instance => {
  const { action, choice } = instance
  if (!action.drawn) return instance
  const chosen = action.drawn.chosenIn(model, choice)
  const text = showStep(
    action.name,
    told(action, chosen).map(([parameter, value]) => [parameter, shownValue(action, parameter, value)]),
  )
  return { ...instance, chosen, text }
}

/** An instance as a test of its step is told, from the state before it. */
export const takenOf = ({ action, choice }: Pick<Instance, 'action' | 'choice'>, before: object): Taken => ({
  name: action.name,
  choice: (action.drawn ? action.drawn.chosenIn(before, choice) : choice) as Taken['choice'],
})

/** Every instance of `actions`, in the order in which they are numbered. */
export const instancesOf = (actions: readonly Action[]): readonly Instance[] =>
  actions.flatMap((action) =>
    choicesOf(action).map((choice) => ({
      action,
      choice,
      text: textOf(action, choice),
    })),
  )

/** The zero state of a schema at the variable `path`. */
export const zeroOf = (schema: Schema, path = ''): unknown => {
  const below = (name: string, field: Schema) => [name, zeroOf(field, path === '' ? name : `${path}.${name}`)]
  switch (schema.kind) {
    case 'record':
      return Object.fromEntries(Object.entries(schema.fields).map(([name, field]) => below(name, field)))
    case 'each':
      return Object.fromEntries(schema.identities.map((name) => below(name, schema.element)))
    case 'set':
      return plainSet(schema)
    case 'queue':
      return plainQueue(schema, path)
    case 'bag':
      return plainBag(schema, path)
    case 'range':
      return schema.min
    default:
      return scalarValues(schema)[0]
  }
}

/** The schema of a whole state: `model` and `memory`. */
export const wholeSchema = (model: Model): RecordOf =>
  record({ model: model.state, memory: memorySchema(model) })

const memorySchema = (model: Model): RecordOf =>
  record(Object.fromEntries(listenersOf(model).map(({ name, memory }) => [name, memory])))

/** The first variable in which two states of a model differ. */
export const firstChange = (model: Model, before: PlainState, after: PlainState): Change | undefined =>
  changesBetween(model.state, before.model, after.model)[0] ??
  changesBetween(memorySchema(model), before.memory, after.memory)[0]

/** The properties of a model that listen to wire events. */
export const listenersOf = (model: Model): readonly Listener[] => model.properties.filter(isListener)

/** A state made elsewhere as one that a guard cannot write to. */
export const frozenState = (state: PlainState): PlainState => freeze(state, true)

/** States that are kept to be shown between two runs, and every how many runs one is kept. */
const KEPT = 16
/** So many runs, and then one in so many, are made a third time, after others. */
const EARLY = 256
const LATER = 8

/**
 * Builds the plain interpreter. With `twice`, every guard, effect and test is run twice, with others on another state in
 * between, and must agree with itself.
 */
export const plainInterpreter = (model: Model, { twice = false } = {}): PlainInterpreter => {
  const schema = wholeSchema(model)
  const memory = memorySchema(model)
  const listeners = listenersOf(model)
  const ofSteps = model.properties.filter((p) => p.kind === 'step')
  const taken = new Set(model.actions)
  const inside = (instance: Instance) => ({ model: model.name, step: instance.text })
  const calls = new Calls()
  const view = (schema: Schema, value: unknown, path: string, call: Call): object =>
    strictView(schema, value, path, call, calls) as object
  const kept: PlainState[] = []
  let turn = 0
  let runs = 0
  /** With closures made anew where the model can; those of guards and tests, which only ask, apart from those of effects. */
  const anew = <T>(run: () => T, closure: 0 | 1): T => (model.afresh ? model.afresh(run, closure) : run())
  const isDue = (): boolean => {
    runs += 1
    return runs <= EARLY || runs % LATER === 0
  }
  /** What may stand in variables of the model is now about another state. */
  const disturb = (now: PlainState): void => {
    turn += 1
    if (turn % (1 + Math.floor(turn / KEPT)) === 0) kept[turn % KEPT] = now
    const other = kept[(turn * 7) % kept.length] ?? now
    // Often at first, then now and then: this is slow.
    for (let n = 0; n < 2; n++) {
      const instance = interpreter.instances[(turn * 2 + n) % interpreter.instances.length]!
      const { test, subject } = tests[(turn + n) % tests.length] ?? {}
      try {
        if (guard(other, instance)) effect(other, instance)
        if (test) ask(other, subject!, test)
      } catch {
        // It is thrown again when it is the turn of that state.
      }
    }
  }

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
  const tests = testsOf(model)

  const interpreter: PlainInterpreter = {
    schema,
    zero: freeze({ model: zeroOf(model.state), memory: zeroOf(memory) } as PlainState, true),
    initial: instancesOf(model.initial),
    instances: instancesOf(model.actions),
    enabled(state, instance) {
      const enabled = guard(state, instance)
      if (!twice || !instance.action.guard) return enabled
      const again = { ...instance, choice: Object.freeze({ ...instance.choice }) }
      const isSteady = guard(state, again) === enabled
      const afterOthers = (): boolean => {
        disturb(state)
        return anew(() => guard(state, again), 0)
      }
      if (!isSteady || (isDue() && afterOthers() !== enabled))
        throw unsteadyClosure(
          `The guard of ${instance.action.name}`,
          String(enabled),
          String(!enabled),
          'variable',
        ).with(inside(instance))
      return enabled
    },
    step(state, instance, recorder) {
      const step = effect(state, instance, recorder)
      if (!twice) return step
      let again: PlainStep
      try {
        again = effect(state, { ...instance, choice: Object.freeze({ ...instance.choice }) })
        if (isDue() && !firstChange(model, step.state, again.state)) {
          disturb(state)
          again = anew(() => effect(state, instance), 1)
        }
      } catch (cause) {
        const text = cause instanceof Error ? cause.message.split('\n')[0]! : String(cause)
        throw unsteadyClosure(
          `The effect of ${instance.action.name}`,
          'a state',
          `a failure (${text.replace(/\.$/, '')})`,
          'variable',
        ).with(inside(instance))
      }
      const change = firstChange(model, step.state, again.state)
      if (change) throw unsteadyEffect(instance.action, change).with(inside(instance))
      const [one, two] = [toldText(step), toldText(again)]
      if (one !== two)
        throw unsteadyClosure(`The effect of ${instance.action.name}`, one, two, 'variable').with(
          inside(instance),
        )
      return step
    },
    ask(state, subject, test) {
      const answer = ask(state, subject, test)
      if (!twice) return answer
      let again = ask(state, subject, test)
      if (again === answer && isDue()) {
        disturb(state)
        again = anew(() => ask(state, subject, test), 0)
      }
      if (again !== answer) throw unsteadyClosure(subject, String(answer), String(again), 'variable')
      return answer
    },
    text: (state) => show(schema, state),
  }
  return interpreter
}

/** What a step told beside the state that it led to, as text. */
const toldText = ({ events, violated, arose, readings }: PlainStep): string =>
  `the events ${JSON.stringify([events, [...violated], [...arose], [...readings]], (_, value: unknown) =>
    value instanceof Set ? [...value] : value,
  )}`

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

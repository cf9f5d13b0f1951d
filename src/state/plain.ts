/**
 * The plain interpreter: the definition of what a model means. States are frozen plain objects, a step runs the
 * effect on an immer draft, and every result is checked against the schema. Slow on purpose: it replays, explains
 * and serves as the oracle of the packed interpreter.
 */
import { enableMapSet, enablePatches, freeze, produce, produceWithPatches } from 'immer'
import { type Action, choicesOf } from '../modelling/action.ts'
import { ModelFault, quote } from '../modelling/fault.ts'
import type { Model } from '../modelling/model.ts'
import type { Judge, Monitor } from '../modelling/property.ts'
import { type RecordOf, record, type Schema } from '../modelling/schema.ts'
import { scalarValues } from '../modelling/values.ts'
import { plainBag, plainQueue } from './channels.ts'
import { misfit, misfitText } from './conforms.ts'
import { show, showStep } from './print.ts'

enableMapSet()
enablePatches()

/** A whole state: what the model declares, and the memory of its monitors, which no guard can read. */
export interface PlainState {
  readonly model: object
  readonly memory: { readonly [monitor: string]: object }
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
}

/** An action with one choice; instances are numbered from 0 in declaration order, last parameter fastest. */
export interface Instance {
  readonly action: Action
  readonly choice: object
  readonly text: string
}

/** Runs one model on plain states. */
export interface PlainInterpreter {
  readonly schema: RecordOf
  readonly zero: PlainState
  readonly initial: readonly Instance[]
  readonly instances: readonly Instance[]
  /** Whether the guard of an instance is true. */
  enabled(state: PlainState, instance: Instance): boolean
  /** The step of an enabled instance. Throws `ModelFault`. */
  step(state: PlainState, instance: Instance): PlainStep
  /** The canonical text of a state. */
  text(state: PlainState): string
}

/** Every instance of `actions`, in the order in which they are numbered. */
export const instancesOf = (actions: readonly Action[]): readonly Instance[] =>
  actions.flatMap((action) =>
    choicesOf(action).map((choice) => ({ action, choice, text: showStep(action.name, choice) })),
  )

/** The zero state of a schema. */
export const zeroOf = (schema: Schema): unknown => {
  switch (schema.kind) {
    case 'record':
      return Object.fromEntries(Object.entries(schema.fields).map(([name, field]) => [name, zeroOf(field)]))
    case 'each':
      return Object.fromEntries(schema.identities.map((name) => [name, zeroOf(schema.element)]))
    case 'set':
      return new Set()
    case 'queue':
      return plainQueue(schema)
    case 'bag':
      return plainBag(schema)
    default:
      return scalarValues(schema)[0]
  }
}

/** The schema of a whole state: `model` and `memory`. */
export const wholeSchema = (model: Model): RecordOf =>
  record({
    model: model.state,
    memory: record(Object.fromEntries(monitorsOf(model).map((monitor) => [monitor.name, monitor.memory]))),
  })

/** The monitors among the properties of a model. */
export const monitorsOf = (model: Model): readonly Monitor[] =>
  model.properties.filter((p) => p.kind === 'monitor')

/** Builds the plain interpreter. With `twice`, every guard and effect is run twice and must agree with itself. */
export const plainInterpreter = (model: Model, { twice = false } = {}): PlainInterpreter => {
  const schema = wholeSchema(model)
  const monitors = monitorsOf(model)
  const inside = (instance: Instance) => ({ model: model.name, step: instance.text })

  const guard = (state: PlainState, instance: Instance): boolean => {
    const { action, choice } = instance
    if (!action.guard) return true
    try {
      return action.guard(state.model, choice)
    } catch (cause) {
      throw guardFault(state, instance, cause).with(inside(instance))
    }
  }

  const effect = (state: PlainState, instance: Instance): PlainStep => {
    const events: WireEvent[] = []
    const violated = new Set<string>()
    const arose = new Set<string>()
    const next = produce(state, (draft) => {
      const emit: Record<string, (event: object) => void> = {}
      for (const kind of model.events?.kinds ?? [])
        emit[kind] = (event) => {
          events.push({ kind, event: Object.freeze({ ...event }) })
          for (const monitor of monitors) {
            const judge: Judge = {
              violated: () => void violated.add(monitor.name),
              arose: () => void arose.add(monitor.name),
            }
            monitor.on[kind]?.(draft.memory[monitor.name]!, event, judge)
          }
        }
      try {
        instance.action.effect(draft.model, instance.choice, emit)
      } catch (cause) {
        throw asFault(cause).with(inside(instance))
      }
    })
    const wrong = misfit(model.state, next.model, '') ?? misfit(schema.fields.memory!, next.memory, '')
    if (wrong) throw new ModelFault({ problem: misfitText(wrong), variable: wrong.path, ...inside(instance) })
    return { state: next, events, violated, arose }
  }

  const interpreter: PlainInterpreter = {
    schema,
    zero: freeze(zeroOf(schema) as PlainState, true),
    initial: instancesOf(model.initial),
    instances: instancesOf(model.actions),
    enabled(state, instance) {
      const enabled = guard(state, instance)
      if (twice && guard(state, instance) !== enabled)
        throw unsteady('guard', instance, '').with(inside(instance))
      return enabled
    },
    step(state, instance) {
      const step = effect(state, instance)
      if (twice) {
        const again = effect(state, instance)
        if (interpreter.text(again.state) !== interpreter.text(step.state))
          throw unsteady('effect', instance, ' for the next state').with(inside(instance))
      }
      return step
    },
    text: (state) => show(schema, state),
  }
  return interpreter
}

/** The fault of an action that answers differently when asked twice. */
export const unsteady = (
  part: 'guard' | 'effect',
  { action }: Pick<Instance, 'action'>,
  what: string,
): ModelFault =>
  new ModelFault({
    problem: `The ${part} of ${action.name} is not a function of the state: run twice on one state it gave two answers${what}.`,
    hint: 'put the nondeterminism into choose',
  })

/** An error thrown by the model's own code, as a fault. */
export const asFault = (cause: unknown): ModelFault =>
  cause instanceof ModelFault
    ? cause
    : new ModelFault({
        problem: `The model's own code failed: ${cause instanceof Error ? cause.message : quote(cause)}.`,
      })

/** Finds out what a guard wrote: states are frozen, so it threw; run again on a draft, it shows its hand. */
const guardFault = (state: PlainState, { action, choice }: Instance, cause: unknown): ModelFault => {
  if (!(cause instanceof TypeError)) return asFault(cause)
  try {
    const [, [write]] = produceWithPatches(state, (draft) => void action.guard?.(draft.model, choice))
    if (write) return wroteInGuard(action.name, write.path.slice(1).join('.'), write.value)
  } catch {
    // The guard fails on a draft as well: then it is its own error that counts.
  }
  return asFault(cause)
}

/** The fault of a guard that writes. */
export const wroteInGuard = (action: string, variable: string, value: unknown): ModelFault =>
  new ModelFault({
    problem: `The guard of ${action} wrote ${variable} = ${quote(value)}; guards only read.`,
    variable,
    hint: 'move the write into the effect',
  })

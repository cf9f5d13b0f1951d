/** Faults of a model that only running it shows, with the sentence for each; both interpreters raise these. */
import type { Action } from '../modelling/action.ts'
import { ModelFault, quote } from '../modelling/fault.ts'
import type { Change } from './print.ts'

/** The fault of an action that answers differently when asked twice. */
export const unsteady = (
  part: 'guard' | 'effect',
  { name }: Action,
  first: string,
  second: string,
): ModelFault =>
  new ModelFault({
    problem: `The ${part} of ${name} is not a function of the state: run twice on one state it gave ${first} and ${second}.`,
    hint: 'put the nondeterminism into choose',
  })

/** The fault of an effect that led to two states, with the first variable in which they differ. */
export const unsteadyEffect = (action: Action, { path, before, after }: Change): ModelFault =>
  unsteady('effect', action, `${path} = ${before}`, `${path} = ${after}`).with({ variable: path })

/** An error thrown by the model's own code, as a fault. */
export const asFault = (cause: unknown, subject = "The model's own code"): ModelFault => {
  if (cause instanceof ModelFault) return cause
  const text = cause instanceof Error ? cause.message : quote(cause)
  return new ModelFault({ problem: `${subject} failed: ${text.replace(/\.$/, '')}.` })
}

/** The answer of a guard or property, which is true or false and nothing that only counts as such. */
export const yesOrNo = (subject: string, answer: unknown): boolean => {
  if (typeof answer === 'boolean') return answer
  throw new ModelFault({ problem: `${subject} returned ${quote(answer)}; expected true or false.` })
}

/** A reading of a measure, which is a finite number. */
export const finite = (measure: string, event: string, reading: unknown): number => {
  if (Number.isFinite(reading)) return reading as number
  throw new ModelFault({
    problem: `The measure ${measure} reads ${quote(reading)} at an event ${event}; expected a finite number.`,
  })
}

/** The fault of an effect that goes on after its step. */
export const lateEffect = ({ name }: Action): ModelFault =>
  new ModelFault({
    problem: `The effect of ${name} is asynchronous; a step is over when its effect returns.`,
  })

/** The fault of a guard or a property that writes. */
export const wroteInTest = (
  subject: string,
  kind: 'guards' | 'properties',
  change: Change | undefined,
): ModelFault =>
  new ModelFault({
    problem: change
      ? `${subject} changed ${change.path} from ${change.before} to ${change.after}; ${kind} only read.`
      : `${subject} wrote and left every value as it was; ${kind} only read.`,
    ...(change && { variable: change.path }),
    hint: 'move the write into an effect',
  })

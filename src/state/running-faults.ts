/** Faults of a model that only running it shows, with the sentence for each; both interpreters raise these. */
import type { Action } from '../modelling/action.ts'
import { ModelFault, quote, thrownText } from '../modelling/fault.ts'
import { hasMethod, isThenable } from '../modelling/thenable.ts'
import type { Change } from './print.ts'

/** The fault of an effect that led to two states, with the first variable in which they differ. */
export const unsteadyEffect = (
  { name }: Action,
  { path, before, after }: Change,
  cause: Cause = 'variable',
): ModelFault =>
  unsteadyClosure(`The effect of ${name}`, `${path} = ${before}`, `${path} = ${after}`, cause).with({
    variable: path,
  })

/** An error thrown by the model's own code, as a fault. */
export const asFault = (cause: unknown, subject = "The model's own code"): ModelFault => {
  if (cause instanceof ModelFault) return cause
  return new ModelFault({ problem: `${subject} failed: ${thrownText(cause)}.` })
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

/** Why two runs of a closure differ, as far as that can be told. */
export type Cause = 'view' | 'cache' | 'variable' | 'call' | 'instance'

const HINTS: Readonly<Record<Cause, string>> = {
  view: 'it seems to keep what it found under the state object (a memoised selector, a WeakMap); that object can show many states, so compute it anew',
  cache:
    'it seems to keep what it found, under a part of the state or under the state object (a cache, a memoised selector); compute it anew',
  variable:
    'it seems to use a variable outside of the state that other calls change, such as one in which a guard leaves what the effect uses; put it into the state, or find it again',
  instance:
    'made anew, without what ran before, it says something else: it seems to use a variable in which another call, or another hook, left something; put that into the state',
  call: 'it seems to count its calls, or to use the time or chance; put the nondeterminism into choose',
}

/** The fault of a closure that says one thing in one run and another in the next. */
export const unsteadyClosure = (subject: string, first: string, second: string, cause: Cause): ModelFault =>
  new ModelFault({
    problem: `${subject} is not a function of the state: run twice on one state it gave ${first} and ${second}.`,
    hint: HINTS[cause],
  })

/** The fault of a closure whose answer was remembered, and that reads other variables than it did on states like this. */
export const unsteadyReading = (subject: string): ModelFault =>
  new ModelFault({
    problem: `${subject} is not a function of the state: on states that agree in all that it read before it now reads something else.`,
    hint: HINTS.cache,
  })

/** The fault of a closure that asks for what is no part of the state. */
export const asksOutside = (
  subject: string,
  { what, cause }: { readonly what: string; readonly cause: 'time' | 'chance' | 'later' },
): ModelFault =>
  new ModelFault({
    problem:
      cause === 'later'
        ? `${subject} calls ${what}; it is asynchronous, and a step is over when its effect returns.`
        : `${subject} asks for ${cause === 'time' ? 'the time' : 'chance'} (${what}); what it says must be a function of the state.`,
    hint: cause === 'later' ? 'do what is to be done at once' : 'put the nondeterminism into choose',
  })

/** The answer of a guard or property at one of its runs. */
export const answerOf = (subject: string, answer: unknown): boolean => {
  if (typeof answer === 'boolean') return answer
  if (isThenable(answer)) throw lateFault(subject)
  return yesOrNo(subject, answer)
}

/** What a closure returned that makes a text. */
export const textFrom = (subject: string, answer: unknown): string => {
  if (['string', 'number', 'boolean'].includes(typeof answer)) return String(answer)
  if (isThenable(answer)) throw lateFault(subject)
  throw new ModelFault({ problem: `${subject} is ${quote(answer)}; expected a text.` })
}

/** What an effect or a handler returned, which must be no promise and no generator. */
export const notAStep = (
  { name }: { readonly name: string },
  result: unknown,
  part: 'effect' | 'handler' = 'effect',
): void => {
  if (isThenable(result)) throw lateFault(`The ${part} of ${name}`)
  if (hasMethod(result, 'next'))
    throw new ModelFault({
      problem: `The ${part} of ${name} is a generator, which runs only where somebody asks for its values.`,
      hint: 'write function instead of function*',
    })
}

/** The fault of a closure that goes on after it has returned. */
const lateFault = (subject: string): ModelFault =>
  new ModelFault({
    problem: `${subject} is asynchronous; ${subject.startsWith('The effect') ? 'a step is over when its effect returns' : 'its answer is what it returns'}.`,
    hint: 'do not write async or await in a model',
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

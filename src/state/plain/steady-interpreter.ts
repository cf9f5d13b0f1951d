/**
 * The plain interpreter with every guard, effect and test run twice, with others on another state in between: each must
 * agree with itself.
 */
import type { Model } from '../../modelling/model.ts'
import { testsOf } from '../../modelling/tests.ts'
import { unsteadyClosure, unsteadyEffect } from '../running-faults.ts'
import type { Instance } from './instances.ts'
import { type PlainInterpreter, type PlainStep, plainInterpreter } from './interpreter.ts'
import { firstChange, type PlainState } from './plain-state.ts'

/** States that are kept to be shown between two runs, and every how many runs one is kept. */
const KEPT = 16
/** So many runs, and then one in so many, are made a third time, after others. */
const EARLY = 256
const LATER = 8

/** Builds the plain interpreter that runs everything twice. */
export const steadyInterpreter = (model: Model): PlainInterpreter => {
  const once = plainInterpreter(model)
  const tests = testsOf(model)
  const inside = (instance: Instance) => ({ model: model.name, step: instance.text })
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
      const instance = once.instances[(turn * 2 + n) % once.instances.length]!
      const { test, subject } = tests[(turn + n) % tests.length] ?? {}
      try {
        if (once.enabled(other, instance)) once.step(other, instance)
        if (test) once.ask(other, subject!, test)
      } catch {
        // It is thrown again when it is the turn of that state.
      }
    }
  }

  return {
    ...once,
    enabled(state, instance) {
      const enabled = once.enabled(state, instance)
      if (!instance.action.guard) return enabled
      const again = { ...instance, choice: Object.freeze({ ...instance.choice }) }
      const isSteady = once.enabled(state, again) === enabled
      const afterOthers = (): boolean => {
        disturb(state)
        return anew(() => once.enabled(state, again), 0)
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
      const step = once.step(state, instance, recorder)
      let again: PlainStep
      try {
        again = once.step(state, { ...instance, choice: Object.freeze({ ...instance.choice }) })
        if (isDue() && !firstChange(model, step.state, again.state)) {
          disturb(state)
          again = anew(() => once.step(state, instance), 1)
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
      const answer = once.ask(state, subject, test)
      let again = once.ask(state, subject, test)
      if (again === answer && isDue()) {
        disturb(state)
        again = anew(() => once.ask(state, subject, test), 0)
      }
      if (again !== answer) throw unsteadyClosure(subject, String(answer), String(again), 'variable')
      return answer
    },
  }
}

/** What a step told beside the state that it led to, as text. */
const toldText = ({ events, violated, arose, readings }: PlainStep): string =>
  `the events ${JSON.stringify([events, [...violated], [...arose], [...readings]], (_, value: unknown) =>
    value instanceof Set ? [...value] : value,
  )}`

/** Why nothing can happen in a state, or nothing that helps: what each guard read before it said no. */
import { choicesOf } from '../../modelling/action.ts'
import type { Model } from '../../modelling/model.ts'
import { plainInterpreter } from '../../state/plain/interpreter.ts'
import type { PlainState } from '../../state/plain/plain-state.ts'
import { viewOf } from '../../state/plain/reading-views.ts'
import { leavesOf } from '../../state/print.ts'

/** Actions that are named, and variables of each. */
const MOST_ACTIONS = 5
const MOST_VARIABLES = 4
/** States that are looked at after a doomed one. */
const MOST_STATES = 100

/**
 * The guards that forbid each action in a state in which none is enabled, with the values that they read, in that order: what
 * was read last has stopped it. Empty where the model has no guards.
 */
export const forbiddenText = (model: Model, state: object): string => {
  const told = refusals(model, state, () => true)
  return told === '' ? '' : ` Guards forbid ${told}.`
}

/**
 * The same of a state after which something cannot come true any more: the actions that are never possible again, or where
 * there are none or too many states to know, those that are not possible now.
 */
export const doomText = (model: Model, state: PlainState): string => {
  const { ever, now, states, complete } = possibleFrom(model, state)
  const gone = complete && model.actions.some(({ name }) => !ever.has(name))
  const told = refusals(model, state.model, (name) => !(gone ? ever : now).has(name))
  if (told === '') return ''
  if (!gone) return ` Guards forbid ${told}.`
  if (states === 1) return ` Nothing changes any more: guards forbid ${told}.`
  return ` In all ${states} states from here on, guards forbid ${told}.`
}

const refusals = ({ state: schema, actions }: Model, state: object, isAbout: (name: string) => boolean) => {
  const leaves = new Map(leavesOf(schema, state))
  const told = actions.flatMap(({ name, guard, ...action }) => {
    if (!guard || !isAbout(name)) return []
    const reads = new Set<string>()
    for (const choice of choicesOf({ ...action, name }))
      guard(viewOf(schema, state, '', reads) as object, choice)
    // Of channels and sets it is noted what was asked of them.
    const shown = [...new Set([...reads].map((read) => read.replace(/[%#].*$/, '')))]
      .flatMap((path) => (leaves.has(path) ? [`${path} = ${leaves.get(path)}`] : []))
      .slice(-MOST_VARIABLES)
    return shown.length === 0 ? [] : [`${name} by ${shown.join(', ')}`]
  })
  const others = told.length - MOST_ACTIONS
  return `${told.slice(0, MOST_ACTIONS).join('; ')}${others > 0 ? `; and ${others} more` : ''}`
}

/** The actions that are possible in a state and in those that follow it. */
const possibleFrom = (model: Model, first: PlainState) => {
  const run = plainInterpreter(model)
  const ever = new Set<string>()
  const queue = [first]
  const known = new Set([run.text(first)])
  let now: ReadonlySet<string> = ever
  for (let s = 0; s < queue.length && known.size <= MOST_STATES; s++) {
    for (const instance of run.instances) {
      if (!run.enabled(queue[s]!, instance)) continue
      ever.add(instance.action.name)
      const { state } = run.step(queue[s]!, instance)
      const text = run.text(state)
      if (known.has(text)) continue
      known.add(text)
      queue.push(state)
    }
    if (s === 0) now = new Set(ever)
  }
  return { ever, now, states: known.size, complete: known.size <= MOST_STATES }
}

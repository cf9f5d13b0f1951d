/** Why nothing can happen in a state: what each guard read before it said no. */
import { choicesOf } from '../../modelling/action.ts'
import type { Model } from '../../modelling/model.ts'
import { leavesOf } from '../../state/print.ts'
import { viewOf } from '../../state/reading-views.ts'

/** Actions that are named, and variables of each. */
const MOST_ACTIONS = 5
const MOST_VARIABLES = 4

/**
 * The guards that forbid each action in a state in which none is enabled, with the values that they read, in that order: what
 * was read last has stopped it. Empty where the model has no guards.
 */
export const forbiddenText = ({ state: schema, actions }: Model, state: object): string => {
  const leaves = new Map(leavesOf(schema, state))
  const told = actions.flatMap(({ name, guard, ...action }) => {
    if (!guard) return []
    const reads = new Set<string>()
    for (const choice of choicesOf({ ...action, name }))
      guard(viewOf(schema, state, '', reads) as object, choice)
    // Of channels and sets it is noted what was asked of them.
    const shown = [...new Set([...reads].map((read) => read.replace(/[%#].*$/, '')))]
      .flatMap((path) => (leaves.has(path) ? [`${path} = ${leaves.get(path)}`] : []))
      .slice(-MOST_VARIABLES)
    return shown.length === 0 ? [] : [`${name} by ${shown.join(', ')}`]
  })
  if (told.length === 0) return ''
  const others = told.length - MOST_ACTIONS
  return ` Guards forbid ${told.slice(0, MOST_ACTIONS).join('; ')}${others > 0 ? `; and ${others} more` : ''}.`
}

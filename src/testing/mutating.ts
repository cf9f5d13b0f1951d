/** Deliberately broken models: a property that nothing can violate says nothing. */
import type { Action } from '../modelling/action.ts'
import { type Model, model } from '../modelling/model.ts'
import { labelOf } from '../modelling/property.ts'
import { check } from '../search/breadth-first.ts'
import type { Outcome } from '../search/engine/outcome.ts'

/** What replaces parts of an action. */
export type Change = (action: Action) => Partial<Action>

/** The model with one action changed. Throws when it has no such action, for then nothing would be changed. */
export const mutated = (original: Model, name: string, change: Change): Model => {
  if (!original.actions.some((action) => action.name === name))
    throw new Error(`${original.name} has no action ${name}.`)
  return model(`${original.name}, mutated`, {
    ...original,
    actions: original.actions.map((action) =>
      action.name === name ? { ...action, ...change(action) } : action,
    ),
  })
}

const found = new WeakMap<Model, Promise<Outcome>>()

/** Searches a model; the same one only once. */
export const outcomeOf = (checked: Model): Promise<Outcome> => {
  const outcome = found.get(checked) ?? check(checked)
  found.set(checked, outcome)
  return outcome
}

/** The verdict on the property with a label. */
export const verdictOf = async (checked: Model, label: string): Promise<string> => {
  const { judgements } = await outcomeOf(checked)
  const property = checked.properties.find((p) => labelOf(p) === label)
  if (!property) throw new Error(`${checked.name} has no property ${label}.`)
  return judgements.find((judgement) => judgement.property === property.name)!.verdict
}

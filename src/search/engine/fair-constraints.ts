/** What a property calls fair, over the numbers of action instances. */
import { choicesOf } from '../../modelling/action.ts'
import type { Model } from '../../modelling/model.ts'
import type { Fairness, Temporal } from '../../modelling/property.ts'

/** Some of these instances are done again and again, when they are possible for ever (weak) or again and again (strong). */
export interface Constraint {
  readonly strength: Fairness['strength']
  /** In words, such as Receive, or Enter(by: A). */
  readonly text: string
  /** By number of instance. */
  readonly counts: readonly boolean[]
}

/** The constraints of a property on the runs of a model. */
export const constraintsOf = (model: Model, { fair = [] }: Pick<Temporal, 'fair'>): readonly Constraint[] => {
  const listed: readonly Fairness[] =
    typeof fair === 'string' ? model.actions.map(({ name }) => ({ strength: fair, actions: [name] })) : fair
  const instances = model.actions.flatMap((action) => choicesOf(action).map((choice) => ({ action, choice })))
  return listed.flatMap(({ strength, actions, each = [] }) => {
    const groups = new Map<string, number[]>()
    instances.forEach(({ action, choice }, i) => {
      if (!actions.includes(action.name)) return
      const values = each.map((name) => [name, (choice as Readonly<Record<string, unknown>>)[name]])
      const key = JSON.stringify(values)
      groups.set(key, [...(groups.get(key) ?? []), i])
    })
    return [...groups].map(([key, members]) => {
      const values = (JSON.parse(key) as [string, unknown][]).map(
        ([name, value]) => `${name}: ${typeof value === 'object' ? JSON.stringify(value) : value}`,
      )
      const counts = instances.map(() => false)
      for (const i of members) counts[i] = true
      return {
        strength,
        text: actions.join(' or ') + (values.length > 0 ? `(${values.join(', ')})` : ''),
        counts,
      }
    })
  })
}

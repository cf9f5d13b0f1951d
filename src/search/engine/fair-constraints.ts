/** What a property calls fair, over the numbers of action instances. */
import { choicesOf } from '../../modelling/action.ts'
import type { Model } from '../../modelling/model.ts'
import type { Fairness, Temporal } from '../../modelling/property.ts'

/** Some of these instances are done again and again, when they are possible for ever (weak) or again and again (strong). */
export interface Constraint {
  readonly strength: Fairness['strength']
  /** By number of instance. */
  readonly counts: readonly boolean[]
}

/** The constraints of a property on the runs of a model. */
export const constraintsOf = (model: Model, { fair = [] }: Pick<Temporal, 'fair'>): readonly Constraint[] => {
  const listed: readonly Fairness[] =
    typeof fair === 'string' ? model.actions.map(({ name }) => ({ strength: fair, actions: [name] })) : fair
  const instances = model.actions.flatMap((action) => choicesOf(action).map((choice) => ({ action, choice })))
  return listed.flatMap(({ strength, actions, each = [] }) => {
    const groups = new Map<string, boolean[]>()
    instances.forEach(({ action, choice }, i) => {
      if (!actions.includes(action.name)) return
      const key = JSON.stringify(each.map((name) => (choice as Readonly<Record<string, unknown>>)[name]))
      const counts = groups.get(key) ?? instances.map(() => false)
      counts[i] = true
      groups.set(key, counts)
    })
    return [...groups.values()].map((counts) => ({ strength, counts }))
  })
}

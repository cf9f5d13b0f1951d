/** Who acts in a step: what its action says, or the first parameter that names an identity of the state. */
import type { Action } from '../modelling/action.ts'
import type { Model } from '../modelling/model.ts'
import type { Schema } from '../modelling/schema.ts'
import { type Instance, instancesOf } from '../state/plain/instances.ts'
import { asFault, textFrom } from '../state/running-faults.ts'

/** Who acts where nobody is named, such as the environment. */
const NOBODY = ''

/** The instances of a model, and the function that names who takes each. */
export const actorsOf = (
  model: Model,
): { readonly instances: readonly Instance[]; actorOf(instance: Instance): string } => {
  const identities = identitiesIn(model.state)
  const parameters = new Map<Action, string | undefined>()
  const parameterOf = (action: Action): string | undefined => {
    if (!parameters.has(action))
      parameters.set(
        action,
        Object.entries(action.choose).find(([, domain]) =>
          domain.every((value) => identities.has(value)),
        )?.[0],
      )
    return parameters.get(action)
  }
  const actorOf = ({ action, choice }: Instance): string => {
    const { by } = action
    if (typeof by === 'function') {
      const subject = `Who acts in action '${action.name}'`
      try {
        return textFrom(subject, by(choice))
      } catch (cause) {
        throw asFault(cause, subject)
      }
    }
    if (by !== undefined) return by
    const parameter = parameterOf(action)
    return parameter === undefined ? NOBODY : String((choice as Record<string, unknown>)[parameter])
  }
  return { instances: instancesOf(model.actions), actorOf }
}

/** How often who acts changes between the steps of a path; the initial one is nobody's. */
export const changesIn = (actors: readonly unknown[]): number =>
  actors.slice(1).filter((actor, i) => actor !== actors[i]).length

/** The identities that have a record each. */
const identitiesIn = (schema: Schema, known = new Set<unknown>()): ReadonlySet<unknown> => {
  if (schema.kind === 'each') for (const identity of schema.identities) known.add(identity)
  if (schema.kind === 'each') identitiesIn(schema.element, known)
  if (schema.kind === 'record') for (const field of Object.values(schema.fields)) identitiesIn(field, known)
  return known
}

/** Whether what a file says of a search can be of a model: its properties, its actions, and paths that replay. */
import type { Model } from '../../modelling/model.ts'
import { ReplayError, replay, shows } from '../../search/engine/path.ts'
import type { OutcomeData } from '../jobs/search-job.ts'
import { first } from './outcome-problem.ts'

/** What contradicts the model, as the end of a sentence; undefined when nothing does. */
export const modelProblem = ({ judgements, coverage }: OutcomeData, model: Model): string | undefined => {
  const told = judgements.filter(({ kind }) => kind !== 'deadlock')
  const names = (list: readonly { readonly kind: string; readonly name: string }[]): string =>
    list.map(({ kind, name }) => `${kind} ${name}`).join(', ')
  const judged = names(told.map(({ kind, property }) => ({ kind, name: property })))
  if (judged !== names(model.properties)) return 'it judges other properties than its model has'
  const actions = coverage.map(({ action }) => action).join(', ')
  if (coverage.length > 0 && actions !== model.actions.map(({ name }) => name).join(', '))
    return 'it takes other actions than its model has'
  return first(told, ({ property, path, value, verdict }) => {
    if (!path) return undefined
    try {
      return shows(replay(model, path), property, value)
        ? undefined
        : `${property} is ${verdict}, which its path does not show`
    } catch (error) {
      if (!(error instanceof ReplayError)) throw error
      return `${property} is ${verdict} by a path that the model does not allow`
    }
  })
}

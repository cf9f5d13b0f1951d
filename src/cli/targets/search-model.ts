/** The model of a search, as each thread finds it for itself. */
import { ModelFault } from '../../modelling/fault.ts'
import { isModel, type Model } from '../../modelling/model.ts'
import { isParameters } from '../../modelling/parameters.ts'
import type { Work } from '../jobs/search-job.ts'
import { watched } from '../jobs/watch.ts'
import { focusIn, matrixIn } from './schemes.ts'
import { madeWith } from './settings.ts'

/** The same, with closures that say in `watch` when they run. */
export const watchedModelOf = async (
  source: Work['source'],
  focus: string,
  watch: SharedArrayBuffer,
): Promise<Model> => watched(await modelOf(source, focus), watch)

/** Throws when this thread finds another thing than the main thread did. */
export const modelOf = async (source: Work['source'], focus: string): Promise<Model> => {
  if (source.kind === 'module') {
    const { default: model } = (await import(source.url)) as { default: unknown }
    if (isModel(model) || isParameters(model)) return madeWith(model, source.url, source.set)
    throw new ModelFault({
      problem: 'The file exports a model when it is loaded once and none when it is loaded again.',
      hint: 'what a file exports must not depend on chance, the time or what else has run',
    })
  }
  if (source.kind === 'validation') {
    const { trialsFor } = await import('./extensions.ts')
    const { trials } = await trialsFor(source.validation)
    const found = trials.find(({ name }) => name === focus)
    if (found) return found.model
    throw new Error(`there is no search ${focus} of extensions`)
  }
  if (source.kind === 'raised') {
    const { raisedOf } = await import('../../../properties/stability.ts')
    const { name, scope, by, labels } = source
    const found = raisedOf(name, scope, by, labels).find((raised) => raised.focus.name === focus)
    if (found) return found.focus.model
    throw new Error(`there is no search ${focus} of ${name} with a bound raised by ${by}`)
  }
  if (source.kind === 'design') {
    const { modelOfSearch } = await import('../../../properties/design/searches.ts')
    return modelOfSearch(source.search)
  }
  if (source.kind === 'cluster') {
    const { clusterFocuses } = await import('./cluster-files.ts')
    const found = (await clusterFocuses(source.cluster)).find(({ name }) => name === focus)
    if (found) return found.model
    throw new Error(`there is no search ${focus} of the described cluster`)
  }
  const { suites } = await matrixIn(source.scope)
  // No other model is made.
  const found = focusIn(suites, source.name, focus)?.model
  if (found) return found
  throw new Error(`there is no search ${focus} of a scheme ${source.name} in the scope ${source.scope}`)
}

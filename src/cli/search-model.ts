/** The model of a search, as each thread finds it for itself. */
import { ModelFault } from '../modelling/fault.ts'
import { isModel, type Model } from '../modelling/model.ts'
import { focusIn, matrixIn } from './schemes.ts'
import type { ModelSource } from './work.ts'

/** Throws when this thread finds another thing than the main thread did. */
export const modelOf = async (source: ModelSource, focus: string): Promise<Model> => {
  if (source.kind === 'module') {
    const { default: model } = (await import(source.url)) as { default: unknown }
    if (isModel(model)) return model
    throw new ModelFault({
      problem: 'The file exports a model when it is loaded once and none when it is loaded again.',
      hint: 'what a file exports must not depend on chance, the time or what else has run',
    })
  }
  if (source.kind === 'validation') {
    const { trialsFor } = await import('./validation/extensions.ts')
    const { trials } = await trialsFor(source.validation)
    const found = trials.find(({ name }) => name === focus)
    if (found) return found.model
    throw new Error(`there is no search ${focus} of extensions`)
  }
  const { suites } = await matrixIn(source.scope)
  // No other model is made.
  const found = focusIn(suites, source.name, focus)?.model
  if (found) return found
  throw new Error(`there is no search ${focus} of a scheme ${source.name} in the scope ${source.scope}`)
}

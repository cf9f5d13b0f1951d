/** The paths of a search over representatives as paths of the model, which is shown by replaying them. */
import { Asymmetry } from '../symmetry/concrete.ts'
import type { Engine } from './engine/engine.ts'
import type { Judgement } from './engine/outcome.ts'
import { replay, shows } from './engine/path.ts'

/** Judgements with paths that the model allows. Throws `ModelFault` when the model turns out not to be symmetric. */
export const concretely = (
  { model, concrete }: Engine,
  judgements: readonly Judgement[],
): readonly Judgement[] =>
  judgements.map((judgement) => {
    if (!concrete) return judgement
    const { property, kind, value } = judgement
    const path = judgement.path && concrete(judgement.path)
    const situation = judgement.situation && concrete(judgement.situation)
    if (path && kind !== 'deadlock' && !shows(replay(model, path), property, value))
      throw new Asymmetry(`What representatives show of ${property}, reachable states do not.`)
    return { ...judgement, ...(path && { path }), ...(situation && { situation }) }
  })

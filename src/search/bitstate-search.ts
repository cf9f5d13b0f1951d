/** The bitstate search: hunts for violations and witnesses where a space does not fit in memory, and proves nothing. */
import type { Model } from '../modelling/model.ts'
import { type SearchOptions, search } from './breadth-first.ts'
import type { Judgement, Outcome, Path } from './engine/outcome.ts'
import { type BitstateOptions, bitstateEngine } from './packed/bitstate.ts'
import { shortestOver } from './restricted.ts'

/** States that are searched for a shorter path for one property. */
const MOST_STATES = 200_000

/** Searches `model` with bits only, then looks for shorter paths to what was found. Throws `ModelFault`. */
export const hunt = async (
  model: Model,
  bitstate: BitstateOptions,
  options: SearchOptions,
): Promise<Outcome> => {
  const outcome = await search(bitstateEngine(model, bitstate), options)
  const judgements: Judgement[] = []
  for (const judgement of outcome.judgements) {
    const { verdict, kind, path } = judgement
    const shown = verdict === 'reached' || (verdict === 'violated' && kind !== 'deadlock')
    judgements.push(shown ? { ...judgement, path: shorter(model, judgement, path!, options) } : judgement)
  }
  return { ...outcome, judgements }
}

/**
 * The path, or a shorter one that takes no other instances: the shortest such, if a breadth-first search of a bounded
 * number of states over these alone gets that far.
 */
const shorter = (
  model: Model,
  { property }: Pick<Judgement, 'property'>,
  path: Path,
  { interrupted }: Pick<SearchOptions, 'interrupted'>,
): Path => {
  const [initial, ...steps] = path
  const instances = [...new Set(steps)].sort((a, b) => a - b)
  return (
    shortestOver(
      model,
      { initial: initial!, instances, property },
      { states: MOST_STATES, length: steps.length - 1, ...(interrupted && { interrupted }) },
    ) ?? path
  )
}

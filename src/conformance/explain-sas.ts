/** Explains the IKE SAs of a capture one by one: the end that is the cluster is found, or each is tried. */
import type { Model } from '../modelling/model.ts'
import { type Explanation, explain, type Lens } from './explain.ts'
import { changesAt, type End, type SeenSa, type Trace, traceOf } from './trace.ts'

/** What a scheme is asked by. */
export interface Explainer {
  readonly lens: Lens
  /** Members that a model can have. */
  readonly members: number
  model(trace: Trace): Model
}

export interface SaExplanation extends Explanation {
  readonly sa: SeenSa
  readonly trace: Trace
  /** Whether the capture shows which end the cluster is. */
  readonly certain: boolean
}

/** Whichever end explains it best, where the capture does not tell. `limit`: states at one time. */
export const explainSa = (sa: SeenSa, explainer: Explainer, limit: number): SaExplanation => {
  const ends = (['initiator', 'responder'] as const).filter((end) => changesAt(sa, end) > 0)
  const certain = ends.length === 1
  const tried: readonly End[] = certain ? ends : ['initiator', 'responder']
  const results = tried.map((end): SaExplanation => {
    const trace = traceOf(sa, end)
    const found =
      trace.stations > explainer.members
        ? { verdict: 'unknown' as const, explained: 0, possible: [], states: 0, limit }
        : explain(explainer.model(trace), explainer.lens, trace, limit)
    return { sa, trace, certain, ...found }
  })
  const by = (verdict: Explanation['verdict']) => results.find((result) => result.verdict === verdict)
  return by('explained') ?? by('unknown') ?? [...results].sort((a, b) => b.explained - a.explained)[0]!
}

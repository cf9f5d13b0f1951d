/** Explains the IKE SAs of a capture one by one: the end that is the cluster is found, or each is tried. */
import type { Model } from '../modelling/model.ts'
import { type Explanation, explain, type Lens } from './explain.ts'
import { changesAt, type End, type SeenSa, type Trace, traceOf } from './trace.ts'

/** What a scheme is asked by. */
export interface Explainer {
  readonly lens: Lens
  /** Members that a model can have. */
  readonly members: number
  /** Models of which each does all that the one before does, and more; at least one. */
  models(trace: Trace): readonly (() => Model)[]
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
  const asked = tried.map((end) => {
    const trace = traceOf(sa, end)
    return { trace, models: trace.stations > explainer.members ? [] : explainer.models(trace) }
  })
  const most = Math.max(...asked.map(({ models }) => models.length))
  let results: readonly SaExplanation[] = []
  // The small models of each end come before the larger ones of any.
  for (let step = 0; step < Math.max(1, most); step++) {
    results = asked.map(({ trace, models }, i): SaExplanation => {
      const before = results[i]
      const make = models[step]
      if (!make)
        return (
          before ?? { sa, trace, certain, verdict: 'unknown', explained: 0, possible: [], states: 0, limit }
        )
      return { sa, trace, certain, ...explain(make(), explainer.lens, trace, limit) }
    })
    const explained = results.find(({ verdict }) => verdict === 'explained')
    if (explained) return explained
  }
  const unknown = results.find(({ verdict }) => verdict === 'unknown')
  return unknown ?? [...results].sort((a, b) => b.explained - a.explained)[0]!
}

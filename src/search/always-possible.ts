/**
 * AG EF over the stored transitions: a state is doomed when no path leads from it to a state in which the property
 * holds. Hope spreads against the transitions until nothing changes; a state that was not expanded counts as hopeful,
 * so that a search that was cut still names only true dooms.
 */
import { ofGraph } from '../modelling/property.ts'
import type { Engine } from './engine/engine.ts'

/** The first doomed state of a property (a shortest path leads to it), and whether any state was judged. */
export interface Doom {
  readonly doomed?: number
  readonly judged: boolean
}

/**
 * What each `alwaysPossible` property of the model says, in their order; undefined when `goOn`, which is asked between
 * passes, said no.
 */
export const doomsOf = async (
  engine: Engine,
  goOn: () => Promise<boolean>,
): Promise<readonly Doom[] | undefined> => {
  const { graph, distinct, expanded } = engine
  const bits = ofGraph(engine.model.properties).flatMap(({ kind }, i) =>
    kind === 'alwaysPossible' ? [1 << i] : [],
  )
  if (!graph || bits.length === 0) return []
  // Nothing is to spread for the others.
  const others = 0xff & ~bits.reduce((all, bit) => all | bit, 0)
  const hopes = new Uint8Array(distinct).fill(0xff, expanded)
  for (let s = 0; s < expanded; s++) hopes[s] = graph.holds(s) | others
  while (graph.spread(hopes)) if (!(await goOn())) return undefined
  return bits.map((bit) => {
    let judged = false
    for (let s = 0; s < distinct; s++) {
      if ((graph.judges(s) & bit) === 0) continue
      if ((hopes[s]! & bit) === 0) return { doomed: s, judged: true }
      judged = true
    }
    return { judged }
  })
}

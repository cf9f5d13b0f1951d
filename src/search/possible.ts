/**
 * AG EF by backward search over the stored transitions: a state is doomed when no path leads from it to a state
 * in which the property holds. A state that was not expanded counts as hopeful, so that a search that was cut
 * still names only true dooms.
 */
import type { Engine } from './engine.ts'

/** The stored transitions by target: those into s come from sources[starts[s]] up to sources[starts[s + 1]]. */
export interface Reversed {
  readonly starts: Float64Array
  readonly sources: Uint32Array
}

/** The first doomed state among those judged (a shortest path leads to it), and whether any state was judged. */
export const doomedStates = (
  engine: Engine,
  { starts, sources }: Reversed,
  property: number,
): { readonly doomed?: number; readonly judged: boolean } => {
  const { distinct: n, expanded } = engine
  const hopeful = new Uint8Array(n)
  const open = new Uint32Array(n)
  let ends = 0
  for (let s = 0; s < n; s++)
    if (s >= expanded || engine.marks(s, property).holds) {
      hopeful[s] = 1
      open[ends++] = s
    }
  for (let i = 0; i < ends; i++) {
    const s = open[i]!
    for (let e = starts[s]!; e < starts[s + 1]!; e++) {
      const before = sources[e]!
      if (hopeful[before] === 1) continue
      hopeful[before] = 1
      open[ends++] = before
    }
  }
  let judged = false
  for (let s = 0; s < n; s++) {
    if (!engine.marks(s, property).judged) continue
    if (hopeful[s] === 0) return { doomed: s, judged: true }
    judged = true
  }
  return { judged }
}

/** Turns the stored transitions of an engine round. */
export const reversed = (engine: Engine): Reversed => {
  const n = engine.distinct
  const starts = new Float64Array(n + 2)
  let edges = 0
  engine.eachEdge((_, to) => {
    starts[to + 2]! += 1
    edges += 1
  })
  for (let s = 2; s <= n + 1; s++) starts[s]! += starts[s - 1]!
  const sources = new Uint32Array(edges)
  engine.eachEdge((from, to) => {
    const place = starts[to + 1]!
    sources[place] = from
    starts[to + 1] = place + 1
  })
  return { starts, sources }
}

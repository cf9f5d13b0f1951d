/** Breadth first: which states are expanded next, and how deep the search is. Blocks never cross a level. */

export class Levels {
  /** States with smaller numbers are expanded. */
  expanded = 0
  /** Levels known so far. */
  depth = 0
  /** The first state that is not in the level being expanded. */
  end = 0

  /** The initial states are known. */
  start(distinct: number): void {
    this.end = distinct
    this.depth = distinct > 0 ? 1 : 0
  }

  /** The states up to `state` are expanded now; `distinct` are known. */
  done(state: number, distinct: number): void {
    this.expanded = state
    if (state !== this.end || distinct === state) return
    this.end = distinct
    this.depth += 1
  }
}

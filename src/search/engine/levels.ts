/** Breadth first: which states are expanded next, and how deep the search is. Blocks never cross a level. */

export class Levels {
  /** States with smaller numbers are expanded. */
  expanded = 0
  /** States of each level, from that of the initial states to the one being expanded. */
  readonly sizes: number[] = []
  /** The first state that is not in the level being expanded. */
  end = 0

  /** Levels known so far. */
  get depth(): number {
    return this.sizes.length
  }

  /** States of the level before that of a state that can be expanded; the same whenever it is asked. */
  sizeBefore(state: number): number {
    return this.sizes.at(state < this.end ? -2 : -1) ?? 0
  }

  /** The initial states are known. */
  start(distinct: number): void {
    this.end = distinct
    if (distinct > 0) this.sizes.push(distinct)
  }

  /** The states up to `state` are expanded now; `distinct` are known. */
  done(state: number, distinct: number): void {
    this.expanded = state
    if (state !== this.end || distinct === state) return
    this.end = distinct
    this.sizes.push(distinct - state)
  }
}

/** Where the time and the states of a search go: what each action costs, and how much each variable varies. */

/** What one action does and costs. */
export interface ActionProfile {
  readonly action: string
  /** Guards asked: every instance in every expanded state. */
  readonly tries: number
  /** Successors, one for each instance that was enabled. */
  readonly taken: number
  /** New states first reached by it. */
  readonly fresh: number
  /** Share of the time spent in its guards and effects, 0 to 1; absent when too few states were timed. */
  readonly time?: number
}

/** How one variable varies over the expanded states, each counted once. */
export interface VariableProfile {
  /** Such as `member.A.sent`; what a listener remembers is below the name of its property. */
  readonly path: string
  /** Distinct values met; of a queue or bag, distinct contents. */
  readonly values: number
  /** Shannon entropy of the value in a state chosen at random: what the variable alone tells of the state. */
  readonly bits: number
}

/** The profile of a search. */
export interface Profile {
  /** Expanded states, over which all is counted. */
  readonly states: number
  readonly actions: readonly ActionProfile[]
  /** Share of the time spent in looking successors up, and in judging and storing new states. */
  readonly storing?: number
  readonly variables: readonly VariableProfile[]
}

/** Shannon entropy, in bits, of counts that are not zero and have this sum. */
export const entropyOf = (counts: Iterable<number>, sum: number): number => {
  let weighted = 0
  for (const count of counts) weighted += count * Math.log2(count)
  return sum === 0 ? 0 : Math.max(0, Math.log2(sum) - weighted / sum)
}

/** What a packed search stores for each state. */

/** States in a chunk; a power of two. */
export const CHUNK = 1 << 14

/** Arrays in chunks of `CHUNK` states: nothing is ever copied to grow. */
export interface Store {
  readonly states: Int32Array[]
  readonly parents: Int32Array[]
  readonly instances: Uint16Array[]
  /** Two bits for each alwaysPossible property: holds, judged. */
  readonly marks: Uint16Array[]
  /** Edges of state s end at ends[s]; they begin where those of s - 1 end. */
  readonly ends: Float64Array[]
  readonly edges: Int32Array[]
}

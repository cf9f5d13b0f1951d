/** The arrays of a search grow in chunks of so many states: nothing is ever copied to grow. */

/** States that a search can number: in 32 bits with a sign, and a block that is begun has room to end. */
export const MOST_STATES = 2 ** 31 - 2 ** 26

/** States in a chunk; a power of two. */
export const CHUNK = 1 << 14

/** The chunk of a state. */
export const chunkOf = (state: number): number => Math.floor(state / CHUNK)

/** The place of a state in its chunk. */
export const placeOf = (state: number): number => state % CHUNK

/** The words in which a remembered change of a state is kept. */

/** Words of a change before the pairs of a word and what is to be xored to it: of the two lanes of the key, and their number. */
export const CHANGE = { a: 0, b: 1, count: 2, words: 3 } as const

/** Words of a change at most. */
export const longestChange = (words: number): number => CHANGE.words + 2 * words

/** How the benchmarks sum up several rounds. */

/** The middle value; the upper one of two. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1]!

export const fixed = (value: number, digits = 2): string => value.toFixed(digits)

/** Median, least and most. */
export const range = (values: readonly number[]): string =>
  `${fixed(median(values))} (${fixed(Math.min(...values))} to ${fixed(Math.max(...values))})`

/** Colours for what a terminal shows. No colour says what no word says. */

export const RED = 31
export const GREEN = 32
export const YELLOW = 33
export const BOLD = 1

/** What is coloured, in a group called `word` behind one called `before`, and how. */
export type Colours = readonly (readonly [RegExp, readonly number[]])[]

/** Colours a text that holds no escape sequences of its own. */
export const colouring =
  (colours: Colours) =>
  (text: string): string =>
    colours.reduce(
      (sum, [pattern, codes]) => sum.replaceAll(pattern, `$<before>\x1b[${codes.join(';')}m$<word>\x1b[0m`),
      text,
    )

/** Colours of the text of a judged capture, where a terminal shows it. No colour says what no word says. */

const RED = 31
const GREEN = 32
const YELLOW = 33
const BOLD = 1

/** Colours of words, and of lines that begin with a word in capitals or with the sign of what clashes. */
const COLOURS: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^(?<before> {2}\S+ +)(?<word>violated)(?= )/gm, [BOLD, RED]],
  [/^(?<before> {2}\S+ +)(?<word>sign|undecided)(?= )/gm, [YELLOW]],
  [/^(?<before> {2}\S+ +)(?<word>clean|as expected)(?= )/gm, [GREEN]],
  [/(?<before>\b)(?<word>VIOLATED .*)$/gm, [BOLD, RED]],
  [/^(?<before>)(?<word>(?:NOT READ|NOT OPENED|NOTHING JUDGED):?.*)$/gm, [BOLD, YELLOW]],
  [/^(?<before>)(?<word>> +\d+ {2}.*)$/gm, [BOLD]],
  [/(?<before>^ *)(?<word>What to do:)/gm, [BOLD]],
]

/** Colours a text that holds no escape sequences of its own. */
export const coloured = (text: string): string =>
  COLOURS.reduce(
    (sum, [pattern, codes]) => sum.replaceAll(pattern, `$<before>\x1b[${codes.join(';')}m$<word>\x1b[0m`),
    text,
  )

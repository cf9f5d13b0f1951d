/** Colours of the text of a judged capture, where a terminal shows it. */

import { BOLD, colouring, GREEN, RED, YELLOW } from '../text/colours.ts'
import { EXIT_COLOURS } from '../text/exit-line.ts'

/** Colours of words, and of lines that begin with a word in capitals or with the sign of what clashes. */
export const coloured = colouring([
  [/^(?<before> {2}\S+ +)(?<word>violated)(?= )/gm, [BOLD, RED]],
  [/^(?<before> {2}\S+ +)(?<word>sign|undecided)(?= )/gm, [YELLOW]],
  [/^(?<before> {2}\S+ +)(?<word>clean|as expected)(?= )/gm, [GREEN]],
  [/(?<before>\b)(?<word>VIOLATED .*)$/gm, [BOLD, RED]],
  [/^(?<before>)(?<word>(?:NOT READ|NOT OPENED|NOTHING JUDGED):?.*)$/gm, [BOLD, YELLOW]],
  [/^(?<before>)(?<word>> +\d+ {2}.*)$/gm, [BOLD]],
  [/(?<before>^ *)(?<word>What to do:)/gm, [BOLD]],
  ...EXIT_COLOURS,
])

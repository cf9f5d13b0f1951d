/** Colours of the text of `check`, where a terminal shows it. */

import { BOLD, colouring, GREEN, RED, YELLOW } from '../text/colours.ts'
import { EXIT_COLOURS } from '../text/exit-line.ts'

/** A verdict begins a line, or follows a label behind two spaces. */
export const coloured = colouring([
  [/^(?<before>(?: {2}\S+ +)?)(?<word>violated)(?=[!* ])/gm, [BOLD, RED]],
  [/^(?<before>(?: {2}\S+ +)?)(?<word>vacuous|unknown|unreached)(?=[!* ])/gm, [YELLOW]],
  [/^(?<before>(?: {2}\S+ +)?)(?<word>holds|reached|measured)(?=[!* ])/gm, [GREEN]],
  [/(?<before>\b)(?<word>VIOLATED .*)$/gm, [BOLD, RED]],
  [/^(?<before>)(?<word>> +\d+ {2}.*)$/gm, [BOLD]],
  [/^(?<before>)(?<word>! .*)$/gm, [YELLOW]],
  ...EXIT_COLOURS,
])

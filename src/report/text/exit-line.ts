/** The last line of a run: its exit code and what it comes from. */
import { BOLD, type Colours, GREEN, RED, YELLOW } from './colours.ts'

/** Clauses without a full stop: `exit 1: 2 violated; 1 not decided`. */
export const exitLine = (code: number, clauses: readonly string[]): string =>
  `exit ${code}: ${clauses.join('; ')}`

/** Which options would make the exit code 0. */
export const wouldBeGood = (options: readonly string[]): string => `with \`${options.join(' ')}\` this is 0`

/** Colours of the line, where a terminal shows it. */
export const EXIT_COLOURS: Colours = [
  [/^(?<before>)(?<word>exit 0)(?=:)/gm, [BOLD, GREEN]],
  [/^(?<before>)(?<word>exit 4)(?=:)/gm, [BOLD, YELLOW]],
  [/^(?<before>)(?<word>exit 1)(?=:)/gm, [BOLD, RED]],
]

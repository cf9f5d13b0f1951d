/** What the exit code of a run says. */
import type { Conclusion } from '../../report/results/findings.ts'

/** Exit codes; the most serious applies. */
export const EXIT = {
  /** Every verdict is as expected. */
  asExpected: 0,
  /** A property is violated, a verdict, a number or a count is not the expected or declared one, or something is vacuous. */
  violation: 1,
  /** The command line, a token or a file named on it cannot be used, or a report cannot be written. */
  usage: 2,
  /** The model is not well formed: a value outside its domain, an impure guard. */
  fault: 3,
  /** The search was cut by a limit and nothing worse was found, or the run was interrupted. */
  cut: 4,
  /** clustercheck itself is wrong. */
  internal: 70,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** The exit code of a run that came to this. */
export const exitOf = (conclusion: Conclusion): ExitCode =>
  ({ expected: EXIT.asExpected, unexpected: EXIT.violation, cut: EXIT.cut })[conclusion]

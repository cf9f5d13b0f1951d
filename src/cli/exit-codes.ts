/** What the exit code of a run says. */

/** Exit codes; the most serious applies. */
export const EXIT = {
  /** Every verdict is as expected. */
  asExpected: 0,
  /** A property is violated, or a verdict, a number or a count is not the expected or declared one. */
  violation: 1,
  /** The command line, a token or a file named on it cannot be used. */
  usage: 2,
  /** The model is not well formed: a value outside its domain, an impure guard. */
  fault: 3,
  /** The search was cut by a limit and nothing worse was found, or the run was interrupted. */
  cut: 4,
  /** clustercheck itself is wrong. */
  internal: 70,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** What an exit code is decided by: one verdict, or what else was found, with what was expected of it. */
export interface Expectation {
  readonly verdict: string
  /** Whether it is the declared verdict, or the good one where none is declared. */
  readonly asDeclared: boolean
}

/** The exit code of `matrix`: violations that are declared are as expected. */
export const matrixExit = (verdicts: readonly Expectation[], interrupted: boolean): ExitCode => {
  if (interrupted) return EXIT.cut
  const differs = verdicts.filter(({ asDeclared }) => !asDeclared)
  if (differs.some(({ verdict }) => verdict !== 'unknown')) return EXIT.violation
  return differs.length > 0 ? EXIT.cut : EXIT.asExpected
}

/** The exit code of `check`: a violation counts even where the scheme declares it. */
export const checkExit = (verdicts: readonly Expectation[], interrupted: boolean): ExitCode => {
  if (interrupted) return EXIT.cut
  if (verdicts.some(({ verdict }) => verdict === 'violated')) return EXIT.violation
  return matrixExit(verdicts, false)
}

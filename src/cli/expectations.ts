/** What the exit code of a run is decided by. */
import type { JudgedSuite } from '../report/judged.ts'
import type { Expectation } from './exit-codes.ts'

/**
 * Every verdict and every declared count with what was expected, a difference for each declaration that nothing
 * judged, and one for each search that was cut, whatever it could decide before.
 */
export const expectationsOf = (suites: readonly JudgedSuite[]): readonly Expectation[] =>
  suites.flatMap(({ properties, unjudged, counts, outcome }) => [
    ...properties.map(({ verdict: { verdict }, asDeclared }) => ({ verdict, asDeclared })),
    ...unjudged.map(() => ({ verdict: 'unjudged', asDeclared: false })),
    ...counts.map(({ asDeclared }) => ({ verdict: 'counted', asDeclared })),
    ...outcome.outcomes
      .filter((o) => !o.outcome.complete)
      .map(() => ({ verdict: 'unknown', asDeclared: false })),
  ])

/** What the exit code of a run is decided by. */
import type { JudgedSuite } from '../report/judged.ts'
import type { Expectation } from './exit-codes.ts'

/** Every verdict with what was expected, and a difference for each declaration that nothing judged. */
export const expectationsOf = (suites: readonly JudgedSuite[]): readonly Expectation[] =>
  suites.flatMap(({ properties, unjudged }) => [
    ...properties.map(({ verdict: { verdict }, asDeclared }) => ({ verdict, asDeclared })),
    ...unjudged.map(() => ({ verdict: 'unjudged', asDeclared: false })),
  ])

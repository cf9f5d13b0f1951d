/** The matrix: every clustering scheme with the searches that judge it. */

import { twoPhaseCommit } from '../src/examples/two-phase-commit.ts'
import { type Suite, suiteOf } from '../src/search/suite.ts'

export const schemes: readonly Suite[] = [suiteOf('placeholder', twoPhaseCommit(3))]

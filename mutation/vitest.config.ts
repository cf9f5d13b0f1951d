/** The tests that are run with each mutant: those of what is mutated, less the ones that take long, which a survivor would run each time. */
import { defineConfig } from 'vitest/config'

/** Long, or of the text of the code and not of what it does. */
const LEFT_OUT = [
  'src/search/{agreement,bitstate,bitstate-bounds,calibration,campaign,causes,engine-mutation,fair-runs,fewest-changes,thrown}.test.ts',
  'src/search/engine/{profile,saved}.test.ts',
  'src/search/refinement/refinement.test.ts',
  'src/state/walks.test.ts',
  'src/symmetry/{agreement,canon-mutation,canonical,orbits}.test.ts',
]

const ALL = ['mutation/*.test.ts', 'src/{modelling,state,search,symmetry}/**/*.test.ts', 'model/**/*.test.ts']

export default defineConfig({
  test: {
    /** Set by `--tests`. */
    include: process.env.MUTATION_TESTS?.split(' ') ?? ALL,
    exclude: LEFT_OUT,
    /** Loading the modules anew for each file would take as long as the tests. */
    isolate: false,
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
})

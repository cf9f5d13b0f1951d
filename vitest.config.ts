/** The projects of the tests: without a name all of them run; `npm run test:fast` runs `unit` only. */
import { readdirSync, readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'
import { INTERRUPT_BUDGET } from './src/cli/workers/compilers.ts'

const ALL = '{src,model,properties}/**/*.test.ts'

/** Tests in a browser. */
const BROWSER = ['src/cli/explore/{page,written-pages}.test.ts']

/** Campaigns and long searches: each takes over five seconds. */
const SOAK = [
  'properties/*.test.ts',
  'properties/design/searches.test.ts',
  'properties/mutations/*.test.ts',
  'properties/validation/{bounds,locality,points,validation}.test.ts',
  'src/capture/{campaign,damage}.test.ts',
  'src/cli/commands/{expectations,sentences}.test.ts',
  'src/cli/files/gunzip.test.ts',
  'src/conformance/conformance.test.ts',
  'src/hunt/*.test.ts',
  'src/report/reports.test.ts',
  'src/report/pictures/{render,text-width}.test.ts',
  'src/report/trace/{causal-core,causes}.test.ts',
  'src/search/{agreement,bitstate,bitstate-bounds,calibration,campaign,causes,engine-mutation,fair-runs,fewest-changes,thrown}.test.ts',
  'src/search/engine/{profile,saved}.test.ts',
  'src/search/refinement/refinement.test.ts',
  'src/state/walks.test.ts',
  'src/symmetry/{agreement,canon-mutation,canonical,orbits}.test.ts',
]

/** Tests of the command line run the build: those that import what makes it. */
const BUILT = ['src', 'model', 'properties']
  .flatMap((top) => readdirSync(top, { recursive: true, encoding: 'utf8' }).map((path) => `${top}/${path}`))
  .filter((path) => path.endsWith('.test.ts') && readFileSync(path, 'utf8').includes('/under-test.ts'))

/**
 * The compilers of V8 wait as long as those of the program do: most of what tests run is over soon. Later versions wait by
 * themselves, and do not know the flag.
 */
const execArgv =
  Number.parseInt(process.versions.v8, 10) < 12 ? [`--interrupt-budget=${INTERRUPT_BUDGET}`] : []

const globalSetup = 'src/cli/testing/under-test.ts'

export default defineConfig({
  test: {
    /** The default leaves a core idle, which is half of a machine with two. */
    maxWorkers: '100%',
    execArgv,
    testTimeout: 240_000,
    hookTimeout: 240_000,
    ...(process.env.CLUSTERCHECK_COSTS === '1' && {
      setupFiles: 'src/testing/cpu-time.ts',
      reporters: ['default', './src/testing/costs.ts'],
    }),
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [ALL],
          exclude: [...BUILT, ...BROWSER, ...SOAK],
          /** These tests share a process and its modules, whose loading would take as long as the tests. */
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'cli',
          include: BUILT,
          exclude: BROWSER,
          globalSetup,
        },
      },
      { extends: true, test: { name: 'browser', include: BROWSER, globalSetup } },
      { extends: true, test: { name: 'soak', include: SOAK, exclude: BUILT } },
    ],
  },
})

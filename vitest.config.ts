import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    /** Tests of the command line run the build. */
    globalSetup: 'src/cli/testing/under-test.ts',
    include: ['{src,model,properties}/**/*.test.ts'],
    /** The default leaves a core idle, which is half of a machine with two. */
    maxWorkers: '100%',
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
})

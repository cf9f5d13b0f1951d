import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    /** Tests of the command line run the build. */
    globalSetup: 'src/cli/under-test.ts',
    include: ['{src,model,properties}/**/*.test.ts'],
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
})

import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{src,model,properties}/**/*.test.ts'],
    testTimeout: 120_000,
  },
})

/** Runs the tests with each of these mutants, by Stryker. */
import { fileURLToPath } from 'node:url'
import { Stryker } from '@stryker-mutator/core'
import { SANDBOX } from './places.mjs'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

export const run = async (mutants) => {
  const range = ({ file, location: { start, end } }) =>
    `${file}:${start.line}:${start.column - 1}-${end.line}:${end.column - 1}`
  await new Stryker({
    mutate: [...new Set(mutants.map(range))],
    testRunner: 'vitest',
    vitest: { configFile: 'mutation/vitest.config.ts', related: false },
    plugins: [fileURLToPath(import.meta.resolve('@stryker-mutator/vitest-runner')), here('plugins.mjs')],
    checkers: ['chosen'],
    reporters: ['kept'],
    logLevel: 'warn',
    coverageAnalysis: 'perTest',
    concurrency: 2,
    tempDirName: SANDBOX,
    cleanTempDir: 'always',
    ignorePatterns: ['dist', 'counterexamples', '.clustercheck-cache', '.mutation'],
    // The compiler has no programming interface that Stryker could read the settings with.
    tsconfigFile: 'none',
    disableTypeChecks: false,
    allowConsoleColors: false,
    dryRunTimeoutMinutes: 60,
    // A machine that is busy must not make a slow test look like a loop without end.
    timeoutMS: 20_000,
    timeoutFactor: 4,
    warnings: false,
  }).runMutationTest()
}

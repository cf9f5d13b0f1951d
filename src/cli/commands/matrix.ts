/** `clustercheck matrix`: every scheme against every property. */
import { matrixText } from '../../report/matrix-text.ts'
import { matrixJson } from '../../report/result-json.ts'
import { countOf, given } from '../arguments.ts'
import type { Command } from '../command.ts'
import { counterexampleFiles } from '../counterexamples.ts'
import { UsageError } from '../errors.ts'
import { matrixExit } from '../exit-codes.ts'
import { expectationsOf } from '../expectations.ts'
import { prepareFolder, writeFolder } from '../output-files.ts'
import { matrixIn, SCOPE, scopeOf } from '../schemes.ts'
import { defaultBytes, defaultWorkers, searchTargets } from '../searching.ts'
import { schemeTargets } from '../targets.ts'

export const matrix: Command = {
  name: 'matrix',
  sentence: 'Judge every scheme by every property and print the matrix of verdicts.',
  options: [
    SCOPE,
    { flags: '--write <folder>', sentence: 'write text, SVG and DOT of each violated cell to this folder' },
    { flags: '--workers <count>', sentence: 'threads (otherwise: one per processor)' },
    { flags: '--json', sentence: 'print the result as JSON' },
  ],
  examples: ['matrix', 'matrix --scope small', 'matrix --write counterexamples'],
  async run({ options, terminal }) {
    const workers = given(options, 'workers', countOf) ?? defaultWorkers()
    const folder = given(options, 'write', (_, text) => text)
    if (folder !== undefined) prepareFolder(folder)
    const scope = scopeOf(options)
    if (scope === 'wide')
      throw new UsageError({
        problem: 'No complete search comes to the end of the scope wide, so it has no matrix.',
        hint: 'hunt in one of its schemes: clustercheck list --scope wide',
      })
    const matrix = await matrixIn(scope)
    const targets = await schemeTargets(scope)
    const limits = { states: Infinity, seconds: Infinity, bytes: defaultBytes(workers) }
    const { suites, interrupted, seconds } = await searchTargets(targets, {
      settings: { exact: 'free', deadlock: false, limits },
      workers,
      terminal,
    })
    terminal.out(
      options.json === true
        ? `${JSON.stringify(matrixJson(suites, scope, matrix), null, 2)}\n`
        : matrixText(suites, { ...matrix, columns: terminal.columns, seconds }),
    )
    if (folder !== undefined) {
      const complete = suites.every(({ outcome }) => outcome.outcomes.every((o) => o.outcome.complete))
      terminal.err(
        complete
          ? writtenText(folder, writeFolder(folder, await counterexampleFiles(suites)))
          : `Nothing was written to ${folder}, since a search was cut.\n`,
      )
    }
    return matrixExit(expectationsOf(suites), interrupted)
  },
}

const writtenText = (
  folder: string,
  { written, unchanged, removed }: ReturnType<typeof writeFolder>,
): string =>
  `${folder}: ${written.length} files written, ${unchanged.length} unchanged, ${removed.length} removed.\n`

/** `clustercheck matrix`: every scheme against every property. */
import { matrixText } from '../../report/matrix-text.ts'
import { matrixPages } from '../../report/page/matrix-page.ts'
import { matrixJson } from '../../report/result-json.ts'
import { countOf, given } from '../arguments.ts'
import type { Command } from '../command.ts'
import { counterexampleFiles, fileStem } from '../counterexamples.ts'
import { matrixExit } from '../exit-codes.ts'
import { expectationsOf } from '../expectations.ts'
import {
  type FolderKind,
  type OutputFile,
  PAGES,
  prepareFolder,
  TRACES,
  writeFolder,
} from '../output-files.ts'
import { matrixIn, SCOPE, scopeOf } from '../schemes.ts'
import { defaultBytes, defaultWorkers, searchTargets } from '../searching.ts'
import { schemeTargets } from '../targets.ts'

export const matrix: Command = {
  name: 'matrix',
  sentence: 'Judge every scheme by every property and print the matrix of verdicts.',
  options: [
    SCOPE,
    { flags: '--write <folder>', sentence: 'write text, SVG and DOT of each violated cell to this folder' },
    {
      flags: '--html <folder>',
      sentence: 'write a page for the matrix and one for each violated cell to this folder',
    },
    { flags: '--workers <count>', sentence: 'threads (otherwise: one per processor)' },
    { flags: '--json', sentence: 'print the result as JSON' },
  ],
  examples: ['matrix', 'matrix --scope small', 'matrix --write counterexamples', 'matrix --html pages'],
  async run({ options, terminal }) {
    const workers = given(options, 'workers', countOf) ?? defaultWorkers()
    const folder = given(options, 'write', (_, text) => text)
    const pages = given(options, 'html', (_, text) => text)
    if (folder !== undefined) prepareFolder(folder, TRACES)
    if (pages !== undefined) prepareFolder(pages, PAGES)
    const scope = scopeOf(options)
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
    const complete = suites.every(({ outcome }) => outcome.outcomes.every((o) => o.outcome.complete))
    const write = async (to: string, kind: FolderKind, make: () => Promise<readonly OutputFile[]>) =>
      terminal.err(
        complete
          ? writtenText(to, writeFolder(to, kind, await make()))
          : `Nothing was written to ${to}, since a search was cut.\n`,
      )
    if (folder !== undefined) await write(folder, TRACES, () => counterexampleFiles(suites))
    if (pages !== undefined)
      await write(pages, PAGES, () => matrixPages(suites, matrix, fileStem, PAGES.mark))
    return matrixExit(expectationsOf(suites), interrupted)
  },
}

const writtenText = (
  folder: string,
  { written, unchanged, removed }: ReturnType<typeof writeFolder>,
): string =>
  `${folder}: ${written.length} files written, ${unchanged.length} unchanged, ${removed.length} removed.\n`

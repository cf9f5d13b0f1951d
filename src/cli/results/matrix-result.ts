/** What is made of a matrix that was searched, at once or in shards: text or JSON, reports, files of counterexamples. */
import { matrixPages } from '../../explore/pages/matrix-page.ts'
import type { Places } from '../../report/results/places.ts'
import { type About, resultJson } from '../../report/results/result-json.ts'
import { exitText } from '../../report/terminal/exit-text.ts'
import { matrixText } from '../../report/terminal/matrix-text.ts'
import { colouring } from '../../report/text/colours.ts'
import { EXIT_COLOURS } from '../../report/text/exit-line.ts'
import type { Matrix, ScopeName } from '../../search/suite.ts'
import {
  type FolderKind,
  type OutputFile,
  PAGES,
  prepareFolder,
  TRACES,
  writeFolder,
} from '../files/output-files.ts'
import { pageText } from '../files/page-text.ts'
import { given, type RawOptions } from '../options/arguments.ts'
import type { OptionUsage } from '../options/command.ts'
import { type ExitCode, exitOf } from '../process/exit-codes.ts'
import type { Terminal } from '../process/terminal.ts'
import { VERSION } from '../process/version.ts'
import type { Searched } from '../workers/search-run.ts'
import { counterexampleFiles, fileStem } from './counterexamples.ts'
import { REPORT_OPTIONS, type Reports, report, reportsOf, VACUITY, vacuityOf } from './reports.ts'

/** The options by which a matrix is reported. */
export const MATRIX_OPTIONS: readonly OptionUsage[] = [
  { flags: '--write <folder>', sentence: 'write text, SVG and DOT of each violated cell to this folder' },
  {
    flags: '--html <folder>',
    sentence: 'write a page for the matrix and one for each violated cell to this folder',
  },
  VACUITY,
  ...REPORT_OPTIONS,
]

/** How a matrix is to be reported. */
export interface MatrixReports {
  readonly reports: Reports
  readonly folder?: string
  /** For pages. */
  readonly pages?: string
  readonly vacuity: About['vacuity']
}

/** Reads the options and makes sure that all that is asked for can be written. Throws `UsageError`. */
export const matrixReportsOf = async (options: RawOptions): Promise<MatrixReports> => {
  const folder = given(options, 'write', (_, text) => text)
  const vacuity = vacuityOf(options)
  const pages = given(options, 'html', (_, text) => text)
  if (folder !== undefined) prepareFolder(folder, TRACES)
  if (pages !== undefined) prepareFolder(pages, PAGES)
  return {
    reports: await reportsOf(options),
    vacuity,
    ...(folder !== undefined && { folder }),
    ...(pages !== undefined && { pages }),
  }
}

/** Reports a matrix. */
export const reportMatrix = async (
  { suites, interrupted, run }: Searched,
  {
    scope,
    matrix,
    only,
    places,
    stale,
  }: {
    readonly scope: ScopeName
    readonly matrix: Matrix
    readonly only?: readonly string[] | undefined
    readonly places?: readonly Places[] | undefined
    readonly stale?: About['stale']
  },
  { reports, folder, pages, vacuity }: MatrixReports,
  terminal: Terminal,
): Promise<ExitCode> => {
  const result = resultJson(
    suites.map((suite, i) => ({ suite, scope, places: places?.[i] })),
    {
      clustercheck: VERSION,
      command: 'matrix',
      expected: 'declared',
      vacuity,
      interrupted,
      run,
      only,
      stale,
      matrix,
    },
  )
  const code = exitOf(result.outcome)
  const text = (): string =>
    matrixText(suites, {
      ...matrix,
      columns: terminal.columns,
      seconds: run.seconds,
      vacuity,
      ...(stale && { stale }),
      last: exitText(result, code),
    })
  await report(result, reports, { terminal, text, paint: colouring(EXIT_COLOURS) })
  const complete = suites.every(({ outcome }) => outcome.outcomes.every((o) => o.outcome.complete))
  const write = async (to: string, kind: FolderKind, make: () => Promise<readonly OutputFile[]>) =>
    terminal.err(
      complete
        ? writtenText(to, writeFolder(to, kind, await make()))
        : `Nothing was written to ${to}, since a search was cut.\n`,
    )
  if (folder !== undefined) await write(folder, TRACES, () => counterexampleFiles(suites))
  if (pages !== undefined)
    await write(pages, PAGES, async () =>
      matrixPages(VERSION, suites, matrix, fileStem).map(({ name, title, data }) => ({
        name,
        content: pageText(title, data, name === PAGES.index ? PAGES : {}),
      })),
    )
  return code
}

const writtenText = (
  folder: string,
  { written, unchanged, removed }: ReturnType<typeof writeFolder>,
): string =>
  `${folder}: ${written.length} files written, ${unchanged.length} unchanged, ${removed.length} removed.\n`

/** The files that a result is written to: which are asked for, whether they can be written, and writing them all. */

import { githubText } from '../../report/ci/github.ts'
import { junitText } from '../../report/ci/junit.ts'
import { markdownText } from '../../report/ci/markdown.ts'
import { sarifText } from '../../report/ci/sarif.ts'
import { VACUITIES, type Vacuity } from '../../report/results/findings.ts'
import type { ResultJson } from '../../report/results/result-json.ts'
import { prepareFile, writeFile } from '../files/output-files.ts'
import { given, oneOfWords, type RawOptions } from '../options/arguments.ts'
import type { OptionUsage } from '../options/command.ts'
import { messageOf, UsageError } from '../process/errors.ts'
import type { Terminal } from '../process/terminal.ts'

const jsonText = (result: unknown): string => `${JSON.stringify(result, null, 2)}\n`

/** What can be written to a file, by the name of its option. */
const FORMS = {
  json: jsonText,
  junit: junitText,
  sarif: sarifText,
  markdown: markdownText,
} as const satisfies Readonly<Record<string, (result: ResultJson) => string>>
type Form = keyof typeof FORMS

/** The options by which a command takes reports. */
export const REPORT_OPTIONS: readonly OptionUsage[] = [
  {
    flags: '--json [file]',
    sentence: 'write the result as JSON to this file (otherwise: print it, and nothing else)',
  },
  { flags: '--junit <file>', sentence: 'write the result as JUnit XML' },
  { flags: '--sarif <file>', sentence: 'write the result as SARIF 2.1.0' },
  { flags: '--markdown <file>', sentence: 'write the result as Markdown, such as the summary of a job' },
  { flags: '--github', sentence: 'print what is not as expected as annotations of GitHub Actions' },
]

/** The option by which a command is told what to make of vacuity. */
export const VACUITY: OptionUsage = {
  flags: '--vacuity <level>',
  sentence: `what an action never taken, a situation that never arose or a state never reached is, where nobody declares it: ${VACUITIES.join(', ')} (otherwise: error)`,
}

/** The vacuity that a command is given. */
export const vacuityOf = (options: RawOptions): Vacuity =>
  given(options, 'vacuity', (option, text) => oneOfWords(option, text, VACUITIES)) ?? 'error'

/** The reports that are asked for. */
export interface Reports {
  /** Whether the JSON takes standard output for itself. */
  readonly printsJson: boolean
  readonly files: readonly { readonly form: Form; readonly path: string }[]
  readonly github: boolean
}

/** Reads the options and makes sure that every file can be written. Throws `UsageError`. */
export const reportsOf = (options: RawOptions): Reports => {
  const files = (Object.keys(FORMS) as Form[]).flatMap((form) => {
    const path = given(options, form, (_, text) => text)
    return path === undefined ? [] : [{ form, path }]
  })
  for (const { form, path } of files) {
    const other = files.find((file) => file.path === path && file.form !== form)
    if (other)
      throw new UsageError({ problem: `--${form} and --${other.form} would both be written to ${path}.` })
    if (/\.[mc]?[jt]s$/.test(path))
      throw new UsageError({
        problem: `--${form} would be written to ${path}, which is the name of a program.`,
        hint: `name another file, or put --${form} behind the TARGET`,
      })
    prepareFile(path)
  }
  return { printsJson: options.json === true, files, github: options.github === true }
}

/**
 * Prints what a run came to, `text` unless JSON is asked for, and writes every file that can be written. Throws
 * `UsageError` when one could not be.
 */
export const report = (
  result: ResultJson,
  { printsJson, files, github }: Reports,
  {
    terminal,
    text,
    paint = (plain) => plain,
  }: {
    readonly terminal: Pick<Terminal, 'out' | 'err' | 'painted'>
    readonly text: () => string
    /** Colours the text, where a terminal shows it. */
    readonly paint?: (text: string) => string
  },
): void => {
  if (printsJson) terminal.out(jsonText(result))
  else terminal.painted(text(), paint)
  if (github) (printsJson ? terminal.err : terminal.out)(githubText(result), 'commands')
  writeFiles(files.map(({ form, path }) => ({ path, content: FORMS[form](result) })))
}

/** Writes every file that can be written. Throws `UsageError` when one could not be. */
export const writeFiles = (files: readonly { readonly path: string; readonly content: string }[]): void => {
  const problems = files.flatMap(({ path, content }) => {
    try {
      writeFile(path, content)
      return []
    } catch (error) {
      return [messageOf(error)]
    }
  })
  if (problems.length > 0) throw new UsageError({ problem: `${problems.join('.\n')}.` })
}

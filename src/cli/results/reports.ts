/** The files that a result is written to: which are asked for, whether they can be written, and writing them all. */

import { githubText } from '../../report/ci/github.ts'
import { jsonLinesText } from '../../report/ci/json-lines.ts'
import { junitText } from '../../report/ci/junit.ts'
import { markdownText } from '../../report/ci/markdown.ts'
import { sarifText } from '../../report/ci/sarif.ts'
import { VACUITIES, type Vacuity } from '../../report/results/findings.ts'
import type { Reporter } from '../../report/results/reporter.ts'
import type { ResultJson } from '../../report/results/result-json.ts'
import { loadDefault, looksLikeFile } from '../files/load-file.ts'
import { prepareFile, writeFile } from '../files/output-files.ts'
import { given, oneOfWords, type RawOptions } from '../options/arguments.ts'
import type { OptionUsage } from '../options/command.ts'
import { JUNIT_FILE, SARIF_FILE } from '../options/shared.ts'
import { unknownName } from '../options/suggestions.ts'
import { messageOf, UsageError } from '../process/errors.ts'
import { exitOf } from '../process/exit-codes.ts'
import type { Terminal } from '../process/terminal.ts'

const jsonText = (result: unknown): string => `${JSON.stringify(result, null, 2)}\n`

/** What can be written to a file, by the name of its option. */
const FORMS = {
  json: jsonText,
  jsonl: jsonLinesText,
  junit: junitText,
  sarif: sarifText,
  markdown: markdownText,
} as const satisfies Readonly<Record<string, (result: ResultJson) => string>>
type Form = keyof typeof FORMS

/** The reporters that come along, by the name that `--reporter` takes; `text` is what is printed without it. */
const REPORTERS: Readonly<Record<string, Reporter | undefined>> = {
  text: undefined,
  ...FORMS,
  github: githubText,
}

/** The options by which a command takes reports. */
export const REPORT_OPTIONS: readonly OptionUsage[] = [
  {
    flags: '--json [file]',
    sentence: 'write the result as JSON to this file (otherwise: print it, and nothing else)',
  },
  {
    flags: '--jsonl [file]',
    sentence:
      'write the result as JSON Lines, a line for each verdict and finding (otherwise: print them, and nothing else)',
  },
  JUNIT_FILE,
  SARIF_FILE,
  { flags: '--markdown <file>', sentence: 'write the result as Markdown, such as the summary of a job' },
  { flags: '--github', sentence: 'print what is not as expected as annotations of GitHub Actions' },
  {
    flags: '--reporter <reporter>',
    sentence: `print the report of this instead of text: ${Object.keys(REPORTERS).join(', ')}, or a file whose default export is a function from the result to a text`,
  },
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
  /** Whether JSON takes standard output for itself. */
  readonly printsJson: boolean
  /** What is printed instead of text. */
  readonly reporter?: { readonly name: string; readonly make: Reporter } | undefined
  readonly files: readonly { readonly form: Form; readonly path: string }[]
  readonly github: boolean
}

/** Reads the options, loads a reporter, and makes sure that every file can be written. Throws `UsageError`. */
export const reportsOf = async (options: RawOptions): Promise<Reports> => {
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
  const printed = (['json', 'jsonl', 'reporter'] as const).filter((name) =>
    name === 'reporter' ? options.reporter !== undefined : options[name] === true,
  )
  if (printed.length > 1)
    throw new UsageError({
      problem: `--${printed[0]} and --${printed[1]} would both be printed; only one of them can be.`,
      hint: `give --${printed[0]} a file`,
    })
  const named = given(options, 'reporter', (_, text) => text)
  return {
    printsJson: printed[0] === 'json' || printed[0] === 'jsonl',
    reporter: printed[0] === 'jsonl' ? { name: 'jsonl', make: jsonLinesText } : await reporterOf(named),
    files,
    github: options.github === true,
  }
}

const reporterOf = async (name: string | undefined): Promise<Reports['reporter']> => {
  if (name === undefined) return undefined
  if (!looksLikeFile(name)) {
    if (!Object.hasOwn(REPORTERS, name))
      throw unknownName(
        'reporter',
        name,
        Object.keys(REPORTERS),
        'a path to a file with a reporter is taken as well',
      )
    const make = REPORTERS[name]
    return make && { name, make }
  }
  const { value } = await loadDefault(name, (found): found is Reporter => typeof found === 'function', {
    what: 'a file with a reporter',
    made: 'a function from the result to a text',
  })
  return { name, make: value }
}

/** The text of a reporter. Throws `UsageError` where a file of somebody's does not make one. */
const reportedBy = async (
  { name, make }: NonNullable<Reports['reporter']>,
  result: ResultJson,
  columns: number,
): Promise<string> => {
  try {
    const text: unknown = await make(result, { columns, exitCode: exitOf(result.outcome) })
    if (typeof text === 'string') return text
    throw new Error(`it returned ${text === null ? 'null' : `something of type ${typeof text}`}, not a text`)
  } catch (error) {
    throw new UsageError({ problem: `The reporter ${name} failed: ${messageOf(error)}.` })
  }
}

/**
 * Prints what a run came to, `text` unless JSON is asked for, and writes every file that can be written. Throws
 * `UsageError` when one could not be.
 */
export const report = async (
  result: ResultJson,
  { printsJson, reporter, files, github }: Reports,
  {
    terminal,
    text,
    paint = (plain) => plain,
  }: {
    readonly terminal: Pick<Terminal, 'out' | 'err' | 'painted' | 'columns'>
    readonly text: () => string
    /** Colours the text, where a terminal shows it. */
    readonly paint?: (text: string) => string
  },
): Promise<void> => {
  if (reporter)
    terminal.out(
      await reportedBy(reporter, result, terminal.columns),
      reporter.make === githubText ? 'commands' : 'text',
    )
  else if (printsJson) terminal.out(jsonText(result))
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

/** Whether a report leads to lines of files. */
export const leads = ({ printsJson, reporter, files, github }: Reports): boolean =>
  printsJson || reporter !== undefined || files.length > 0 || github

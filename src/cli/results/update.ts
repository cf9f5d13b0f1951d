/** Takes over into a file of expectations what was found, and shows what changed. */
import type { JudgedSuite } from '../../report/results/judged-suite.ts'
import { counted, folded } from '../../report/text/columns.ts'
import { lineDifference } from '../files/line-difference.ts'
import { prepareFile, writeFile } from '../files/output-files.ts'
import type { RawOptions } from '../options/arguments.ts'
import { isCi } from '../process/ci.ts'
import { UsageError } from '../process/errors.ts'
import { EXIT, type ExitCode } from '../process/exit-codes.ts'
import type { Terminal } from '../process/terminal.ts'
import { updatedConfig } from '../targets/updated-config.ts'

/** What would say that something is not as expected, after it was made so. */
const REPORTS = [
  'json',
  'junit',
  'sarif',
  'markdown',
  'github',
  'quiet',
  'trace',
  'expected',
  'only',
] as const

/** Makes sure, before anything is searched, that the file can be updated. Throws `UsageError`. */
export const prepareUpdate = (config: string | undefined, options: RawOptions): void => {
  if (config === undefined)
    throw new UsageError({
      problem: '--update changes a file of expectations; it cannot be given with a TARGET.',
      hint: 'clustercheck init writes such a file',
    })
  if (isCi())
    throw new UsageError({
      problem: '--update changes what is expected, and CI is set: a job has to compare, not to agree.',
      hint: 'run it where the change can be read and committed',
    })
  const odd = REPORTS.find((name) => options[name] !== undefined)
  if (odd !== undefined)
    throw new UsageError({ problem: `--update shows what it changes; it cannot be given with --${odd}.` })
  prepareFile(config)
}

/** Writes the file, and shows what changed. Verdicts of searches that were cut stay as they were: exit code 4. */
export const update = (config: string, suites: readonly JudgedSuite[], terminal: Terminal): ExitCode => {
  const { before, after, verdicts, actions, unexplained, outdated } = updatedConfig(config, suites)
  const isCut = suites.some(({ outcome }) => outcome.outcomes.some((one) => !one.outcome.complete))
  if (after !== before) writeFile(config, after)
  const said =
    after === before
      ? [`${config} expects what was found; nothing was changed.`]
      : [
          `${config}: ${[...(verdicts > 0 ? [counted(verdicts, 'verdict')] : []), ...(actions > 0 ? [counted(actions, 'action')] : [])].join(' and ')} taken over.`,
          ...(unexplained.length > 0
            ? [`Write down why this is expected, as { verdict, reason }: ${unexplained.join(', ')}.`]
            : []),
        ]
  if (outdated.length > 0)
    said.push(`The reason was written for another verdict; read it again: ${outdated.join(', ')}.`)
  if (isCut) said.push('A search was cut: what it did not decide stays as it was.')
  terminal.out(
    `${[...lineDifference(before, after), ...(after === before ? [] : ['']), ...said.flatMap((line) => folded(line, terminal.columns))].join('\n')}\n`,
  )
  return isCut ? EXIT.cut : EXIT.asExpected
}

/** The command line as commander reads it, made from the commands. */
import { Command as Parser } from 'commander'
import { printable } from '../modelling/printable.ts'
import { availability } from './commands/availability.ts'
import { capture } from './commands/capture.ts'
import { check } from './commands/check.ts'
import { design } from './commands/design.ts'
import { draw } from './commands/draw.ts'
import { explain } from './commands/explain.ts'
import { graph } from './commands/graph.ts'
import { hunt } from './commands/hunt.ts'
import { init } from './commands/init.ts'
import { list } from './commands/list.ts'
import { matrix } from './commands/matrix.ts'
import { merge } from './commands/merge.ts'
import { replay } from './commands/replay.ts'
import { schema } from './commands/schema.ts'
import { stability } from './commands/stability.ts'
import { validate } from './commands/validate.ts'
import type { RawOptions } from './options/arguments.ts'
import type { ArgumentUsage, Command } from './options/command.ts'
import { UsageError } from './process/errors.ts'
import type { ExitCode } from './process/exit-codes.ts'
import type { Terminal } from './process/terminal.ts'

/** The commands, in the order in which help lists them. */
export const COMMANDS: readonly Command[] = [
  matrix,
  check,
  design,
  stability,
  availability,
  validate,
  hunt,
  capture,
  replay,
  draw,
  graph,
  list,
  explain,
  init,
  merge,
  schema,
]

/** What the program does. */
export const ABOUT =
  'Finds every way in which a clustering scheme breaks IKEv2 or IPsec, by exhaustive search or random runs, and draws it.'

/** What exit codes say. */
export const EXITS = `Exit codes:
  0   every verdict is as expected
  1   a property is violated, a verdict, number or count is not the expected or declared one, or nothing was
      put to the test (--vacuity)
  2   the command line, a token or a file cannot be used, or a report cannot be written
  3   the model is not well formed
  4   the search was cut by a limit or an interrupt or kept bits only, and nothing worse was found
  70  an internal error`

/** Builds the parser; `finish` is told the exit code of the command that ran. */
export const programOf = (version: string, terminal: Terminal, finish: (code: ExitCode) => void): Parser => {
  const program = new Parser('clustercheck')
    .description(ABOUT)
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help, or that of a command')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText(
      'after',
      `\n${examplesText(COMMANDS.flatMap(({ examples }) => examples.slice(0, 1)))}\n\n${EXITS}`,
    )
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text),
      writeErr: (text) => terminal.err(text),
      getOutHelpWidth: () => terminal.columns,
      getErrHelpWidth: () => terminal.columns,
      outputError: (text, write) => write(errorText(text)),
    })
  for (const command of COMMANDS) {
    const { argument } = command
    const parser = program
      .command(command.name)
      .description(command.sentence)
      .allowExcessArguments(false)
      .addHelpText('after', `\n${examplesText(command.examples)}`)
    if (argument) parser.argument(operandOf(argument), argument.sentence)
    for (const { flags, sentence } of command.options) parser.option(flags, sentence)
    const repeated = repetitionsOf(parser)
    parser.action(async (...given: unknown[]) => {
      const [operand, options] = argument ? given : [undefined, ...given]
      repeated()
      const operands = operandsIn(operand)
      const [first = ''] = operands
      finish(await command.run({ argument: first, operands, options: options as RawOptions, terminal }))
    })
  }
  return program
}

/** Notes what options of a command are given; the function that is returned throws `UsageError` when they contradict. */
const repetitionsOf = (parser: Parser): (() => void) => {
  const seen = new Map<string, unknown>()
  const twice: string[] = []
  for (const option of parser.options)
    parser.on(`option:${option.name()}`, (value: unknown) => {
      const name = `--${option.name()}`
      const other = option.negate ? `--${option.attributeName()}` : `--no-${option.name()}`
      if (seen.has(other))
        twice.push(`${name} and ${other} contradict each other: only one of them can be given.`)
      else if (seen.has(name) && seen.get(name) !== value)
        twice.push(
          `${name} is given twice, as ${shown(seen.get(name))} and as ${shown(value)}: only one can hold.`,
        )
      seen.set(name, value)
    })
  return () => {
    const [problem] = twice
    if (problem !== undefined) throw new UsageError({ problem })
  }
}

const shown = (value: unknown): string => (typeof value === 'string' ? `'${printable(value)}'` : 'a flag')

const operandsIn = (operand: unknown): readonly string[] =>
  Array.isArray(operand) ? operand : typeof operand === 'string' ? [operand] : []

/** The argument of a command as usage shows it: `[NAME...]`. */
export const operandOf = ({ name, count }: ArgumentUsage): string =>
  count === 'optional'
    ? `[${name}]`
    : count === 'any'
      ? `[${name}...]`
      : count === 'several'
        ? `<${name}...>`
        : `<${name}>`

/** What commander calls an error, as a sentence. */
const errorText = (text: string): string => {
  const sentence = text.replace(/^error: /, '').trimEnd()
  return `${sentence[0]!.toUpperCase()}${sentence.slice(1)}\n`
}

const examplesText = (examples: readonly string[]): string =>
  ['Examples:', ...examples.map((example) => `  clustercheck ${example}`)].join('\n')

/** The command line as commander reads it, made from the commands. */
import { Command as Parser } from 'commander'
import type { RawOptions } from './arguments.ts'
import type { Command } from './command.ts'
import { check } from './commands/check.ts'
import { draw } from './commands/draw.ts'
import { explain } from './commands/explain.ts'
import { graph } from './commands/graph.ts'
import { list } from './commands/list.ts'
import { matrix } from './commands/matrix.ts'
import { replay } from './commands/replay.ts'
import type { ExitCode } from './exit-codes.ts'
import type { Terminal } from './terminal.ts'

const COMMANDS: readonly Command[] = [matrix, check, replay, draw, graph, list, explain]

const ABOUT =
  'Finds every way in which a clustering scheme breaks IKEv2 or IPsec, by exhaustive search, and draws it.'

const EXITS = `Exit codes:
  0   every verdict is as expected
  1   a property is violated, or a verdict, number or count is not the expected or declared one
  2   the command line, a token or a file cannot be used
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
    if (argument) parser.argument(`<${argument.name}>`, argument.sentence)
    for (const { flags, sentence } of command.options) parser.option(flags, sentence)
    parser.action(async (...given: unknown[]) => {
      const [text, options] = argument ? given : ['', ...given]
      finish(await command.run({ argument: text as string, options: options as RawOptions, terminal }))
    })
  }
  return program
}

/** What commander calls an error, as a sentence. */
const errorText = (text: string): string => {
  const sentence = text.replace(/^error: /, '').trimEnd()
  return `${sentence[0]!.toUpperCase()}${sentence.slice(1)}\n`
}

const examplesText = (examples: readonly string[]): string =>
  ['Examples:', ...examples.map((example) => `  clustercheck ${example}`)].join('\n')

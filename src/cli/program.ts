/** The command line as commander reads it, made from the commands. */
import { CommanderError, Command as Parser } from 'commander'
import { printable } from '../modelling/printable.ts'
import { COMMANDS, type ListedCommand } from './commands.ts'
import type { RawOptions } from './options/arguments.ts'
import type { ArgumentUsage, Command, OptionUsage, WholeCommand } from './options/command.ts'
import { UsageError } from './process/errors.ts'
import { EXIT, type ExitCode } from './process/exit-codes.ts'
import type { Terminal } from './process/terminal.ts'

/** What the program does. */
export const ABOUT =
  'Finds every way in which a clustering scheme breaks IKEv2 or IPsec, by exhaustive search or random runs, and draws it.'

/** What exit codes say. */
export const EXITS = `Exit codes:
  0   every verdict is as expected
  1   a property is violated, a verdict, number or count is not the expected or
      declared one, or nothing was put to the test (--vacuity)
  2   the command line, a token or a file cannot be used, or a report cannot be
      written
  3   the model is not well formed
  4   the search was cut by a limit or an interrupt or kept bits only, and
      nothing worse was found
  70  an internal error`

/** A command whose file was read. */
interface Loaded {
  readonly listed: ListedCommand
  readonly command: Command
}

/** The command that these arguments run, or ask for the help of; undefined when they name none. */
export const loadedFor = async (args: readonly string[]): Promise<Loaded | undefined> => {
  const [first, second] = args.filter((argument) => !argument.startsWith('-'))
  const name = first === 'help' ? second : first
  const listed = COMMANDS.find((command) => command.name === name)
  return listed && { listed, command: await listed.load() }
}

/** All commands, for what is made from them. */
export const wholeCommands = (): Promise<readonly WholeCommand[]> =>
  Promise.all(COMMANDS.map(async (listed) => ({ ...listed, ...(await listed.load()) })))

/**
 * Builds the parser, in which only one command can be run: the one that was loaded. `finish` is told the exit code of
 * the command that ran.
 */
export const programOf = (
  versionText: () => string,
  terminal: Terminal,
  loaded: Loaded | undefined,
  finish: (code: ExitCode) => void,
): Parser => {
  const program = new Parser('clustercheck')
    .description(ABOUT)
    .option('-V, --version', 'print the version and the build')
    .helpOption('-h, --help', 'print this help, or that of a command')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText(
      'after',
      `\n${examplesText(COMMANDS.flatMap(({ examples }) => examples.slice(0, 1)))}\n\n${EXITS}`,
    )
    // Which of them take options is known when their files are read.
    .configureHelp({ subcommandTerm: (of) => `${of.name()} ${of.usage().replace(/^\[options\] ?/, '')}` })
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text),
      writeErr: (text) => terminal.err(text),
      getOutHelpWidth: () => terminal.columns,
      getErrHelpWidth: () => terminal.columns,
      outputError: (text, write) => write(errorText(text)),
    })
  program.on('option:version', () => {
    terminal.out(versionText())
    throw new CommanderError(EXIT.asExpected, 'commander.version', '')
  })
  for (const listed of COMMANDS) {
    const { name, sentence, argument, examples } = listed
    const parser = program
      .command(name)
      .description(sentence)
      .allowExcessArguments(false)
      .addHelpText('after', `\n${examplesText(examples)}`)
    if (argument) parser.argument(operandOf(argument), argument.sentence)
    if (listed !== loaded?.listed) continue
    const { options, run } = loaded.command
    for (const { flags, sentence, repeats } of options)
      if (repeats)
        parser.option(flags, sentence, (value: string, before: unknown) =>
          typeof before === 'string' ? `${before}&${value}` : value,
        )
      else parser.option(flags, sentence)
    const repeated = repetitionsOf(parser, options)
    parser.action(async (...given: unknown[]) => {
      const [operand, options] = argument ? given : [undefined, ...given]
      repeated()
      const operands = operandsIn(operand)
      const [first = ''] = operands
      const commands = wholeCommands
      finish(await run({ argument: first, operands, options: options as RawOptions, terminal, commands }))
    })
  }
  return program
}

/** Notes what options of a command are given; the function that is returned throws `UsageError` when they contradict. */
const repetitionsOf = (parser: Parser, options: readonly OptionUsage[]): (() => void) => {
  const seen = new Map<string, unknown>()
  const twice: string[] = []
  const several = options.filter(({ repeats }) => repeats).map(({ flags }) => flags)
  for (const option of parser.options.filter(({ flags }) => !several.includes(flags)))
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

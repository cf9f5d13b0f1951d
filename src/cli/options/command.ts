/** The form of a command: a value with its options and what it does. Its name and sentence stand in the list of commands. */
import type { ExitCode } from '../process/exit-codes.ts'
import type { Terminal } from '../process/terminal.ts'
import type { RawOptions } from './arguments.ts'

/** One option of a command. */
export interface OptionUsage {
  /** As commander reads it: `--states <count>`. */
  readonly flags: string
  readonly sentence: string
  /** It may be given several times: its values are joined by &. */
  readonly repeats?: true
}

/** The positional argument of a command. */
export interface ArgumentUsage {
  readonly name: string
  readonly sentence: string
  /** One unless it says otherwise. */
  readonly count?: 'optional' | 'several' | 'any'
}

/** What a command is given. */
export interface Invocation {
  /** The first positional argument; the empty text when there is none. */
  readonly argument: string
  /** All of them. */
  readonly operands: readonly string[]
  readonly options: RawOptions
  readonly terminal: Terminal
  /** All commands, for what is made from them. */
  commands(): Promise<readonly WholeCommand[]>
}

/** A command of clustercheck. `More`: what it may be given beside. */
export interface Command<More = unknown> {
  readonly options: readonly OptionUsage[]
  run(invocation: Invocation & More): Promise<ExitCode>
}

/** A command with all that help says of it. */
export interface WholeCommand extends Command {
  readonly name: string
  readonly sentence: string
  readonly argument?: ArgumentUsage
  /** Command lines without the leading `clustercheck`. */
  readonly examples: readonly string[]
}

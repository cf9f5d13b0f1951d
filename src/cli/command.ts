/** The form of a command: a value with its name, its sentence, what it takes and what it does. */
import type { RawOptions } from './arguments.ts'
import type { ExitCode } from './exit-codes.ts'
import type { Terminal } from './terminal.ts'

/** One option of a command. */
export interface OptionUsage {
  /** As commander reads it: `--states <count>`. */
  readonly flags: string
  readonly sentence: string
}

/** What a command is given. */
export interface Invocation {
  /** The positional argument; the empty text when the command takes none. */
  readonly argument: string
  /** All of them, of a command that takes several. */
  readonly several: readonly string[]
  readonly options: RawOptions
  readonly terminal: Terminal
}

/** A command of clustercheck. */
export interface Command {
  readonly name: string
  readonly sentence: string
  readonly argument?: { readonly name: string; readonly sentence: string; readonly several?: true }
  readonly options: readonly OptionUsage[]
  /** Command lines without the leading `clustercheck`. */
  readonly examples: readonly string[]
  run(invocation: Invocation): Promise<ExitCode>
}

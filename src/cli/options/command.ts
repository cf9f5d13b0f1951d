/** The form of a command: a value with its name, its sentence, what it takes and what it does. */
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
}

/** A command of clustercheck. */
export interface Command {
  readonly name: string
  readonly sentence: string
  readonly argument?: ArgumentUsage
  readonly options: readonly OptionUsage[]
  /** Command lines without the leading `clustercheck`. */
  readonly examples: readonly string[]
  run(invocation: Invocation): Promise<ExitCode>
}

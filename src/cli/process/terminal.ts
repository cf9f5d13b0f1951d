/** Where a run writes: results to standard output, progress and diagnostics to standard error. */

import { printable, printableLines } from '../../modelling/printable.ts'
import { messageOf } from './errors.ts'

/** What is written: text, or commands of a workflow. */
export type Holds = 'text' | 'commands'

/** Text that can be shown: a workflow reads a command in a line that begins with two colons, or has a mark anywhere. */
export const harmless = (text: string): string =>
  printableLines(text)
    .replaceAll(/^(\s*):(?=:)/gm, '$1\\u003a')
    .replaceAll('##[', '#\\u0023[')

/** The two streams, and what they can show. */
export interface Terminal {
  /** Columns of a table on standard output. */
  readonly columns: number
  /** Whether standard output is a terminal. */
  readonly outIsTerminal: boolean
  /** Whether a live line can be shown on standard error. */
  readonly live: boolean
  /**
   * Text is made harmless: it moves no cursor, and no line of it is a command of a workflow, unless it is said to be
   * made of such commands.
   */
  out(text: string | Uint8Array, holds?: Holds): void
  /** Text that is made harmless and then painted, where colours are wanted: NO_COLOR, FORCE_COLOR, TERM. */
  painted(text: string, paint: (text: string) => string): void
  err(text: string, holds?: Holds): void
  /** Replaces the live line; the empty text removes it. */
  line(text: string): void
}

const made = (text: string, holds: Holds = 'text'): string =>
  holds === 'commands' ? printableLines(text) : harmless(text)

const wantsColours = ({ NO_COLOR, FORCE_COLOR, TERM }: NodeJS.ProcessEnv, isTerminal: boolean): boolean =>
  FORCE_COLOR ? FORCE_COLOR !== '0' : isTerminal && !NO_COLOR && TERM !== 'dumb'

/** Columns where no terminal says how many it has; some say 0. */
const COLUMNS = 120

/**
 * The terminal of this process. A reader that closes its end (`| head`) is no error; `onBroken` is told once of any
 * other reason why not all could be written.
 */
export const processTerminal = (onBroken: () => void): Terminal => {
  const { stdout, stderr, env } = process
  let isBroken = false
  for (const stream of [stdout, stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE' || isBroken) return
      isBroken = true
      if (stream === stdout) stderr.write(`Standard output cannot be written: ${messageOf(error)}.\n`)
      onBroken()
    })
  let shown = ''
  const line = (text: string): void => {
    if (!stderr.isTTY || text === shown) return
    stderr.write(`\r\x1b[2K${printable(text).slice(0, Math.max(0, (stderr.columns || 80) - 1))}`)
    shown = text
  }
  const withoutLine = (write: () => void): void => {
    const before = shown
    line('')
    write()
    line(before)
  }
  const wished = Number(env.COLUMNS)
  return {
    columns: Number.isInteger(wished) && wished >= 40 ? wished : stdout.columns || COLUMNS,
    outIsTerminal: stdout.isTTY === true,
    live: stderr.isTTY === true,
    out: (text, holds) =>
      withoutLine(() => void stdout.write(typeof text === 'string' ? made(text, holds) : text)),
    painted: (text, paint) =>
      withoutLine(
        () => void stdout.write(wantsColours(env, stdout.isTTY) ? paint(harmless(text)) : harmless(text)),
      ),
    err: (text, holds) => withoutLine(() => void stderr.write(made(text, holds))),
    line,
  }
}

/** Where a run writes: results to standard output, progress and diagnostics to standard error. */

import { messageOf } from './errors.ts'

/** The two streams, and what they can show. */
export interface Terminal {
  /** Columns of a table on standard output. */
  readonly columns: number
  /** Whether standard output is a terminal. */
  readonly outIsTerminal: boolean
  /** Whether a live line can be shown on standard error. */
  readonly live: boolean
  out(text: string | Uint8Array): void
  err(text: string): void
  /** Replaces the live line; the empty text removes it. */
  line(text: string): void
}

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
    stderr.write(`\r\x1b[2K${text.slice(0, Math.max(0, (stderr.columns || 80) - 1))}`)
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
    out: (text) => withoutLine(() => void stdout.write(text)),
    err: (text) => withoutLine(() => void stderr.write(text)),
    line,
  }
}

/** Ends the process where something keeps it that cannot be ended otherwise, such as a connection that waits for its server. */
import type { ExitCode } from './exit-codes.ts'

let isMeant = false

/** Whether the end of the process is meant, and no closure of a model has brought it about. */
export const leaves = (): boolean => isMeant

export const leave = (code: ExitCode): never => {
  isMeant = true
  process.exit(code)
}

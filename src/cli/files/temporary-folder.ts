/** Folders for files that end with this process. */
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { printable } from '../../modelling/printable.ts'
import { messageOf, UsageError } from '../process/errors.ts'

/** A folder that goes with this process; those of processes that were killed are removed. */
export const temporaryFolder = (): string => {
  const folder = madeIn(tmpdir())
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const madeIn = (path: string): string => {
  try {
    const root = realpathSync(path)
    sweep(root)
    return mkdtempSync(join(root, `clustercheck-${HOST}-${process.pid}-`))
  } catch (thrown) {
    throw new UsageError({
      problem: `No file can be made in ${printable(path)}, the folder for temporary files: ${messageOf(thrown)}.`,
      hint: 'TMPDIR names another one',
    })
  }
}

/** Where a number of a process means something: the folder may be shared with other machines or containers. */
const HOST = createHash('sha256').update(hostname()).digest('hex').slice(0, 8)

const sweep = (root: string): void => {
  for (const name of readdirSync(root)) {
    const [, host, pid] = /^clustercheck-([0-9a-f]{8})-(\d+)-\w{6}$/.exec(name) ?? []
    if (host !== HOST || isRunning(Number(pid))) continue
    try {
      rmSync(join(root, name), { recursive: true, force: true })
    } catch {
      // It belongs to somebody else.
    }
  }
}

/** Whether there is a process with this number, whosever it is. */
const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

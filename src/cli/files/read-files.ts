/** Tells the process that watches this one which files a run was made from. */
import { resolve } from 'node:path'

/** Set by `clustercheck check --watch` for the runs that it starts. */
export const WATCHED = 'CLUSTERCHECK_WATCHED'

/** Says that what a run comes to depends on this file; nothing where nobody watches. */
export const noteRead = (path: string): void => {
  if (process.env[WATCHED] !== undefined && process.connected) process.send?.({ read: resolve(path) })
}

/** The modules of this package: its sources in a clone, what they were built into elsewhere. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** The paths of all modules in a folder and below it, declarations of types aside; none where there is no such folder. */
export const modulesBelow = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((path) => /(?<!\.d)\.[jt]s$/.test(path))
        .sort()
        .map((path) => join(folder, path))
    : []

/** The files of what is declared: read, checked against their schemas, and written with one line of text for each line. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { textOf } from '../../../properties/declared/snapshot.ts'
import { checkerOf, readJson } from '../files/json.ts'

/** The folder of the files, in the repository and not in the build: npm runs scripts at the root. */
const FOLDER = 'properties/declared'

/** A file of lines, each about one scheme. */
export interface LinesFile<Line extends { readonly scheme: string }> {
  readonly $schema: string
  readonly lines: readonly Line[]
}

/** Throws what is wrong with a file of a name, which its schema describes. */
const validated = <T extends { readonly $schema: string }>(name: string, file: T): T => {
  const problem = checkerOf(readJson(join(FOLDER, file.$schema)) as object)(file)
  if (problem) throw new Error(`${join(FOLDER, name)}: ${problem}.`)
  return file
}

export const read = <T extends { readonly $schema: string }>(name: string): T =>
  validated(name, readJson(join(FOLDER, name)) as T)

export const write = <Line extends { readonly scheme: string }>(name: string, file: LinesFile<Line>): void =>
  writeFileSync(join(FOLDER, name), textOf(validated(name, file)))

/** Puts the lines of some schemes into a file; those of other schemes stay, and new schemes come last. */
export const replaceLines = <Line extends { readonly scheme: string }>(
  name: string,
  found: readonly Line[],
): void => {
  const before = read<LinesFile<Line>>(name)
  const schemes = [...new Set([...before.lines, ...found].map(({ scheme }) => scheme))]
  const lines = schemes.flatMap((scheme) => {
    const own = (lines: readonly Line[]) => lines.filter((line) => line.scheme === scheme)
    return own(found).length > 0 ? own(found) : own(before.lines)
  })
  write(name, { ...before, lines })
}

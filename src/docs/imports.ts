/** What the files of the project import of each other, read off their text. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

/** An import of one file by another; both paths are from the root. */
export interface Import {
  readonly from: string
  readonly to: string
}

/** Files with code, tests aside, by their paths from the root. */
export const codeFiles = (root: string): readonly string[] =>
  ['src', 'model', 'properties']
    .flatMap((top) =>
      readdirSync(join(root, top), { recursive: true, encoding: 'utf8' }).map((path) => `${top}/${path}`),
    )
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.test.ts') && !path.includes('/planted-'))
    .sort()

/** All imports between files of the project, of types too. */
export const importsIn = (root: string, files: readonly string[]): readonly Import[] =>
  files.flatMap((from) =>
    [
      ...readFileSync(join(root, from), 'utf8').matchAll(
        /(?:\bfrom|\bimport\(|\bimport)\s*'(\.[^']+\.tsx?)'/g,
      ),
    ].map(([, path]): Import => ({ from, to: normalize(join(dirname(from), path!)) })),
  )

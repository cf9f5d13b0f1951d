/** What became of mutants, kept from one run to the next. */
import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { RESULTS, ROOT } from './places.mjs'

const hashOf = (text) => createHash('sha256').update(text).digest('hex').slice(0, 16)
const hashOfFile = (file) => hashOf(readFileSync(join(ROOT, file)))

/** Of all code and tests: a mutant that survived may be noticed by any change of them. */
const hashOfTree = () =>
  hashOf(
    ['src', 'model', 'properties', 'mutation/vitest.config.ts']
      .flatMap((top) =>
        top.endsWith('.ts')
          ? [top]
          : readdirSync(join(ROOT, top), { recursive: true, encoding: 'utf8' }).map(
              (path) => `${top}/${path}`,
            ),
      )
      .filter((path) => path.endsWith('.ts'))
      .sort()
      .map((path) => path + hashOfFile(path))
      .join(),
  )

let tree
/** Keeps one result. */
export const keep = (key, file, status, why) => {
  tree ??= hashOfTree()
  appendFileSync(
    join(ROOT, RESULTS),
    `${JSON.stringify({ key, file, status, why, hash: hashOfFile(file), tree })}\n`,
  )
}

/** The results that still count: of a file that has not changed, and of an unchanged tree if the mutant was not noticed. */
export const knownResults = (mutants) => {
  const known = new Map()
  if (!existsSync(join(ROOT, RESULTS))) return known
  const now = hashOfTree()
  const wanted = new Map(mutants.map(({ key, file }) => [key, file]))
  const hashes = new Map([...new Set(wanted.values())].map((file) => [file, hashOfFile(file)]))
  for (const line of readFileSync(join(ROOT, RESULTS), 'utf8').split('\n').filter(Boolean)) {
    const result = JSON.parse(line)
    const counts = hashes.get(wanted.get(result.key)) === result.hash
    if (counts && (result.status === 'Killed' || result.tree === now)) known.set(result.key, result)
  }
  return known
}

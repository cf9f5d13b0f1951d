/** Which files are mutated, and which of their mutants are chosen. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, normalize, relative } from 'node:path'
import { ROOT } from './places.mjs'

const FOLDERS = ['model', 'src/modelling', 'src/search', 'src/state']
const isSource = (path) => path.endsWith('.ts') && !path.endsWith('.test.ts')

const filesIn = (path) =>
  statSync(join(ROOT, path)).isDirectory()
    ? readdirSync(join(ROOT, path)).flatMap((name) => filesIn(`${path}/${name}`))
    : [path]

/** The files of these paths, or of all folders. */
export const filesOf = (paths) => {
  for (const path of paths)
    if (!existsSync(join(ROOT, path))) throw new Error(`There is no ${JSON.stringify(path)}.`)
  const inside = paths.map((path) => normalize(relative(ROOT, join(ROOT, path))).replace(/\/$/, ''))
  for (const path of inside)
    if (!FOLDERS.some((folder) => `${path}/`.startsWith(`${folder}/`)))
      throw new Error(`${JSON.stringify(path)} is not mutated: what is lies in ${FOLDERS.join(', ')}.`)
  const files = [...new Set((inside.length === 0 ? FOLDERS : inside).flatMap(filesIn))]
    .filter(isSource)
    .sort()
  if (files.length === 0) throw new Error(`No file of ${paths.join(', ')} is mutated: tests are not.`)
  return files
}

/** A larger sample of the same seed contains the smaller one. */
export const sampleOf = (mutants, size, seed) => {
  const place = ({ key }) => createHash('sha256').update(`${seed} ${key}`).digest('hex')
  return mutants
    .map((mutant) => [place(mutant), mutant])
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, size)
    .map(([, mutant]) => mutant)
}

/**
 * The program text that orders a class by its columns. The column of an identity is all that a state says of it: the
 * slots of its records, its bits in sets, whether an id is it. Columns are sorted by insertion, for a successor of a
 * sorted state is nearly sorted, and written back. Equal columns say the same, so it does not matter which of them
 * comes first: the sorted state is the same for every state of the orbit.
 */
import type { Source } from '../../state/codegen/source.ts'
import { Columns } from './columns.ts'
import type { Parts } from './parts.ts'

/** Adds a function `name`() that brings the identities of class `k` into canonical order. */
export const addSort = (source: Source, name: string, k: number, parts: Parts): void => {
  const size = parts.numbering.classes[k]!.length
  const first = parts.numbering.first[k]!
  const columns = new Columns(source, parts, k)
  const width = columns.words
  const words = Array.from({ length: width }, (_, i) => i)
  const differ = (i: number): string =>
    `if (R[m * WIDTH + ${i}] !== R[n * WIDTH + ${i}]) return R[m * WIDTH + ${i}] > R[n * WIDTH + ${i}]`
  source.add(
    `const ${name}Rows = new Int32Array(${size * width})
function ${name}Above(m, n) {
  const R = ${name}Rows
  ${words.map(differ).join('\n  ')}
  return false
}
function ${name}() {
  const R = ${name}Rows
  ${columns.before()}
  for (let x = 0; x < ${size}; x++) {
    ${words.map((i) => `R[x * WIDTH + ${i}] = ${columns.wordText(i)}`).join('\n    ')}
  }
  let n = 1
  while (n < ${size} && !${name}Above(n - 1, n)) n++
  if (n === ${size}) return
  for (let x = 0; x < ${size}; x++) ORDER[x] = x
  for (; n < ${size}; n++) {
    let p = n
    while (p > 0 && ${name}Above(ORDER[p - 1], n)) { ORDER[p] = ORDER[p - 1]; p-- }
    ORDER[p] = n
  }
  for (let x = 0; x < ${size}; x++) {
    const r = ORDER[x]
    PLACE[r] = x
    WENT[${first} + r] = ${first} + x
    ${columns.writeOwn()}
  }
  ${columns.writeNames()}
}`.replaceAll('WIDTH', String(width)),
  )
}

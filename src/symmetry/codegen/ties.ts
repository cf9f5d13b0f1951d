/**
 * The program text that orders classes whose identities the state relates to one another. Refining splits identities
 * by a hash of what the state says of them, with related identities by their colours, until nothing more is told
 * apart. Then every order of those left tied is tried, and the least vector of slots is the representative. Of
 * twins, identities whose exchange changes nothing, one is tried for all.
 *
 * The hash only guides: it depends on colours, not on names, so states of one orbit are split alike, and identities
 * that it fails to tell apart are tried in every order. This is nauty's scheme in its simplest form.
 */
import type { Source } from '../../state/codegen/source.ts'
import type { Related } from '../identities/plan.ts'
import type { Position } from '../identities/positions.ts'
import { colouringText } from './colours.ts'
import { addImage } from './image.ts'
import type { Parts } from './parts.ts'
import { putText } from './put.ts'

/** Adds a function `name`() that brings the identities of related classes into canonical order. */
export const addTies = (source: Source, name: string, related: Related, parts: Parts): void => {
  const { layout, numbering, tables } = parts
  const { classes, positions } = related
  const members = classes.flatMap((k) => numbering.classes[k]!.map((_, x) => numbering.first[k]! + x))
  const starts = classes.flatMap((k) => {
    const start = members.indexOf(numbering.first[k]!)
    return numbering.classes[k]!.map(() => start)
  })
  const size = members.length
  const slots = slotsOf(positions)
  const puts = (['table', 'bits', 'mixed'] as const).flatMap((hash) => {
    const some = slots.filter((slot) => layout.slots[slot]!.hash === hash && layout.slots[slot]!.bits > 0)
    if (some.length === 0) return []
    const at = `${tables.of(some)}[k]`
    return [`for (let k = 0; k < ${some.length}; k++) ${putText(hash, at, `${name}Best[${at}]`)}`]
  })
  addImage(source, `${name}Image`, positions, numbering, tables)
  source.add(
    `
const ${name}Label = new Int32Array(${size}), ${name}Twin = new Int32Array(${numbering.names.length})
const ${name}Labels = new Int32Array(${size * size}), ${name}Colours = new Int32Array(${size * size})
const ${name}Best = new Int32Array(${layout.slots.length})
let ${name}Leaves = 0
/** Splits the identities of one colour by their keys until no colour splits. A colour is the place of its first identity. */
function ${name}Refine() {
  const L = ${name}Label
  for (;;) {
    for (let i = 0; i < ${size}; i++) KEY[L[i]] = 0
    ${colouringText(source, positions, parts)}
    let split = false
    for (let i = 0, end = 0; i < ${size}; i = end) {
      for (end = i + 1; end < ${size} && COLOUR[L[end]] === i;) end++
      for (let j = i + 1; j < end; j++) {
        const a = L[j]
        let p = j
        while (p > i && KEY[L[p - 1]] > KEY[a]) { L[p] = L[p - 1]; p-- }
        L[p] = a
      }
      for (let j = i + 1, start = i; j < end; j++) {
        if (KEY[L[j]] !== KEY[L[j - 1]]) { start = j; split = true }
        COLOUR[L[j]] = start
      }
    }
    if (!split) return
  }
}
/** Whether the exchange of two identities changes nothing. */
function ${name}Alike(a, b) {
  TO[a] = b
  TO[b] = a
  ${name}Image(TO)
  TO[a] = a
  TO[b] = b
  for (let k = 0; k < ${slots.length}; k++) if (V[SLOTLIST[k]] !== S[SLOTLIST[k]]) return false
  return true
}
/** Being twins is an equivalence; each identity is given the first of its twins. */
function ${name}Twins() {
  const L = ${name}Label, T = ${name}Twin
  for (let i = 0; i < ${size}; i++) {
    const a = L[i]
    T[a] = a
    for (let j = i - 1; j >= 0 && COLOUR[L[j]] === COLOUR[a]; j--) {
      const b = L[j]
      if (T[b] === b && ${name}Alike(a, b)) { T[a] = b; break }
    }
  }
}
/** Every order of the identities that have one colour. */
function ${name}Descend(depth) {
  const L = ${name}Label, T = ${name}Twin
  let first = -1, last = -1
  for (let i = 0, end = 0; i < ${size}; i = end) {
    let twins = true
    for (end = i + 1; end < ${size} && COLOUR[L[end]] === i; end++) if (T[L[end]] !== T[L[i]]) twins = false
    if (twins) for (let j = i; j < end; j++) COLOUR[L[j]] = j
    else if (first < 0) { first = i; last = end }
  }
  if (first < 0) { ${name}Leaf(); return }
  const from = depth * ${size}
  for (let i = 0; i < ${size}; i++) { ${name}Labels[from + i] = L[i]; ${name}Colours[from + i] = COLOUR[L[i]] }
  for (let j = first; j < last; j++) {
    let known = false
    for (let i = first; i < j; i++) if (T[${name}Labels[from + i]] === T[${name}Labels[from + j]]) known = true
    if (known) continue
    for (let i = 0; i < ${size}; i++) { L[i] = ${name}Labels[from + i]; COLOUR[L[i]] = ${name}Colours[from + i] }
    const a = L[j]
    L[j] = L[first]
    L[first] = a
    for (let i = first + 1; i < last; i++) COLOUR[L[i]] = first + 1
    ${name}Refine()
    ${name}Descend(depth + 1)
  }
}
/** One order: kept when its vector of slots is the least so far. */
function ${name}Leaf() {
  const L = ${name}Label
  for (let i = 0; i < ${size}; i++) TO[L[i]] = MEMBERS[i]
  ${name}Image(TO)
  let less = ${name}Leaves === 0
  for (let k = 0; !less && k < ${slots.length}; k++) {
    const s = SLOTLIST[k]
    if (V[s] > ${name}Best[s]) return
    less = V[s] < ${name}Best[s]
  }
  if (!less) return
  ${name}Leaves++
  for (let k = 0; k < ${slots.length}; k++) ${name}Best[SLOTLIST[k]] = V[SLOTLIST[k]]
  for (let i = 0; i < ${size}; i++) WENT[L[i]] = MEMBERS[i]
}
function ${name}() {
  const L = ${name}Label
  for (let i = 0; i < ${size}; i++) { L[i] = MEMBERS[i]; COLOUR[MEMBERS[i]] = STARTS[i] }
  ${name}Refine()
  ${name}Twins()
  ${name}Leaves = 0
  ${name}Descend(0)
  for (let i = 0; i < ${size}; i++) TO[MEMBERS[i]] = MEMBERS[i]
  ${puts.join('\n  ')}
}`
      .replaceAll('SLOTLIST', tables.of(slots))
      .replaceAll('MEMBERS', tables.of(members))
      .replaceAll('STARTS', tables.of(starts)),
  )
}

/** Every slot of some positions. */
export const slotsOf = (positions: readonly Position[]): readonly number[] => [
  ...new Set(
    positions.flatMap(({ at, places, stride }) =>
      at.flatMap((slot) => Array.from({ length: places * stride }, (_, s) => slot + s)),
    ),
  ),
]

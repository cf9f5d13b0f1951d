/**
 * The program text that brings the state in the slots to the representative of its orbit: canon(), by ordinary writes,
 * so that the hash follows and undo() takes it back together with the effect.
 */

import type { Source } from '../../state/codegen/source.ts'
import type { Layout } from '../../state/layout.ts'
import { classesOf, type Plan } from '../identities/plan.ts'
import { stirText } from './colours.ts'
import { addImage, Tables } from './image.ts'
import type { Parts } from './parts.ts'
import { putBitsText } from './put.ts'
import { addSort } from './sort.ts'
import { addTies, slotsOf } from './ties.ts'

/**
 * Adds image(TO), which puts the image of the whole state into V, and canon(), after which WENT[i] is whose place
 * identity i has taken. The text must define `from`, less than 0 while there is no state before: otherwise only what
 * the log of writes shows to be touched since a representative is looked at.
 */
export const addCanon = (source: Source, layout: Layout, plan: Plan): void => {
  const { numbering, positions, sorted, related } = plan
  const tables = new Tables(source, numbering)
  const parts: Parts = { layout, numbering, positions, tables }
  const count = numbering.names.length
  source.add(
    `const V = new Int32Array(SLOTS), TO = new Int32Array(${count}), WENT = new Int32Array(${count})`,
    `const ORDER = new Int32Array(${count}), PLACE = new Int32Array(${count})`,
    `const KEY = new Int32Array(${count}), COLOUR = new Int32Array(${count})`,
    `for (let i = 0; i < ${count}; i++) TO[i] = WENT[i] = i`,
    putBitsText,
    stirText,
  )
  addImage(source, 'imageOfPositions', positions, numbering, tables)
  const pieces = [
    ...sorted.map((k) => {
      const name = source.name('sort')
      addSort(source, name, k, parts)
      return { name, about: positions.filter((position) => classesOf(position, numbering).includes(k)) }
    }),
    ...related.map((group) => {
      const name = source.name('ties')
      addTies(source, name, group, parts)
      return { name, about: group.positions }
    }),
  ]
  const touches = new Int32Array(layout.slots.length)
  // More pieces than bits: the last ones share one.
  const bitOf = (piece: number): number => 1 << Math.min(piece, 30)
  pieces.forEach(({ about }, i) => {
    for (const slot of slotsOf(about)) touches[slot]! |= bitOf(i)
  })
  source.let('TOUCHES', touches)
  source.add(`
function image(moves) {
  V.set(S)
  imageOfPositions(moves)
}
function canon() {
  let touched = -1
  if (from >= 0) {
    touched = 0
    for (let k = 0; k < logN; k++) touched |= TOUCHES[logSlot[k]]
  }
  ${pieces.map(({ name }, i) => `if ((touched & ${bitOf(i)}) !== 0) ${name}()`).join('\n  ')}
}`)
}

/**
 * The program text that turns a state into the pair of words under which the visited set knows it: a fingerprint of 64
 * bits, or words that no other state has.
 */
import type { Model } from '../../../modelling/model.ts'
import type { PackedNames } from '../../../state/codegen/packed.ts'
import { keepsEdges } from '../storage/links.ts'
import type { TableShape } from '../storage/table.ts'
import { CHANGE } from './change-layout.ts'

/** How states are told apart. A state of at most two words is its own pair; larger ones are folded to one. */
export type Keying = 'fingerprint' | 'words' | 'tree'

/** Whether whole states are compared: always, never, or where that costs nothing. */
export type Exactness = boolean | 'free'

/** The keying of an engine. */
export const keyingOf = (exact: Exactness, { words }: Pick<PackedNames, 'words'>): Keying => {
  if (words <= 2) return exact === false ? 'fingerprint' : 'words'
  return exact === true ? 'tree' : 'fingerprint'
}

/** The shape of the visited set of a model. */
export const visitedShape = (model: Model, keying: Keying): Omit<TableShape, 'shared'> => ({
  hashing: keying === 'fingerprint' ? 'first' : 'mixed',
  numbered: keepsEdges(model),
})

/** Words in which a state waits to be expanded: those of the packed state, and its hash where that is its key. */
export const storedWords = (words: number, keying: Keying): number =>
  keying === 'fingerprint' ? words + 2 : words

/** Pieces of the text of a keying. */
export interface KeyText {
  /** Puts the key of the state whose words and what follows them stand in `A` from `p` on into k0 and k1. */
  readonly own: string
  /**
   * Declares the pair, a and b, of a successor by the change at place l of L. Neither is zero, or both are: then the state is
   * new, or its parts would be known.
   */
  readonly pair: string
}

/** Sign bits are clear in packed words, so setting them keeps words apart and none is zero. */
export const PRESENT = 0x8000_0000 | 0

/** The text for a keying; `fingerprint` declares a and b from the lanes of a hash, x and y. */
export const keyText = (
  keying: Keying,
  { words }: Pick<PackedNames, 'words'>,
  fingerprint = 'const a = x === 0 ? 1 : x, b = y === 0 ? 1 : y',
): KeyText => {
  const [a, b] = [`L[l + ${CHANGE.a}]`, `L[l + ${CHANGE.b}]`]
  if (keying === 'fingerprint')
    return {
      own: `k0 = A[p + ${words}]; k1 = A[p + ${words + 1}]`,
      pair: `const x = k0 ^ ${a}, y = k1 ^ ${b}\n  ${fingerprint}`,
    }
  if (keying === 'words')
    return {
      own: `k0 = A[p]; k1 = ${words > 1 ? 'A[p + 1]' : '0'}`,
      pair: `const a = (k0 ^ ${a}) | ${PRESENT}, b = (k1 ^ ${b}) | ${PRESENT}`,
    }
  return {
    own: '',
    pair: `foldBegin()
  for (let q = l + ${CHANGE.words}, end = q + 2 * L[l + ${CHANGE.count}]; q < end; q += 2) foldWrite(L[q], L[q + 1])
  foldEnd()
  const a = foldA, b = foldB`,
  }
}

/**
 * The program text that turns a state into the pair of words under which the visited set knows it: a fingerprint of 64
 * bits, or words that no other state has.
 */
import type { Model } from '../../modelling/model.ts'
import type { PackedNames } from '../../state/packed-source.ts'
import type { Source } from '../../state/source.ts'
import { keepsEdges } from './links.ts'
import type { TableShape } from './table.ts'

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

/** Pieces of the text of `successor`, which takes an effect back. */
export interface KeyText {
  /** Before the writes are taken back. */
  readonly begin: string
  /** For each write: slot `i` goes from `now` back to `old`. */
  readonly write: string
  /** Declares the pair, a and b. Neither is zero, or both are: then the state is new, or its parts would be known. */
  readonly end: string
}

/** Sign bits are clear in packed words, so setting them keeps words apart and none is zero. */
export const PRESENT = 0x8000_0000 | 0

/** The text for a keying. */
export const keyText = (source: Source, keying: Keying, { words, wordOf, shiftOf }: PackedNames): KeyText => {
  if (keying === 'fingerprint')
    return { begin: '', write: '', end: 'const a = lo === 0 ? 1 : lo, b = hi === 0 ? 1 : hi' }
  source.let('WORD_OF', wordOf)
  source.let('SHIFT_OF', shiftOf)
  source.add(`const X = new Int32Array(${Math.max(2, words)})`)
  if (keying === 'words')
    return {
      begin: Array.from({ length: words }, (_, w) => `X[${w}] = WORDS[${w}]`).join('; '),
      write: 'X[WORD_OF[i]] ^= (now ^ old) << SHIFT_OF[i]',
      end: `const a = X[0] | ${PRESENT}, b = X[1] | ${PRESENT}`,
    }
  return {
    begin: 'foldBegin()',
    write: 'foldWrite(WORD_OF[i], (now ^ old) << SHIFT_OF[i])',
    end: 'foldEnd()\n  const a = foldA, b = foldB',
  }
}

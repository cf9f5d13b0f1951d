/**
 * The program text that folds a state of many words to a pair, exactly: neighbouring words are replaced by the number
 * of their pair, these numbers again, until two are left (tree compression, Laarman, van de Pol and Weber, 2011).
 * Few pairs occur, since few parts of a state change in a step, and only those above a changed word are looked up.
 */
import type { Source } from '../../../state/codegen/source.ts'
import { type Table, type TableShape, tableText } from '../storage/table.ts'
import { PRESENT } from './keys.ts'

/** The shape of the tables of pairs. */
export const PAIRS: Omit<TableShape, 'shared'> = { hashing: 'mixed', numbered: true }

/** Nodes above words 0 to `words` - 1: node k has number words + k and comes after its children. */
interface Tree {
  readonly left: Int32Array
  readonly right: Int32Array
  /** The node above each word and node, without `words`; -1 for the two at the top. */
  readonly up: Int32Array
  readonly top: readonly [number, number]
}

const treeOf = (words: number): Tree => {
  const left: number[] = []
  const right: number[] = []
  const up: number[] = []
  let level = Array.from({ length: words }, (_, w) => w)
  while (level.length > 2) {
    const next: number[] = []
    for (let i = 0; i + 1 < level.length; i += 2) {
      up[level[i]!] = left.length
      up[level[i + 1]!] = left.length
      next.push(words + left.length)
      left.push(level[i]!)
      right.push(level[i + 1]!)
    }
    if (level.length % 2 === 1) next.push(level.at(-1)!)
    level = next
  }
  for (const ref of level) up[ref] = -1
  return {
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    up: Int32Array.from(up),
    top: [level[0]!, level[1]!],
  }
}

/** Adds foldParent(), foldBegin(), foldWrite(), foldEnd() and, in a thread that stores states, foldIn(). */
export const addTree = (
  source: Source,
  words: number,
  pairs: Table,
  shared: boolean,
  admits: boolean,
): void => {
  const table = tableText(source, 'pairs', pairs, { ...PAIRS, shared })
  const { left, right, up, top } = treeOf(words)
  const nodes = left.length
  source.let('LEFT', left)
  source.let('RIGHT', right)
  source.let('UP', up)
  const node = (name: string, otherwise: string): string => `
function ${name}(l, r) {
  const a = l | ${PRESENT}, b = r | ${PRESENT}, h = ${table.hash('a', 'b')}
  let g = 0, T, p = 0, there = 0
  ${table.find}
  if (${table.found}) return ${table.number}
  ${otherwise}
}`
  source.add(
    `
const OWN = new Int32Array(${words + nodes}), FOLDS = new Int32Array(${words + nodes}), STAMP = new Int32Array(${words + nodes})
const CHANGED = new Int32Array(${words}), DUE = new Int32Array(${(nodes >> 5) + 1})
let stamp = 0, changed = 0, folded = false, foldA = 0, foldB = 0
/** The number of a pair, 0 when it is not known. */
${node('pairOf', 'return 0')}
${
  admits
    ? `let pairCount = 0
${node(
  'pairIn',
  `pairCount++
  ${table.claim('pairCount')}
  return pairCount`,
)}
const ALL = new Int32Array(${words + nodes})
/** Folds the words of A from index o, which are all of a state, and numbers the pairs that are new. */
function foldIn(A, o) {
  for (let w = 0; w < ${words}; w++) ALL[w] = A[o + w]
  for (let k = 0; k < ${nodes}; k++) ALL[${words} + k] = pairIn(ALL[LEFT[k]], ALL[RIGHT[k]])
  foldA = ALL[${top[0]}] | ${PRESENT}
  foldB = ALL[${top[1]}] | ${PRESENT}
}`
    : ''
}
/** Marks what lies above a word or node as due. */
function raise(ref) {
  const k = UP[ref]
  if (k >= 0) DUE[k >> 5] |= 1 << (k & 31)
}
/** Folds the state whose successors come next. */
function foldParent() {
  for (let w = 0; w < ${words}; w++)
    if (OWN[w] !== W[w] || !folded) {
      OWN[w] = W[w]
      raise(w)
    }
  folded = true
  for (let i = 0; i < DUE.length; i++)
    while (DUE[i] !== 0) {
      const k = (i << 5) + 31 - Math.clz32(DUE[i] & -DUE[i])
      DUE[i] &= DUE[i] - 1
      const own = ${admits ? 'pairIn' : 'pairOf'}(OWN[LEFT[k]], OWN[RIGHT[k]])
      // Not known here yet: nothing can be said of successors.
      if (own === 0) folded = false
      OWN[${words} + k] = own
      raise(${words} + k)
    }
}
function foldBegin() {
  // What stamps are kept in holds no larger one.
  if (stamp === 2147483647) {
    STAMP.fill(0)
    stamp = 0
  }
  stamp++
  changed = 0
}
function foldWrite(w, change) {
  if (STAMP[w] !== stamp) {
    STAMP[w] = stamp
    FOLDS[w] = OWN[w]
    CHANGED[changed++] = w
  }
  FOLDS[w] ^= change
}
/** Leaves the pair of the successor in foldA and foldB; foldB is 0 when a pair in it is not known. */
function foldEnd() {
  foldA = 0
  foldB = 0
  if (!folded) return
  for (let i = 0; i < changed; i++) if (FOLDS[CHANGED[i]] !== OWN[CHANGED[i]]) raise(CHANGED[i])
  for (let i = 0; i < DUE.length; i++)
    while (DUE[i] !== 0) {
      const k = (i << 5) + 31 - Math.clz32(DUE[i] & -DUE[i]), l = LEFT[k], r = RIGHT[k]
      DUE[i] &= DUE[i] - 1
      const next = pairOf(STAMP[l] === stamp ? FOLDS[l] : OWN[l], STAMP[r] === stamp ? FOLDS[r] : OWN[r])
      if (next === 0) {
        DUE.fill(0)
        return
      }
      STAMP[${words} + k] = stamp
      FOLDS[${words} + k] = next
      raise(${words} + k)
    }
  foldA = (STAMP[${top[0]}] === stamp ? FOLDS[${top[0]}] : OWN[${top[0]}]) | ${PRESENT}
  foldB = (STAMP[${top[1]}] === stamp ? FOLDS[${top[1]}] : OWN[${top[1]}]) | ${PRESENT}
}`,
  )
}

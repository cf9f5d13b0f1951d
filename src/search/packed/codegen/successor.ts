/**
 * The program text that looks successors up: all of a state together, because the processor can fetch many places of a
 * large table in the time in which it fetches one. A successor is the state and a change; only a new one is written out.
 */
import type { Source } from '../../../state/codegen/source.ts'
import { type KeyText, storedWords } from './keys.ts'
import { CHANGE, longestChange } from './recall.ts'
import { newText, type Storing, storingText } from './storing.ts'

/**
 * States that were looked up last, each in place of an older one, in half of a processor's cache: steps that commute lead to
 * the same state from states that are expanded one soon after the other.
 */
const LATELY = 1 << 14

/**
 * Adds successor(), which is told of each instance taken and its change, and resolve(), after the last one of a state, or when
 * so many are `together`.
 */
export const successorText = (source: Source, key: KeyText, together: number, storing: Storing): void => {
  const { table, edges, loops, names, keying } = storing
  const { words } = names
  source.add(
    storingText(storing),
    `
const A = new Int32Array(${together}), B = new Int32Array(${together}), AT = new Int32Array(${together}), MADE_BY = new Int32Array(${together}), HASH = new Int32Array(${together})
${edges ? '' : `const LATELY = new Int32Array(${2 * LATELY})`}
const NEXT = new Int32Array(${storedWords(words, keying)})
let pending = 0, touched = 0
/** What instance \`i\` makes of state \`from\`, by the change at place l of L. */
function successor(i, l) {
  generated++
  // What leads back to where it came from is not looked up, unless it is the beginning.
  if (L[l + ${CHANGE.count}] === 0 && from >= 0) ${edges && loops ? '{ addEdge(from, i); return }' : 'return'}
  const n = pending
  ${key.pair}
  const h = ${table.hash('a', 'b')}
  ${
    edges
      ? ''
      : `const m = (h >>> 5) & ${2 * LATELY - 2}
  if (b !== 0 && LATELY[m] === a && LATELY[m + 1] === b) return`
  }
  A[n] = a
  B[n] = b
  HASH[n] = h
  AT[n] = i
  MADE_BY[n] = l
  if (l === passing) passing = l + ${longestChange(words)}
  pending = n + 1
  if (n === ${together - 1}) resolve()
}
/** Writes the words of a pending successor to NEXT. */
function bring(j) {
  at = AT[j]
  const l = MADE_BY[j]
  for (let k = 0; k < ${words}; k++) NEXT[k] = W[k]
  change(NEXT, l)
  ${
    keying === 'fingerprint'
      ? `NEXT[${words}] = k0 ^ L[l + ${CHANGE.a}]
  NEXT[${words + 1}] = k1 ^ L[l + ${CHANGE.b}]`
      : ''
  }
}
function resolve() {
  const n = pending
  let x = 0
  for (let j = 0; j < n; j++) { const h = HASH[j]; ${table.touch('h', 'x')} }
  touched = x
  for (let j = 0; j < n; j++) {
    let a = A[j], b = B[j], g = 0, T, p = 0, there = 0
    let h = HASH[j]
    ${table.find}
    ${
      edges
        ? ''
        : `{
      const m = (h >>> 5) & ${2 * LATELY - 2}
      LATELY[m] = a
      LATELY[m + 1] = b
    }`
    }
    if (${table.found}) {
      ${
        edges
          ? `if (from >= 0) {
        const to = ${table.number}
        if (to !== from) addEdge(to, AT[j])
      }`
          : ''
      }
      continue
    }
    ${newText(storing)}
  }
  pending = 0
  passing = 0
}`,
  )
}

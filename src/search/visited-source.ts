/** The program text of the visited set. */
import { CHUNK } from './store.ts'

/**
 * Open addressing with linear probing. An entry is two words, a fingerprint; with edges a third word gives the
 * state's number. Exact: half a fingerprint and the state's number, and equal halves compare whole states.
 */
export const visitedText = (exact: boolean, edges: boolean, words: number): string => {
  const stride = !exact && edges ? 3 : 2
  const same = Array.from({ length: words }, (_, w) => `B[q + ${w}] === X[${w}]`).join(' && ')
  const probe = exact
    ? `
    const u = T[p + 1]
    if (u === 0) { T[p] = a; T[p + 1] = count + 1; return -1 }
    if (T[p] === a) {
      if (!packed) { pack(X, 0); packed = true }
      const n = u - 1, B = states[n / ${CHUNK} | 0], q = (n % ${CHUNK}) * ${words}
      if (${same}) return n
    }`
    : `
    const t = T[p], u = T[p + 1]
    if (t === 0 && u === 0) { T[p] = a; T[p + 1] = b${stride === 3 ? '; T[p + 2] = count' : ''}; return -1 }
    if (t === a && u === b) return ${stride === 3 ? 'T[p + 2]' : '0'}`
  return `
let capacity = 1 << 12, mask = capacity - 1, room = capacity * 0.6 | 0
let T = new Int32Array(capacity * ${stride})
const X = new Int32Array(${words})
/** The number of the state in the slots (or 0 where numbers are not kept); -1 when it is new, and now claimed. */
function look() {
  ${exact ? 'const a = lo; let packed = false' : 'const a = (lo | hi) === 0 ? 1 : lo, b = hi'}
  let i = a & mask
  for (;;) {
    const p = i * ${stride}${probe}
    i = (i + 1) & mask
  }
}
function growTable() {
  const old = T
  // Small tables grow fast: each growth moves every entry.
  capacity *= capacity < ${1 << 20} ? 8 : 2
  mask = capacity - 1
  room = capacity * 0.6 | 0
  T = new Int32Array(capacity * ${stride})
  for (let p = 0; p < old.length; p += ${stride}) {
    if (${exact ? 'old[p + 1] === 0' : 'old[p] === 0 && old[p + 1] === 0'}) continue
    let i = old[p] & mask
    while (${exact ? `T[i * ${stride} + 1] !== 0` : `(T[i * ${stride}] | T[i * ${stride} + 1]) !== 0`}) i = (i + 1) & mask
    for (let k = 0; k < ${stride}; k++) T[i * ${stride} + k] = old[p + k]
  }
}`
}

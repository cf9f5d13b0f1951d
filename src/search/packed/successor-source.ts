/**
 * The program text that looks successors up. Effects are run one after the other and taken back at once; what each
 * changed is kept, and all successors of a state are then looked up together, because the processor can fetch
 * many places of a large table in the time in which it fetches one. Only a new state is brought back and stored.
 */
import type { Model } from '../../modelling/model.ts'
import type { Source } from '../../state/source.ts'
import { hasMeasures } from './judge-source.ts'
import type { KeyText } from './keys-source.ts'
import { newText, type Storing, storingText } from './storing-source.ts'

/** Successors looked up together, and writes kept for them. */
const PENDING = 64
const WRITES = 1 << 14

/** Adds successor(), which is called after each effect, and resolve(), after the last one of a state. */
export const successorText = (
  source: Source,
  model: Model,
  key: KeyText,
  reduced: boolean,
  storing: Storing,
): void => {
  const { table, edges } = storing
  const monitored = model.properties.some((p) => p.kind === 'monitor')
  source.add(
    storingText(storing),
    `
const A = new Int32Array(${PENDING}), B = new Int32Array(${PENDING}), AT = new Int32Array(${PENDING}), END = new Int32Array(${PENDING})
const WHERE = new Int32Array(${WRITES}), WHAT = new Int32Array(${WRITES})
let pending = 0, writes = 0, touched = 0
/** What the effect of instance \`at\` made of state \`from\`: noted and taken back. */
function successor() {
  generated++
  ${monitored ? 'if (((flags & unshown) | (arisen & unarisen)) !== 0) noteSteps()\n  flags = 0\n  arisen = 0' : ''}
  ${hasMeasures(model) ? 'if (metered !== 0) noteReadings()' : ''}
  // What changed nothing leads back to where it came from, unless it is the beginning.
  if (logN === 0 && from >= 0) return
  ${reduced ? 'canon()' : ''}
  let n = logN, w = writes
  ${key.begin}
  while (n > 0) {
    n--
    const i = logSlot[n], now = S[i], old = logValue[n]
    WHERE[w] = i
    WHAT[w] = now
    w++
    S[i] = old
    ${key.write}
  }
  logN = 0
  ${key.end}
  lo = lo0
  hi = hi0
  n = pending
  A[n] = a
  B[n] = b
  AT[n] = at
  END[n] = w
  writes = w
  pending = n + 1
  if (n === ${PENDING - 1} || w > ${WRITES - 4096}) resolve()
}
/** Brings back the state of a pending successor; undo() takes it back again. */
function bring(j) {
  at = AT[j]
  const first = j === 0 ? 0 : END[j - 1]
  for (let w = END[j] - 1; w >= first; w--) {
    remember(WHERE[w], S[WHERE[w]])
    S[WHERE[w]] = WHAT[w]
  }
}
function resolve() {
  const n = pending
  let x = 0
  for (let j = 0; j < n; j++) { const h = ${table.hash('A[j]', 'B[j]')}; ${table.touch('h', 'x')} }
  touched = x
  for (let j = 0; j < n; j++) {
    let a = A[j], b = B[j], g = 0, T, p = 0
    let h = ${table.hash('a', 'b')}
    ${table.find}
    if (${table.found}) {
      ${edges ? 'if (from >= 0 && T[p + 2] !== from) addEdge(T[p + 2])' : ''}
      continue
    }
    ${newText(storing)}
  }
  pending = 0
  writes = 0
}`,
  )
}

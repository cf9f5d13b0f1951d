/**
 * The program text that stores new states. Alone, a thread stores them as it meets them, and so does one of several in a
 * block before which all are stored. Otherwise it puts what it does not find into its block, and one thread admits
 * blocks in their order: the numbers of states, and all that follows from them, are those of a thread alone.
 */
import type { PackedNames } from '../../../state/codegen/packed.ts'
import { CANDIDATE, HEAD } from '../storage/block.ts'
import { CHUNK } from '../storage/chunks.ts'
import type { TableText } from '../storage/table.ts'
import { type Keying, storedWords } from './keys.ts'

/**
 * Entries of what a thread remembers of the candidates it found last, each in place of an older one. What it found
 * in an earlier block will be stored before what it finds now, so it need not be judged or brought to the lead again.
 */
const RECENT = 1 << 13

/** Candidates whose places in the table are fetched together. */
const AHEAD = 32

export interface Storing {
  readonly names: PackedNames
  readonly table: TableText
  readonly edges: boolean
  /** The statement that counts a new state. */
  readonly fresh: string
  /** Whether steps that lead back to the same state are kept with them; only where nothing is deferred. */
  readonly loops: boolean
  readonly keying: Keying
  /** Whether new states can have to go to a block first. */
  readonly deferred: boolean
  /** Whether this thread stores states. */
  readonly admits: boolean
  /** The text of claim() and keep(), for a search that stores states in a way of its own. */
  readonly own?: string
}

const STRIDE = ({ names, keying }: Storing): number => CANDIDATE.words + storedWords(names.words, keying)

/** The statements of `resolve` for a state that was not found, whose pair, hash and place are in a, b, h, g, T, p and there. */
export const newText = (storing: Storing): string => {
  const { deferred, admits } = storing
  if (!deferred) return storedText(storing)
  return admits
    ? `if (first) {${storedText(storing)}
    } else {${offeredText(storing)}
    }`
    : offeredText(storing)
}

/** It is stored. */
const storedText = ({ table, edges, keying }: Storing): string => `
    bring(j)
    ${
      keying === 'tree'
        ? `if (b === 0) {
      foldIn(NEXT, 0)
      a = foldA
      b = foldB
      h = ${table.hash('a', 'b')}
      ${table.find}
      if (${table.found}) {
        ${edges ? `if (from >= 0) addEdge(${table.number}, at)` : ''}
        continue
      }
    }`
        : ''
    }
    const marks = judge()
    ${edges ? 'if (from >= 0) addEdge(count, at)' : ''}
    claim(a, b, g, T, p)
    keep(marks, at)`

/** It goes to the block, if this thread has not found it before. */
const offeredText = ({ edges }: Storing): string => `
    const m = ((h >>> 6) & ${RECENT - 1}) << 2
    const known = b !== 0 && RECENT[m] === a && RECENT[m + 1] === b
    if (!known) {
      bring(j)
      offer(a, b, judge())
      remind(a, b, m)
    }${
      edges
        ? ` else if (RECENT[m + 2] !== ownBlock) {
      bring(j)
      offer(a, b, 0)
      remind(a, b, m)
    }
    if (from >= 0) addEdge(-1 - RECENT[m + 3])`
        : ''
    }`

/** Functions for storing; `claim` is the text that writes to the table. */
export const storingText = (storing: Storing): string => {
  const { names, table, edges, fresh, keying, deferred, admits, own } = storing
  if (own !== undefined) return own
  const words = storedWords(names.words, keying)
  const lines: string[] = []
  if (admits)
    lines.push(`
let STATES = undefined
function claim(a, b, g, T, p) {
    ${table.claim('count')}
}
/** Stores what follows from the number of a new state; its words go to STATES at the place returned. */
function enter(marks, at) {
  const place = count % ${CHUNK}
  if (place === 0) STATES = frontier.open(count)
  ancestry.born(at)
  ${edges ? 'links.mark(marks)' : ''}
  ${fresh}
  count++
  return place * ${words}
}
function parentDone() {
  ancestry.done()
  ${edges ? 'if (from >= 0) links.done()' : ''}
}
function keep(marks, at) {
  const q = enter(marks, at)
  for (let k = 0; k < ${words}; k++) STATES[q + k] = NEXT[k]
}`)
  if (!deferred) lines.push('function addEdge(to, instance) { links.add(to, instance) }')
  else {
    const stride = STRIDE(storing)
    lines.push(`
const RECENT = new Int32Array(${4 * RECENT}), STRIDE = ${stride}
let candidates = 0, edgeCount = 0, edgeHead = 0, ownBlock = 0
function offer(a, b, marks) {
  const o = candidates
  CANDIDATES[o + ${CANDIDATE.a}] = a
  CANDIDATES[o + ${CANDIDATE.b}] = b
  CANDIDATES[o + ${CANDIDATE.from}] = from
  CANDIDATES[o + ${CANDIDATE.instance}] = at
  CANDIDATES[o + ${CANDIDATE.marks}] = marks
  for (let k = 0; k < ${words}; k++) CANDIDATES[o + ${CANDIDATE.words} + k] = NEXT[k]
  candidates = o + ${stride}
}
function remind(a, b, m) {
  RECENT[m] = a
  RECENT[m + 1] = b
  RECENT[m + 2] = ownBlock
  RECENT[m + 3] = candidates / ${stride} - 1
}
function addEdge(to) { ${admits && edges ? 'if (first) links.add(to); else ' : ''}EDGES[edgeCount++] = to }`)
    if (admits) lines.push(admitText(storing))
  }
  return lines.join('\n')
}

/** admit(block, first, end): stores the candidates of a block of states, which come in the order of the states. */
const admitText = (storing: Storing): string => {
  const { names, table, edges, keying } = storing
  const stride = STRIDE(storing)
  return `
const NUMBER_OF = []
function admit({ head, candidates: C, edges: E }, first, end) {
  from = first
  let e = 0
  const all = head[${HEAD.candidates}]
  for (let o = 0, near = 0; o < all; o += ${stride}) {
    // As many places of the table as the processor can fetch at one time.
    if (o === near) {
      near = Math.min(all, o + ${AHEAD * stride})
      let x = 0
      for (let k = o; k < near; k += ${stride}) {
        const h = ${table.hash(`C[k + ${CANDIDATE.a}]`, `C[k + ${CANDIDATE.b}]`)}
        ${table.touch('h', 'x')}
      }
      touched = x
    }
    while (from < C[o + ${CANDIDATE.from}]) {
      ${edges ? 'e = link(E, e)' : ''}
      parentDone()
      from++
    }
    let a = C[o + ${CANDIDATE.a}], b = C[o + ${CANDIDATE.b}], g = 0, T, p = 0, there = 0
    const at = C[o + ${CANDIDATE.instance}]
    ${keying === 'tree' ? `if (b === 0) { foldIn(C, o + ${CANDIDATE.words}); a = foldA; b = foldB }` : ''}
    const h = ${table.hash('a', 'b')}
    ${table.find}
    ${edges ? `NUMBER_OF[o / ${stride}] = ${table.found} ? ${table.number} : count` : ''}
    if (${table.found}) continue
    claim(a, b, g, T, p)
    const q = enter(C[o + ${CANDIDATE.marks}], at)
    for (let k = 0; k < ${storedWords(names.words, keying)}; k++) STATES[q + k] = C[o + ${CANDIDATE.words} + k]
  }
  while (from < end) {
    ${edges ? 'e = link(E, e)' : ''}
    parentDone()
    from++
  }
}
${
  edges
    ? `
function link(E, e) {
  if (from < 0) return e
  const end = e + 1 + E[e]
  for (let k = e + 1; k < end; k++) links.add(E[k] < 0 ? NUMBER_OF[-1 - E[k]] : E[k])
  return end
}`
    : ''
}`
}

/**
 * The program text of a packed state: slots, undo log, incremental hash, and a view class for each shape.
 *
 * Text rather than shared functions, so that every model gets its own copy of the hot path: an engine that has
 * run one model does not make the next one slower by what the compiler learnt from the first. Actions and
 * properties are not parsed or generated; they stay the closures their author wrote.
 *
 * What the text defines: S (slots), lo and hi (hash lanes), logN, undo(), put*(), pack(), unpack(),
 * follow(), writing (whether an effect runs), taken (messages handed out by it), noting (whether reads are noted, in
 * READS), and the names returned by `views`.
 */

import type { QueueView } from '../../modelling/draft.ts'
import type { BagOf, QueueOf, Schema } from '../../modelling/schema.ts'
import { said } from '../../modelling/walking.ts'
import { type Keys, keysOf } from '../keys.ts'
import { type Layout, SLOT_BITS, type SlotHash } from '../layout.ts'
import { noteText } from './noting.ts'
import type { Source } from './source.ts'
import { ViewWriter } from './views.ts'

/** Writes of one effect at most; more is a fault of the model. */
const LOG = 4096

/** Raised by generated code; each throws. */
export interface PackedFaults {
  outside(path: string, value: unknown, schema: Schema): never
  notAMessage(path: string, message: unknown, schema: QueueOf | BagOf): never
  overflow(path: string, schema: QueueOf | BagOf): never
  absent(path: string, message: unknown, schema: BagOf, bag: QueueView<unknown>): never
  tooMuch(what: string, limit: number): never
}

/** What the rest of the program text can refer to. */
export interface PackedNames {
  /** Names of the root views, in the order of the layout's roots. */
  readonly roots: readonly string[]
  /** With `before`: the name of a view of the model as it was when its slots were copied to BEFORE. */
  readonly before?: string
  /** 32-bit words of a packed state, whose sign bits are clear. */
  readonly words: number
  /** The word of each slot, and its lowest bit there. */
  readonly wordOf: Int32Array
  readonly shiftOf: Int32Array
}

/** Adds the text of a packed state to `source`. */
export const addPackedState = (
  source: Source,
  layout: Layout,
  faults: PackedFaults,
  { before = false } = {},
): PackedNames => {
  const { slots } = layout
  const keys = keysOf(layout)
  const writer = new ViewWriter(source, layout)
  source.let('BASE', keys.base)
  source.let('LOW', keys.low)
  source.let('HIGH', keys.high)
  source.let(
    'PATHS',
    slots.map((slot) => slot.path),
  )
  source.let('faults', faults)
  source.let('testSays', said)
  source.part(
    'READS',
    'While `noting`, the bits of the state vector that a closure reads are written down: what it answers depends on them only.',
  )
  source.add(noteText(source, slots))
  source.part(
    'STATE VECTOR',
    'A slot of S for each scalar of the state. Each write is logged, to be undone, and changes the hash in lo and hi.',
  )

  source.add(`
const S = new Int32Array(SLOTS)
const logSlot = new Int32Array(${LOG}), logValue = new Int32Array(${LOG})
let lo = 0, hi = 0, logN = 0, writing = false, taken = 0
function remember(i, old) {
  const n = logN
  if (n === ${LOG}) faults.tooMuch('writes', ${LOG})
  logSlot[n] = i
  logValue[n] = old
  logN = n + 1
}
function put(i, v) {
  const old = S[readAll(i)]
  if (old === v) return
  remember(i, old)
  const b = BASE[i]
  lo ^= LOW[b + old] ^ LOW[b + v]
  hi ^= HIGH[b + old] ^ HIGH[b + v]
  S[i] = v
}
function putBit(i, v, bit) {
  const old = S[i]
  if (old === v) return
  remember(i, old)
  const b = BASE[i] + bit
  lo ^= LOW[b]
  hi ^= HIGH[b]
  S[i] = v
}
function mix(v, key) {
  let z = v ^ key
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b)
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
  z = z ^ (z >>> 16)
  z = Math.imul(z ^ key, 0x9e3779b1)
  return z ^ (z >>> 15)
}
function putMixed(i, v) {
  const old = S[readAll(i)]
  if (old === v) return
  remember(i, old)
  const b = BASE[i], a = LOW[b], c = HIGH[b]
  if (old !== 0) { lo ^= mix(old, a); hi ^= mix(old, c) }
  if (v !== 0) { lo ^= mix(v, a); hi ^= mix(v, c) }
  S[i] = v
}
/** Views show their own fields only, and nothing can be added to them or replaced. */
function hide(view, name, value) { Object.defineProperty(view, name, { value }) }
function popcount(v) {
  v = v - ((v >>> 1) & 0x55555555)
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333)
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
/** Takes back every write since the last call; the hash is the caller's to restore. */
function undo() {
  let n = logN
  while (n > 0) { n--; S[logSlot[n]] = logValue[n] }
  logN = 0
}`)
  source.part('PACKING', 'Slots share the words in which a state is stored.')
  const packing = addPacking(source, layout, keys)
  source.part(
    'VIEWS',
    'What closures are given as the state: each field is a getter and a setter of its slot.',
  )
  const roots = layout.roots.map((root) => {
    const view = writer.classOf(root)
    const name = source.name('root')
    source.add(`const ${name} = new ${view}(${root.at})`)
    return name
  })
  source.let('SLOTS', slots.length + writer.scratch)
  return { roots, ...packing, ...(before && { before: viewBefore(source, layout) }) }
}

/** The same views over BEFORE, a copy of the slots. What is read there is noted as a read of the slot. */
const viewBefore = (source: Source, layout: Layout): string => {
  source.add('const BEFORE = new Int32Array(SLOTS)')
  const root = layout.roots[0]!
  const view = new ViewWriter(source.replacing(/\bS\[/g, 'BEFORE['), layout).classOf(root)
  const name = source.name('before')
  source.add(`const ${name} = new ${view}(${root.at})`)
  return name
}

/**
 * pack(A, p) from the slots to the words of A at index p, and unpack(A, p) back, which also computes the hash
 * afresh. follow(A, p) does the same when the slots and the hash are those of the state that was unpacked or followed
 * last: it looks only at the words that differ. No slot straddles a word.
 */
const addPacking = (source: Source, { slots }: Layout, { base }: Keys): Omit<PackedNames, 'roots'> => {
  const wordOf = new Int32Array(slots.length)
  const shiftOf = new Int32Array(slots.length)
  const packs: string[][] = [[]]
  const unpacks: string[] = []
  const follows: string[][] = [[]]
  let used = 0
  slots.forEach(({ bits, hash }, i) => {
    if (bits === 0) return
    if (used + bits > SLOT_BITS) {
      packs.push([])
      follows.push([])
      used = 0
    }
    const word = packs.length - 1
    wordOf[i] = word
    shiftOf[i] = used
    const mask = bits === SLOT_BITS ? '0x7fffffff' : String(2 ** bits - 1)
    packs[word]!.push(used === 0 ? `S[${i}]` : `S[${i}] << ${used}`)
    unpacks.push(`S[${i}] = v = (A[p + ${word}] >>> ${used}) & ${mask}`, HASH_OF[hash](base[i]!))
    follows[word]!.push(
      `v = (w >>> ${used}) & ${mask}`,
      `if ((o = S[${i}]) !== v) { S[${i}] = v; ${CHANGE_OF[hash](base[i]!)} }`,
    )
    used += bits
  })
  const lines = (text: readonly string[]): string => text.map((line) => `  ${line}`).join('\n')
  source.add(
    `const WORDS = new Int32Array(${packs.length})`,
    'function pack(A, p) {',
    ...packs.map((parts, word) => `  A[p + ${word}] = ${parts.length === 0 ? '0' : parts.join(' | ')}`),
    '}',
    'function unpack(A, p) {',
    '  let a = 0, b = 0, v = 0',
    lines(unpacks),
    `  for (let k = 0; k < ${packs.length}; k++) WORDS[k] = A[p + k]`,
    '  lo = a',
    '  hi = b',
    '}',
    // A function for each word: one of hundreds of lines is slow until it is compiled, and may never be.
    ...follows.map(
      (parts, word) => `function follow${word}(w) {
  let v = 0, o = 0
  WORDS[${word}] = w
${lines(parts)}
}`,
    ),
    'function follow(A, p) {',
    ...follows.map((_, word) => `  if (A[p + ${word}] !== WORDS[${word}]) follow${word}(A[p + ${word}])`),
    '}',
  )
  return { words: packs.length, wordOf, shiftOf }
}

/** The text that adds the value v of a slot to the hash in a and b. */
const HASH_OF: Readonly<Record<SlotHash, (base: number) => string>> = {
  table: (base) => `a ^= LOW[${base} + v]; b ^= HIGH[${base} + v]`,
  bits: (base) =>
    `for (let k = ${base}; v !== 0; v >>>= 1, k++) if ((v & 1) === 1) { a ^= LOW[k]; b ^= HIGH[k] }`,
  mixed: (base) => `if (v !== 0) { a ^= mix(v, LOW[${base}]); b ^= mix(v, HIGH[${base}]) }`,
}

/** The text that moves the hash in lo and hi from the value o of a slot to the value v. */
const CHANGE_OF: Readonly<Record<SlotHash, (base: number) => string>> = {
  table: (base) => `lo ^= LOW[${base} + o] ^ LOW[${base} + v]; hi ^= HIGH[${base} + o] ^ HIGH[${base} + v]`,
  bits: (base) =>
    `for (let k = ${base}, x = o ^ v; x !== 0; x >>>= 1, k++) if ((x & 1) === 1) { lo ^= LOW[k]; hi ^= HIGH[k] }`,
  mixed: (base) =>
    `if (o !== 0) { lo ^= mix(o, LOW[${base}]); hi ^= mix(o, HIGH[${base}]) } if (v !== 0) { lo ^= mix(v, LOW[${base}]); hi ^= mix(v, HIGH[${base}]) }`,
}

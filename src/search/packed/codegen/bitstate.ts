/**
 * The program text of the bitstate search: a variant of the packed search that stores bits rather than states, and
 * goes down first. A state that is expanded leaves the stack, its new successors take its place; the path to it is the
 * instances by which the states of each depth were reached last.
 */
import type { Model } from '../../../modelling/model.ts'
import type { Source } from '../../../state/codegen/source.ts'
import { type BitArray, bitText } from '../storage/bit-array.ts'
import { ENTRY, type SearchStack } from '../storage/bitstate-stack.ts'
import { HEAD } from '../storage/block.ts'
import {
  addActions,
  addJudging,
  aimText,
  arriveText,
  examineText,
  type JudgingParts,
  returnedText,
  sampleText,
  stuckText,
} from './frame.ts'
import { freshText } from './judge.ts'
import { keyText, storedWords } from './keys.ts'
import { successorText } from './successor.ts'

/** What a bitstate search fills. */
export interface Bitstate {
  readonly bits: BitArray
  readonly stack: SearchStack
  /** New states by action: more than an integer may count. */
  readonly fresh: Float64Array
  /** Words of `COUNT`, for the present block. */
  readonly counts: Int32Array
  /** Steps of a path at most: a state at the end of so many is not expanded. */
  readonly depth: number
  /** Varies which of its siblings a state is expanded before; 0: in the order of their instances, the last first. */
  readonly seed: number
}

export interface BitstateParts extends JudgingParts {
  readonly bitstate: Bitstate
}

/** What a block says beside its head. */
export const COUNT = {
  /** New states, and bits set for them. */
  stored: 0,
  filled: 1,
  /** New states that lie as deep as a path may lead. */
  bound: 2,
  /** States on the stack, and those of them in its uppermost chunk. */
  waiting: 3,
  top: 4,
  /** Steps to the state that was expanded last, or -1, and the fewest to one of this block. */
  depth: 5,
  lowest: 6,
  /** Most steps to a new state. */
  deepest: 7,
  words: 8,
} as const

/** Siblings among which a seed chooses the next. */
const NEAR = 16

/** Adds the text of the search; the packed state's text stands before it. */
export const addBitstate = (source: Source, model: Model, parts: BitstateParts): void => {
  const { names, keying, bitstate } = parts
  const { table, pair } = bitText(source, bitstate.bits)
  const given = { stack: bitstate.stack, FRESH: bitstate.fresh, COUNTS: bitstate.counts }
  for (const [name, value] of Object.entries(given)) source.let(name, value)
  const key = keyText(keying, names, pair)
  const words = storedWords(names.words, keying)
  addJudging(source, model, parts)
  successorText(source, key, parts.trees.limits.pending, {
    names,
    table,
    keying,
    edges: false,
    fresh: '',
    loops: false,
    deferred: false,
    admits: true,
    own: stackText(words, table.claim(''), freshText(model), bitstate),
  })
  addActions(source, model, names)
  source.add(
    `
/** What is found out from now on goes to this block. */
function aim(block) {${aimText}
  count = 0
  filled = 0
  bound = 0
  lowest = ${2 ** 30}
}
/** To be called when the block is done, or something was thrown. */
function note() {
  HEAD[${HEAD.generated}] = generated
  HEAD[${HEAD.stuck}] = stuck
  COUNTS[${COUNT.stored}] = count
  COUNTS[${COUNT.filled}] = filled
  COUNTS[${COUNT.bound}] = bound
  COUNTS[${COUNT.waiting}] = waiting
  COUNTS[${COUNT.top}] = top
  COUNTS[${COUNT.depth}] = depth
  COUNTS[${COUNT.lowest}] = lowest
  COUNTS[${COUNT.deepest}] = deepest
}
function start() {
  from = -1
  auditInitial(8, false)
  ${model.initial.map((_, i) => `initial${i}()`).join('\n  ')}
  resolve()
}
/** Expands states from the top of the stack, as many as \`first\` and \`end\` are apart, or until one shows something. */
function expand(first, end) {
  from = 0
  for (let s = first; s < end && waiting !== 0; s++) {
    const p = pop()
    const A = C
    ${arriveText(names, key)}
    let any = 0
    for (let a = 0; a < ${model.actions.length}; a++) any += act(a)
    if (pending !== 0) resolve()
    ${sampleText(keying)}
    ${stuckText(names, '0', model)}
    // The path is known only now.
    if ((HEAD[${HEAD.shown}] | HEAD[${HEAD.arisen}]) !== 0 || HEAD[${HEAD.deadlock}] === 0) return
  }
}
${examineText(keying)}
return {${returnedText(names)}
  count: () => count,
}`,
  )
}

/** claim() and keep(), which store a new state, and pop(), which takes one from the stack. */
const stackText = (words: number, claim: string, fresh: string, { stack, depth, seed }: Bitstate): string => {
  const stride = words + ENTRY.words
  return `
let C = stack.chunk, PATH = stack.path
let top = 0, waiting = 0, depth = -1, deepest = 0, bound = 0, lowest = 0, random = ${seed | 0}
function claim(a, b, g, T, p) {
  ${claim}
}
function keep(marks, at) {
  count++
  ${fresh}
  const steps = depth + 1
  if (steps > deepest) deepest = steps
  if (steps === ${depth}) {
    bound++
    return
  }
  if (top === ${stack.entries}) {
    C = stack.above()
    top = 0
  }
  const q = top * ${stride}
  for (let k = 0; k < ${words}; k++) C[q + k] = NEXT[k]
  C[q + ${words + ENTRY.steps}] = steps
  C[q + ${words + ENTRY.instance}] = at
  top++
  waiting++
}
/** Takes a state from the stack and returns the place of its words, which lasts until the next is stored. */
function pop() {
  if (top === 0) {
    C = stack.below()
    top = ${stack.entries}
  }
  ${seed === 0 ? '' : swapText(stride, words + ENTRY.steps)}
  top--
  waiting--
  const p = top * ${stride}
  depth = C[p + ${words + ENTRY.steps}]
  if (depth < lowest) lowest = depth
  // Memory for what a state leads to is asked for while nothing is under way.
  if (depth === PATH.length) PATH = stack.lengthen()
  PATH[depth] = C[p + ${words + ENTRY.instance}]
  if (top + ${stack.most} > ${stack.entries}) stack.prepare()
  return p
}`
}

/** Exchanges the state on top of the stack with one of its siblings: all of one depth are of one parent. */
const swapText = (stride: number, steps: number): string => `
  random = (Math.imul(random, 1664525) + 1013904223) | 0
  const q = (top - 1) * ${stride}, r = q - (random >>> ${32 - Math.log2(NEAR)}) * ${stride}
  if (r >= 0 && r !== q && C[r + ${steps}] === C[q + ${steps}])
    for (let k = 0; k < ${stride}; k++) { const v = C[q + k]; C[q + k] = C[r + k]; C[r + k] = v }`

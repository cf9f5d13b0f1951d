/**
 * What one thread found out about a block of states. The thread that expands a block fills it; the one that stores
 * states takes it in, in the order of blocks, so that everything comes out as if one thread had done it all.
 */
import type { Model } from '../../../modelling/model.ts'

/** What was thrown in a block: nothing, a fault of the model, or that there was no memory. */
export const FAULT = { none: 0, model: 1, memory: 2 } as const

/** Words of a block's head, before those of properties and actions. */
export const HEAD = {
  /** Successors. */
  generated: 0,
  /** States without successor. */
  stuck: 1,
  /** The first of these that is not final, or -1. */
  deadlock: 2,
  /** Words of candidates. */
  candidates: 3,
  /** Words of edges. */
  edges: 4,
  /** A bit for each property about which something was shown, or whose situation arose. */
  shown: 5,
  arisen: 6,
  /** One of FAULT when something was thrown, and the rest means nothing. */
  fault: 7,
  /** Runs that a helper has made twice. */
  checked: 8,
  properties: 9,
} as const

/** Words of the head for each property: state and instance that showed something, and that led into the situation. */
const PER_PROPERTY = 4

/** What stands behind the new states by action, where a model has a constraint: states beyond it, and the one after the last within. */
export const BEYOND = { count: 0, last: 1, words: 2 } as const

/** Words before the packed state of a candidate: its pair in the table, the step that led to it, its marks. */
export const CANDIDATE = { a: 0, b: 1, from: 2, instance: 3, marks: 4, words: 5 } as const

/** Where the words of a head lie. */
export interface HeadLayout {
  readonly property: (index: number) => number
  /** Expanded states in which an action was enabled. */
  readonly enabled: number
  /** Its instances taken. */
  readonly taken: number
  readonly words: number
}

export const headOf = ({ properties, actions }: Model): HeadLayout => {
  const enabled = HEAD.properties + properties.length * PER_PROPERTY
  return {
    property: (index) => HEAD.properties + index * PER_PROPERTY,
    enabled,
    taken: enabled + actions.length,
    words: enabled + 2 * actions.length,
  }
}

/** One block's arrays. */
export interface Block {
  readonly head: Int32Array
  /** The largest readings of measures, by index of property. */
  readonly values: Float64Array
  /** States that were not in the table when they were looked up. */
  readonly candidates: Int32Array
  /** For each state of the block the number of its edges, then their targets: a state, or -1 - index of a candidate. */
  readonly edges: Int32Array
}

/** How much room the arrays of a block need. */
export interface BlockSize {
  readonly head: number
  readonly values: number
  readonly candidates: number
  readonly edges: number
}

/** The room for blocks of `states` states of `words` words; `edges` says whether edges are kept. */
export const blockSize = (model: Model, { states, instances, words, edges }: BlockNeeds): BlockSize => ({
  head: headOf(model).words,
  values: model.properties.length,
  candidates: states * instances * (CANDIDATE.words + words),
  edges: edges ? states * (instances + 1) : 0,
})

export interface BlockNeeds {
  readonly states: number
  readonly instances: number
  readonly words: number
  readonly edges: boolean
}

/** A block in memory of its own, which other threads can see if it is `shared`. */
export const blockIn = (
  { head, values, candidates, edges }: BlockSize,
  memory?: SharedArrayBuffer,
): Block => {
  const shared = memory ?? new ArrayBuffer(bytesOf({ head, values, candidates, edges }))
  let at = values * 8
  const next = (words: number): Int32Array => {
    const array = new Int32Array(shared, at, words)
    at += words * 4
    return array
  }
  return {
    values: new Float64Array(shared, 0, values),
    head: next(head),
    candidates: next(candidates),
    edges: next(edges),
  }
}

/** Bytes of a block. */
export const bytesOf = ({ head, values, candidates, edges }: BlockSize): number =>
  values * 8 + (head + candidates + edges) * 4

/** Action instances tried for one block: enough to make up for taking it, few enough to share out. */
const TRIES = 1 << 11

/** Blocks of a level at least, as long as they are not smaller than others. */
const BLOCKS = 64
/** How much larger a block is than others at most: neighbours lead to the same states, which one thread need not look up twice. */
const LARGEST = 4

/** How many states a block has, in a model with so many action instances. */
export class BlockStates {
  readonly #least: number

  constructor(instances: number, tries: number = TRIES) {
    this.#least = Math.max(1, Math.floor(tries / instances))
  }

  get most(): number {
    return LARGEST * this.#least
  }

  /** Of a level that follows one of so many states. */
  after(states: number): number {
    return Math.min(this.most, Math.max(this.#least, Math.floor(states / BLOCKS)))
  }
}

/**
 * What guards, effects and tests answered, found again by what they read of the state: a tree for each, whose inner nodes
 * are fields of the packed words in the order in which they are read, whose branches are the values of a field, and
 * whose leaves are answers. A closure is a function of what it reads, and which field it reads next is a function of the
 * values so far: so a path from the root to a leaf says all that there is to know, for every state with these values.
 *
 * The idea is that of the cache of local transitions in LTSmin (Blom, van de Pol and Weber, 2010), but what is read is
 * found out while it is read and not declared.
 */
import type { PackedNames } from '../../../state/codegen/packed.ts'

/** What stands in a tree where no node follows: one of these, or an answer. */
export const ANSWER = {
  /** Not known yet. */
  unknown: 0,
  /** Not to be remembered: the closure is to be run. */
  run: -1,
} as const

/** An answer in a tree, from the numbers from 0 on, and back. */
export const answered = (answer: string): string => `-2 - (${answer})`

/** Bits of the field of one node at most; it has a branch for each value. */
const BRANCHING = 5
/** Words of all nodes at first. */
const FIRST = 1 << 12

/** When a program stops remembering, and how much it does at a time. */
export interface RecallLimits {
  /** Words of all nodes at most; 0: closures are run every time, which is for such as have side effects. */
  readonly room: number
  /** Each time that so much was learnt of a closure it is judged whether that pays. */
  readonly trial: number
  /** Successors that wait to be looked up together. */
  readonly pending: number
}

/** What a search uses when nobody says. */
export const RECALL: RecallLimits = { room: 1 << 23, trial: 512, pending: 64 }

/** The trees of one program. */
export class ReadTrees {
  /** A node is a head, `word << 10 | mask << 5 | shift`, and then for each value of the field a node, or an answer. */
  nodes: Int32Array
  readonly limits: RecallLimits
  #used = 1
  readonly #names: Pick<PackedNames, 'wordOf' | 'shiftOf'>

  constructor(names: Pick<PackedNames, 'wordOf' | 'shiftOf'>, limits: RecallLimits = RECALL) {
    this.#names = names
    this.limits = limits
    this.nodes = new Int32Array(Math.min(FIRST, limits.room))
  }

  get bytes(): number {
    return this.nodes.byteLength
  }

  /**
   * Remembers in the tree of roots[i] an answer, below `ANSWER.run`, given on the state of these packed words, after `count`
   * fields had been read: triples of slot, lowest bit and number of bits. Says what became of it.
   */
  add(roots: Int32Array, i: number, { reads, count, words }: Reading, answer: number): Added {
    let [array, place] = [roots, i]
    for (let k = 0; k < 3 * count; k += 3) {
      const slot = reads[k]!
      const word = this.#names.wordOf[slot]!
      let shift = this.#names.shiftOf[slot]! + reads[k + 1]!
      for (let left = reads[k + 2]!; left > 0; left -= BRANCHING) {
        const mask = 2 ** Math.min(left, BRANCHING) - 1
        const head = (word << 10) | (mask << 5) | shift
        let node = array[place]!
        if (node === ANSWER.unknown) {
          node = this.#open(head, mask)
          // The array may have been replaced by a longer one.
          if (node === 0) return 'full'
          if (array !== roots) array = this.nodes
          array[place] = node
          // What is read differs from one time to the next, so it is no function of the state.
        } else if (node < 0 || this.nodes[node] !== head) return giveUp(roots, i)
        array = this.nodes
        place = node + 1 + ((words[word]! >>> shift) & mask)
        shift += BRANCHING
      }
    }
    if (array[place] !== ANSWER.unknown) return giveUp(roots, i)
    array[place] = answer
    return 'remembered'
  }

  /** A new node; 0 when there is no room. */
  #open(head: number, mask: number): number {
    const node = this.#used
    const used = node + mask + 2
    if (used > this.limits.room) return 0
    if (used > this.nodes.length) {
      const longer = new Int32Array(Math.min(this.limits.room, this.nodes.length * 2))
      longer.set(this.nodes)
      this.nodes = longer
    }
    this.nodes[node] = head
    this.#used = used
    return node
  }
}

/** What became of an answer: there may be no room, or other answers of the closure contradict it. */
export type Added = 'remembered' | 'full' | 'contradiction'

/** What was read, and of which state. */
export interface Reading {
  readonly reads: Int32Array
  readonly count: number
  readonly words: Int32Array
}

/** Closure i is run every time from now on. */
const giveUp = (roots: Int32Array, i: number): Added => {
  roots[i] = ANSWER.run
  return 'contradiction'
}

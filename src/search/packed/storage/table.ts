/**
 * A set of pairs of words, or a map from them to a number: open addressing with linear probing in segments that grow
 * one at a time, so that growth never needs the memory of two tables.
 *
 * One thread writes. Others may read at the same time, also an old copy of a segment: what they do not find may be
 * there, what they find is there: neither word of a pair is zero, so half of one is not taken for a whole. A number is
 * there before its pair.
 */
import type { Source } from '../../../state/codegen/source.ts'
import { OutOfMemory } from '../../engine/engine.ts'
import type { Saved } from '../../engine/saved.ts'

/** Segments of a table; the low bits of a hash choose one. */
export const SEGMENTS = 64
/** Entries of the first segment at first; the last begins four times as large, so that they do not all grow at the same time. */
const FIRST = 64
/** Fullest; linear probing then looks at 3 entries to find one, most of them in one cache line. */
const FULL = 0.8
/**
 * Where it may not grow it is full at this: to find that a pair is not there then takes some hundred looks at entries side by side.
 * What is begun has room to end.
 */
const FULLEST = 0.97
/** By how much a segment grows at least: to move it costs as much as to enter all of it. */
const WORTH = 1.02
/** Entries of a table that is small, and of one that is large: the larger it is, the more memory counts and the less the time to move it. */
const SMALL = 1 << 18
const LARGE = 1 << 25

/** How the hash of a pair is found: it is the first word, or mixed from both. */
export type Hashing = 'first' | 'mixed'

export interface TableShape {
  readonly hashing: Hashing
  /** Whether an entry has a number as well. */
  readonly numbered: boolean
  /** Where other threads can see it. */
  readonly shared: boolean
}

/** The table. Program text reads `segments` and `scale` and calls `grow` when `fill` exceeds `room`. */
export class Table {
  readonly segments: Int32Array[]
  /** Entries of each segment over 2^32: times a hash it is where a search begins, so entries lie nearly in order. */
  readonly scale = new Float64Array(SEGMENTS)
  readonly fill = new Int32Array(SEGMENTS)
  readonly room = new Int32Array(SEGMENTS)
  readonly #shape: TableShape
  readonly #stride: number
  /** Told of each segment that is replaced by a larger one, and of the bytes of the old one. */
  onGrowth: (segment: number, dropped: number) => void = () => {}

  constructor(shape: TableShape) {
    this.#shape = shape
    this.#stride = strideOf(shape)
    this.segments = Array.from({ length: SEGMENTS }, (_, g) =>
      this.#empty(g, Math.ceil(FIRST * 4 ** (g / SEGMENTS))),
    )
  }

  /** Of all segments. */
  bytes = 0
  /** Bytes that it may have: it gets fuller rather than larger then. */
  most = Number.POSITIVE_INFINITY

  /** Whether it may grow no more and has little room left. */
  get isFull(): boolean {
    return this.segments.some(
      ({ length }, g) =>
        this.room[g]! === length / this.#stride - 2 && this.fill[g]! > (length / this.#stride) * FULLEST,
    )
  }

  /** Replaces a segment by a larger one; a pass over both in order. Throws `OutOfMemory` where none may be larger or fuller. */
  grow(g: number): void {
    const old = this.segments[g]!
    const entries = old.length / this.#stride
    const all = entries * SEGMENTS
    const wanted = Math.ceil(entries * (all < SMALL ? 4 : all < LARGE ? 2 : 1.25))
    const most = Math.floor(this.most / SEGMENTS / (this.#stride * Int32Array.BYTES_PER_ELEMENT))
    if (most < entries * WORTH) {
      // One entry stays empty: a search for what is not there ends at it.
      const last = entries - 2
      if (this.fill[g]! > last) throw new OutOfMemory()
      this.room[g] = last
      return
    }
    const next = this.#empty(g, Math.min(wanted, most))
    this.#move(old, next)
    this.segments[g] = next
    this.bytes -= old.byteLength
    this.onGrowth(g, old.byteLength)
  }

  /** Puts a segment made elsewhere in its place; returns the bytes of the old one. */
  replace(g: number, words: Int32Array): number {
    const dropped = this.segments[g]!.byteLength
    this.bytes += words.byteLength - dropped
    this.segments[g] = words
    this.#measure(g, words.length / this.#stride)
    return dropped
  }

  save(): Saved {
    return { facts: { fill: [...this.fill] }, arrays: this.segments }
  }

  load({ facts, arrays }: Saved): void {
    this.fill.set(facts.fill as readonly number[])
    for (const [g, words] of arrays.entries()) {
      const own = this.#empty(g, words.length / this.#stride)
      own.set(words)
      this.bytes -= this.segments[g]!.byteLength
      this.segments[g] = own
    }
  }

  #empty(g: number, entries: number): Int32Array {
    const bytes = entries * this.#stride * Int32Array.BYTES_PER_ELEMENT
    const words = new Int32Array(this.#shape.shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes))
    this.#measure(g, entries)
    this.bytes += bytes
    return words
  }

  #measure(g: number, entries: number): void {
    this.scale[g] = entries / 2 ** 32
    this.room[g] = Math.floor(entries * FULL)
  }

  #move(from: Int32Array, to: Int32Array): void {
    const stride = this.#stride
    const mixed = this.#shape.hashing === 'mixed'
    const scale = to.length / stride / 2 ** 32
    const end = to.length
    for (let q = 0; q < from.length; q += stride) {
      const a = from[q]!
      if (a === 0) continue
      const h = mixed ? mixOf(a, from[q + 1]!) : a
      let p = (((h >>> 0) * scale) | 0) * stride
      while (to[p] !== 0) {
        p += stride
        if (p === end) p = 0
      }
      to[p] = a
      to[p + 1] = from[q + 1]!
      if (stride === 3) to[p + 2] = from[q + 2]!
    }
  }
}

/** Words of an entry. */
export const strideOf = ({ numbered }: Pick<TableShape, 'numbered'>): number => (numbered ? 3 : 2)

/** A hash of two words. */
export const mixOf = (a: number, b: number): number => {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d)
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39)
  return h ^ (h >>> 15)
}

/** Names of the text of one table. */
export interface TableText {
  /** The expression of the hash of the pair of two expressions. */
  hash(a: string, b: string): string
  /** Statements that read the first place of the pair with hash `h` into `x`, so that it is near when it is needed. */
  touch(h: string, x: string): string
  /**
   * Statements that leave in `T` and `p` the entry of the pair (a, b) with hash `h` in segment `g`, or the empty one
   * where it belongs, and in `there` its first word. All names are declared before. A word is read once: another thread
   * may fill an entry while this one looks at it, and what is empty at one look must not be taken for found at the next.
   */
  find: string
  /** The expression that says, after `find`, whether the pair is there, and that of the number of one that is. */
  found: string
  number: string
  /** Statements that write the pair at the empty entry that `find` left, with the number of an expression. */
  claim(number: string): string
}

/** Adds what the text of a table needs and returns its pieces. */
export const tableText = (source: Source, name: string, table: Table, shape: TableShape): TableText => {
  const stride = strideOf(shape)
  source.let(name, table)
  source.add(
    `const ${name}Segments = ${name}.segments, ${name}Scale = ${name}.scale, ${name}Fill = ${name}.fill, ${name}Room = ${name}.room`,
  )
  const mix = source.bind('mixOf', mixOf)
  const start = (h: string, g: string) => `((${h} >>> 0) * ${name}Scale[${g}] | 0) * ${stride}`
  return {
    hash: (a, b) => (shape.hashing === 'mixed' ? `${mix}(${a}, ${b})` : a),
    touch: (h, x) => `${x} ^= ${name}Segments[${h} & ${SEGMENTS - 1}][${start(h, `${h} & ${SEGMENTS - 1}`)}]`,
    find: `g = h & ${SEGMENTS - 1}
    T = ${name}Segments[g]
    p = ${start('h', 'g')}
    while ((there = T[p]) !== 0 && !(there === a && T[p + 1] === b)) {
      p += ${stride}
      if (p === T.length) p = 0
    }`,
    found: 'there !== 0',
    // On processors that reorder what is read, the number is only sure to be there after a look that does not.
    number: shape.shared && shape.numbered ? '(Atomics.load(T, p), T[p + 2])' : 'T[p + 2]',
    claim: (number) => `T[p + 1] = b
    ${shape.numbered ? `T[p + 2] = ${number}` : ''}
    ${shape.shared && shape.numbered ? 'Atomics.store(T, p, a)' : 'T[p] = a'}
    if (++${name}Fill[g] > ${name}Room[g]) ${name}.grow(g)`,
  }
}

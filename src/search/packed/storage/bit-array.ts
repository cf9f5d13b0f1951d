/**
 * A set of states as bits only (supertrace, Holzmann 1987): a state sets the bits of a few hash functions in one large
 * array, and is taken for known when all of them are set. Nothing that was entered is ever forgotten; a state that
 * never was may be taken for known, so a search with it misses states and invents none.
 */
import type { Source } from '../../../state/codegen/source.ts'
import { mixOf, type TableText } from './table.ts'

/** Words of one typed array at most: their bytes stay far below what an engine allows, their indices small. */
const SEGMENT = 1 << 27
/** Bytes of the largest array whose every word some hash of 32 bits reaches. */
export const MOST_BYTES = 2 ** 34

export interface BitArrayShape {
  /** At most; what no whole word fills is left out. */
  readonly bytes: number
  /** Hash functions. */
  readonly hashes: number
  /** Varies the hash functions. */
  readonly seed: number
  /** Words of one typed array at most; for tests. */
  readonly segment?: number
}

/** The array: words in segments of equal length. */
export class BitArray {
  readonly segments: readonly Int32Array[]
  readonly hashes: number
  readonly seed: number

  constructor({ bytes, hashes, seed, segment = SEGMENT }: BitArrayShape) {
    const words = Math.max(1, Math.floor(bytes / Int32Array.BYTES_PER_ELEMENT))
    const segments = Math.ceil(words / segment)
    const length = Math.floor(words / segments)
    this.segments = Array.from({ length: segments }, () => new Int32Array(length))
    this.hashes = hashes
    this.seed = seed
  }

  get bytes(): number {
    return this.segments.length * this.segments[0]!.byteLength
  }
  get bits(): number {
    return this.bytes * 8
  }
}

/** Names of the text of a bit array. */
export interface BitText {
  readonly table: TableText
  /** Declares the pair of a successor, from which all its hashes follow: a and b. */
  readonly pair: string
}

/**
 * Adds what the text of a bit array needs, which counts in `filled` the bits it sets. Hash function i takes the word at
 * a + i b, scaled, and in it the bit of a + i b and the upper half of b: together more than the 32 bits of a + i b,
 * which would not tell apart the bits of a large array.
 */
export const bitText = (source: Source, array: BitArray): BitText => {
  const { segments, hashes, seed } = array
  const { length } = segments[0]!
  const alone = segments.length === 1
  source.let('SEGMENTS', segments)
  source.let('ALONE', segments[0])
  source.let('SCALE', (segments.length * length) / 2 ** 32)
  const mix = source.bind('mixOf', mixOf)
  const [one, other] = [mixOf(seed | 0, 1), mixOf(Math.floor(seed / 2 ** 32), seed + 2)]
  const names = Array.from({ length: hashes }, (_, i) => `x${i}`)
  const hashed = names.map((x, i) => `${x} = ${i === 0 ? 'a' : `(x${i - 1} + b) | 0`}`).join(', ')
  const word = (x: string): string => (alone ? `ALONE[(${x} >>> 0) * SCALE | 0]` : `wordAt(${x})`)
  source.add(`
let filled = 0
${
  alone
    ? ''
    : `function wordAt(x) {
  const w = (x >>> 0) * SCALE, g = w / ${length} | 0
  return SEGMENTS[g][(w - g * ${length}) | 0]
}`
}
/** Sets the bits of a pair. */
function enterBits(a, b) {
  let x = a
  for (let i = 0; i < ${hashes}; i++) {
    const w = (x >>> 0) * SCALE, g = ${alone ? '0' : `w / ${length} | 0`}, k = (w - g * ${length}) | 0
    const T = SEGMENTS[g], old = T[k], now = old | (1 << (x ^ (b >>> 16)))
    if (now !== old) { T[k] = now; filled++ }
    x = (x + b) | 0
  }
}`)
  return {
    pair: `const a = ${mix}(x ^ ${one}, y), b = ${mix}(y ^ ${other}, x)`,
    table: {
      hash: (a) => a,
      // The pair that is touched is that of the pending successor j.
      touch: (h, x) =>
        `const a = ${h}, b = B[j], ${hashed}; ${x} ^= ${names.map((name) => word(name)).join(' ^ ')}`,
      find: `const ${hashed}, u = b >>> 16
    const seen = ${names.map((name) => `(${word(name)} >>> (${name} ^ u))`).join(' & ')} & 1`,
      found: 'seen !== 0',
      // Bits have no number.
      number: '0',
      claim: () => 'enterBits(a, b)',
    },
  }
}

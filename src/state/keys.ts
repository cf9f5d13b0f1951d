/**
 * Keys of the incremental (Zobrist) hash. They come from splitmix64, whose finaliser is not linear: keys of a
 * linear generator such as xorshift depend on each other, and states are then lost to collisions.
 */
import type { Layout } from './layout.ts'

/** Keys for the slots of a layout: two 32-bit lanes, indexed by `base[slot] + value` or `base[slot] + bit`. */
export interface Keys {
  readonly base: Int32Array
  readonly low: Int32Array
  readonly high: Int32Array
}

const SEED = 0x5eedn
const MASK = (1n << 64n) - 1n

/** The `n`-th output of splitmix64 from `seed`. */
const splitmix = (seed: bigint, n: number): bigint => {
  let z = (seed + 0x9e3779b97f4a7c15n * BigInt(n + 1)) & MASK
  z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & MASK
  return z ^ (z >> 31n)
}

/** What was drawn so far, low and high lanes: the keys of all layouts are the first of one sequence. */
const drawn = { low: new Int32Array(0), high: new Int32Array(0) }

const drawnUpTo = (total: number): typeof drawn => {
  const known = drawn.low.length
  if (known >= total) return drawn
  const low = new Int32Array(total)
  const high = new Int32Array(total)
  low.set(drawn.low)
  high.set(drawn.high)
  for (let i = known; i < total; i++) {
    const key = splitmix(SEED, i)
    low[i] = Number(BigInt.asIntN(32, key))
    high[i] = Number(BigInt.asIntN(32, key >> 32n))
  }
  return Object.assign(drawn, { low, high })
}

/** Draws the keys. The zero value of a slot has key 0, so the zero state hashes to 0. */
export const keysOf = ({ slots }: Layout): Keys => {
  const base = new Int32Array(slots.length)
  let total = 0
  slots.forEach((slot, i) => {
    base[i] = total
    total += slot.hash === 'table' ? 2 ** slot.bits : slot.hash === 'bits' ? slot.bits : 1
  })
  const all = drawnUpTo(total)
  const low = all.low.slice(0, total)
  const high = all.high.slice(0, total)
  slots.forEach((slot, i) => {
    if (slot.hash !== 'table') return
    low[base[i]!] = 0
    high[base[i]!] = 0
  })
  return { base, low, high }
}

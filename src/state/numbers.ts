/** Sets of numbers without a domain, for memories that must stay small: exact, up to a bound that sets share. */
import type { SetDraft } from '../modelling/draft.ts'

/** What the sets of one memory may take together, and what had to be forgotten for it. */
export interface Budget {
  /** Units left: a lone number takes one, a stretch of `STRETCH` with more of them takes `DENSE`. */
  left: number
  /** Numbers forgotten, oldest first. */
  forgotten: number
  /** Units that this memory and others have left together; undefined where it stands alone. */
  readonly pool?: Pool
}

/** What several memories may take together. */
export interface Pool {
  left: number
}

/** Numbers that are remembered together. */
const STRETCH = 1024
const DENSE = 4

/** A set of whole numbers from 0 to 2^53 - 1. */
export const numberSet = (budget: Budget): SetDraft<number> => {
  /** By stretch: the only number in it, or a bit for each. In the order in which stretches were first needed. */
  const stretches = new Map<number, number | Uint32Array>()
  let size = 0

  const spend = (units: number): void => {
    budget.left -= units
    if (budget.pool) budget.pool.left -= units
  }
  const isOver = (): boolean => budget.left < 0 || (budget.pool !== undefined && budget.pool.left < 0)
  const bitsOf = (value: number, stretch: number) => {
    const bit = value - stretch * STRETCH
    return { word: bit >> 5, mask: 1 << (bit & 31) }
  }
  const has = (value: number): boolean => {
    const stretch = Math.floor(value / STRETCH)
    const known = stretches.get(stretch)
    if (known === undefined || typeof known === 'number') return known === value
    const { word, mask } = bitsOf(value, stretch)
    return (known[word]! & mask) !== 0
  }
  const forget = (stretch: number): void => {
    const known = stretches.get(stretch)
    if (known === undefined) return
    const count = typeof known === 'number' ? 1 : known.reduce((sum, word) => sum + ones(word), 0)
    size -= count
    budget.forgotten += count
    spend(typeof known === 'number' ? -1 : -DENSE)
    stretches.delete(stretch)
  }

  return {
    get size() {
      return size
    },
    has,
    add(value) {
      if (has(value)) return
      const stretch = Math.floor(value / STRETCH)
      const known = stretches.get(stretch)
      size += 1
      if (known === undefined) {
        spend(1)
        stretches.set(stretch, value)
      } else {
        const bits = typeof known === 'number' ? new Uint32Array(STRETCH / 32) : known
        if (typeof known === 'number') {
          const { word, mask } = bitsOf(known, stretch)
          bits[word]! |= mask
          stretches.set(stretch, bits)
          spend(DENSE - 1)
        }
        const { word, mask } = bitsOf(value, stretch)
        bits[word]! |= mask
      }
      while (isOver() && stretches.size > 1) forget(stretches.keys().next().value!)
    },
    delete(value) {
      if (!has(value)) return
      const stretch = Math.floor(value / STRETCH)
      const known = stretches.get(stretch)!
      size -= 1
      if (typeof known === 'number') {
        stretches.delete(stretch)
        spend(-1)
        return
      }
      const { word, mask } = bitsOf(value, stretch)
      known[word]! &= ~mask
    },
    clear() {
      for (const known of stretches.values()) spend(typeof known === 'number' ? -1 : -DENSE)
      stretches.clear()
      size = 0
    },
  }
}

/** How many bits are set. */
const ones = (word: number): number => {
  let count = 0
  for (let rest = word; rest !== 0; rest &= rest - 1) count += 1
  return count
}

/** How states were first reached, over more of them than one chunk holds: from memory, from a copy, and from outside. */
import { describe, expect, it } from 'vitest'
import type { Finding } from '../../engine/engine.ts'
import { Ancestry } from './ancestry.ts'
import { CHUNK } from './chunks.ts'
import type { Outside, OutsideWords } from './outside.ts'

const STATES = 6 * CHUNK + 5
/** A state has none, one or two successors that are new, and some have many. */
const successors = (state: number): number => (state % 1000 === 0 ? 70 : state % 3)

const recorded = (instances: number) => {
  const ancestry = new Ancestry(instances)
  const found: Finding[] = []
  for (let from = -1; found.length < STATES; from++) {
    for (let n = from < 0 ? 3 : successors(from); n > 0 && found.length < STATES; n--) {
      const instance = (found.length * 7) % instances
      found.push({ from, instance })
      ancestry.born(instance)
    }
    ancestry.done()
  }
  return { ancestry, found }
}

/** Outside of memory, in memory. */
const elsewhere = (): Outside => {
  const kept: OutsideWords[] = []
  return {
    write: (words: OutsideWords) => kept.push(words.slice()) - 1,
    read: (place: number, words: OutsideWords) => words.set(kept[place]!),
  } as unknown as Outside
}

describe.each([200, 1000])('the ancestry of states with %i instances', (instances) => {
  const { ancestry, found } = recorded(instances)
  const isAsFound = (one: Ancestry): void => {
    const states = found.map((_, state) => state).filter((state) => state % 97 === 0 || state % CHUNK < 3)
    expect(states.map((state) => one.cameBy(state))).toEqual(states.map((state) => found[state]))
  }

  it('is what was found', () => {
    isAsFound(ancestry)
  })

  it('is the same in a copy, which goes on', () => {
    const copy = new Ancestry(instances)
    copy.load(ancestry.save())
    isAsFound(copy)
    copy.born(5)
    expect(copy.cameBy(STATES).instance).toBe(5)
    expect(copy.cameBy(STATES).from).toBe(found.at(-1)!.from + 1)
  })

  it('is the same outside, and takes less memory', () => {
    const { bytes } = ancestry
    ancestry.putOut(elsewhere())
    expect(ancestry.bytes).toBeLessThan(bytes / 2)
    isAsFound(ancestry)
    expect(ancestry.save().arrays.length).toBeGreaterThan(6)
  })
})

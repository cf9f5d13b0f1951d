/** A search of which most lies outside of memory says what one says that has it all in memory. */
import { describe, expect, test } from 'vitest'
import { twoPhaseCommit } from '../../../examples/two-phase-commit.ts'
import { choicesFrom, engineInTurns } from '../../../testing/turns.ts'
import { NO_LIMITS, search } from '../../breadth-first.ts'
import { type Engine, OutOfMemory } from '../../engine/engine.ts'
import type { Saved } from '../../engine/saved.ts'
import { packedEngine } from '../packed-engine.ts'
import type { Outside, OutsideWords } from './outside.ts'

/** Wide enough that many chunks wait: 50,816 states and more in the next one. */
const model = twoPhaseCommit(7)

/** An outside in memory, with room for so many writes. */
const outsideOf = (bytes: number, room = Number.POSITIVE_INFINITY) => {
  const places: OutsideWords[] = []
  const counts = { written: 0, read: 0, again: 0 }
  const outside: Outside = {
    bytes,
    write(words, place = places.length) {
      if (++counts.written > room) throw new OutOfMemory()
      if (place < places.length) counts.again += 1
      places[place] = words.slice()
      return place
    },
    read(place, into) {
      counts.read += 1
      into.set(places[place]!)
    },
  }
  return { outside, counts }
}

/** What a search says, and the most memory that it had between two blocks. */
const outcomeOf = async (engine: Engine, bytes: number, from?: Saved) => {
  let most = 0
  const advance = engine.advance.bind(engine)
  engine.advance = () => {
    advance()
    most = Math.max(most, engine.bytes)
  }
  const {
    elapsedSeconds: _,
    bytes: _bytes,
    ...said
  } = await search(engine, {
    deadlock: true,
    limits: { ...NO_LIMITS, bytes },
    ...(from && { from }),
  })
  return { said, most, sizes: engine.levelSizes, cameBy: [0, 1, 40_000].map((s) => engine.cameBy(s)) }
}

const whole = await outcomeOf(packedEngine(model, { exact: false }), Number.POSITIVE_INFINITY)
/** Three quarters of what it takes in memory. */
const scarce = Math.ceil((whole.most * 3) / 4)

describe('a search with less memory than it takes', () => {
  test('puts outside what waits and how states were reached, and says the same', async () => {
    const { outside, counts } = outsideOf(scarce)
    const own = await outcomeOf(packedEngine(model, { exact: false, outside }), scarce)
    expect(own.most).toBeLessThan(scarce)
    expect({ ...own, most: whole.most }).toEqual(whole)
    expect(own.said.complete).toBe(true)
    // What was brought back leaves its place to others.
    expect(counts.again).toBeGreaterThan(0)
    expect(counts.read).toBeGreaterThan(counts.again)
  })

  test('puts nothing outside while there is room', async () => {
    const { outside, counts } = outsideOf(4 * whole.most)
    const limits = { ...NO_LIMITS, states: 60_000 }
    const { distinct } = await search(packedEngine(model, { exact: false, outside }), {
      deadlock: true,
      limits,
    })
    expect(distinct).toBeGreaterThanOrEqual(60_000)
    expect(counts.written).toBe(0)
  })

  test('does so with helpers', async () => {
    const { outside, counts } = outsideOf(scarce)
    const engine = engineInTurns(model, { exact: false, outside, tries: 2048 }, 2, choicesFrom(7))
    const own = await outcomeOf(engine, Number.POSITIVE_INFINITY)
    expect({ ...own.said, checkedTwice: 0 }).toEqual({ ...whole.said, checkedTwice: 0 })
    expect(own.cameBy).toEqual(whole.cameBy)
    expect(counts.read).toBeGreaterThan(0)
  })

  test('ends with what it knows when there is no room outside either', async () => {
    const { outside, counts } = outsideOf(scarce, 5)
    const { said } = await outcomeOf(packedEngine(model, { exact: false, outside }), scarce)
    expect(said).toMatchObject({ complete: false, cut: 'bytes' })
    expect(said.judgements.map(({ verdict }) => verdict)).not.toContain('holds')
    expect(counts.written).toBe(6)
  })

  test('is saved when the table can be no fuller, and taken up with more', async () => {
    const little = Math.ceil(whole.most / 3)
    const { outside, counts } = outsideOf(little)
    const engine = packedEngine(model, { exact: false, outside })
    let saved: Saved | undefined
    const { cut, distinct } = await search(engine, {
      deadlock: true,
      limits: NO_LIMITS,
      checkpoints: { isDue: () => false, write: (to) => (saved = to) },
    })
    expect(cut).toBe('bytes')
    expect(engine.bytes).toBeLessThan(little)
    expect(distinct).toBeGreaterThan(50_000)
    expect(counts.read).toBeGreaterThan(0)
    const { outside: more } = outsideOf(scarce)
    const own = await outcomeOf(packedEngine(model, { exact: false, outside: more }), scarce, saved)
    expect({ ...own.said, checkedTwice: 0 }).toEqual({ ...whole.said, checkedTwice: 0 })
    expect(own.cameBy).toEqual(whole.cameBy)
  })
})

/** Hunting in a test suite, as a user of the library writes it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  actionsOn,
  always,
  alwaysPossible,
  clusterProperty,
  model,
  range,
  record,
  replay,
  runsOf,
} from '../index.ts'

const state = record({ next: range(0, 9), highest: range(0, 9) })
const action = actionsOn<typeof state>()
const counter = (lost: boolean, stuck = false) =>
  model('Counter', {
    state,
    actions: [
      action('Send', {
        guard: (s) => s.next < 9,
        effect: (d) => {
          d.next += 1
          d.highest = Math.max(d.highest, d.next)
        },
      }),
      action('TakeOver', {
        fault: true,
        guard: (s) => !stuck || s.next < 4,
        effect: (d) => {
          d.next = lost ? 0 : d.highest
          if (stuck) d.highest = 0
        },
      }),
    ],
    properties: [
      always<typeof state>('NeverBehind', { label: 'CNT-1', holds: (s) => stuck || s.next >= s.highest }),
      alwaysPossible<typeof state>('Fresh', { holds: (s) => !stuck || s.highest === 0 }),
    ],
  })

const messageOf = (run: () => void): string => {
  try {
    run()
  } catch (error) {
    return (error as { cause?: Error }).cause?.message ?? (error as Error).message
  }
  return 'nothing was thrown'
}

describe('clusterProperty', () => {
  it('holds for a model that is right', () => {
    fc.assert(clusterProperty(counter(false)), { seed: 1, numRuns: 300 })
  })

  it('fails with the shortest trace of a violation in the message', () => {
    const message = messageOf(() => fc.assert(clusterProperty(counter(true)), { seed: 1 }))
    expect(message).toContain(
      [
        'Counter: CNT-1 NeverBehind is violated after 2 steps.',
        '   0  init',
        '   1  Send: next 0 -> 1, highest 0 -> 1',
        '   2  TakeOver: next 1 -> 0',
        'path 0.0.1',
      ].join('\n'),
    )
    expect(replay(counter(true), [0, 0, 1]).steps).toHaveLength(3)
  })

  it('fails for a doom', () => {
    const message = messageOf(() => fc.assert(clusterProperty(counter(true, true)), { seed: 1 }))
    expect(message).toMatch(/^Counter: Fresh nothing that follows can make it true after 4 steps\./m)
  })

  it('repeats what fast-check reports by seed and path', () => {
    const first = fc.check(clusterProperty(counter(true)), { seed: 7 })
    expect(first.failed).toBe(true)
    const again = fc.check(clusterProperty(counter(true)), { seed: 7, path: first.counterexamplePath! })
    expect(again.counterexample![0].path).toEqual(first.counterexample![0].path)
  })

  it('says what is wrong with a model rather than call it a violation', () => {
    const faulty = model('Faulty', {
      state,
      actions: [action('Up', { effect: (d) => Object.assign(d, { next: d.next + 1 }) })],
    })
    expect(messageOf(() => fc.assert(clusterProperty(faulty), { seed: 1 }))).toContain(
      'next = 10 is outside 0..9.',
    )
  })
})

describe('runsOf', () => {
  it('draws runs that the model allows, for properties of a test suite', () => {
    fc.assert(
      fc.property(runsOf(counter(false), { length: 12 }), ({ path }) => {
        const last = replay(counter(false), path).steps.at(-1)!.state.model as { next: number }
        expect(path.length).toBeLessThanOrEqual(13)
        expect(last.next).toBeLessThanOrEqual(9)
      }),
      { seed: 1 },
    )
  })
})

/** Stamps that come round. */
import { describe, expect, it } from 'vitest'
import { actionsOn, always, model, range, record } from '../../index.ts'
import { NO_LIMITS, search } from '../breadth-first.ts'
import { RECALL } from './memoised/read-trees.ts'
import { packedEngine } from './packed-engine.ts'

const LAST = 40
const state = record({ a: range(0, 9), b: range(0, 4000), c: range(0, 2 ** 29), d: range(0, 2 ** 29) })
const action = actionsOn<typeof state>()
const wide = model('Wide', {
  state,
  actions: [
    action('Set', {
      choose: { v: [...Array(10).keys()] },
      effect: (d, { v }) => {
        d.a = v
      },
    }),
    action('Next', {
      guard: (s) => s.b < LAST,
      effect: (d) => {
        d.b += 1
      },
    }),
  ],
  properties: [always<typeof state>('NotLast', { holds: (s) => s.b < LAST })],
})

describe('a stamp that has come to its end', () => {
  it.each(['stamp', 'distilled'])('begins again: %s', async (stamp) => {
    let found = false
    const rewrite = (text: string) => {
      const late = text.replace(new RegExp(`\\b${stamp} = 0,`), `${stamp} = 2147483647 - 100,`)
      found ||= late !== text
      return late
    }
    // Where nothing is remembered every step is made anew.
    const engine = packedEngine(wide, { exact: true, recall: { ...RECALL, room: 0 }, rewrite })
    const { distinct, judgements } = await search(engine, { limits: NO_LIMITS, deadlock: false })
    expect(found).toBe(true)
    expect(distinct).toBe(10 * (LAST + 1))
    expect(judgements[0]!.verdict).toBe('violated')
  })
})

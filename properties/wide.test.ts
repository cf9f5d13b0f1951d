/** The numbers of RFC 6027 sections 3.4 and 3.5 in hunts; spans of numbers and bursts against what they stand for. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FocusName } from '../model/schemes/named-scheme.ts'
import { esp, withEsp } from '../model/schemes/policies.ts'
import { advance, advanceThrough } from '../model/state/esp-window.ts'
import { hunt } from '../src/hunt/hunt.ts'
import { labelOf } from '../src/modelling/property.ts'
import type { SetOf } from '../src/modelling/schema.ts'
import { replay } from '../src/search/engine/path.ts'
import { inPlaceOf } from '../src/state/in-place.ts'
import { focusesOf, matrixOf } from './matrix.ts'
import { hasAny, numbersUpTo, remember } from './memory/number-sets.ts'

const PERIOD = 10_000

/** What runs at real widths show of a jump: by label the steps, and the last number that the first member sent. */
const huntedWith = (policies: Parameters<typeof withEsp>[1], search: FocusName, runs: number) => {
  const scheme = withEsp(esp, { period: PERIOD, ...policies })
  const [focus] = focusesOf({ name: 'varied', about: '', scheme, judgedBy: [search] }, 'wide')
  const { model } = focus!
  const { found } = hunt(model, { runs, seconds: 60 })
  return Object.fromEntries(
    found.map(({ property, small }) => [labelOf(property), small && replay(model, small.path)]),
  )
}

describe('with a synch message every 10,000 packets', () => {
  it('a jump of 10,000 reuses a number when one message is lost, within 12 steps', () => {
    const trace = huntedWith({ jump: PERIOD }, 'wide-outbound', 1_000)['SEQ-1']!
    expect(trace.steps.length - 1).toBeLessThanOrEqual(12)
    const sent = trace.steps.flatMap(({ events }) =>
      events.flatMap(({ kind, event }) =>
        kind === 'espSent' ? [event as { sender: string; sequenceNumber: number; count?: number }] : [],
      ),
    )
    const [last] = sent.filter(({ sender }) => sender === 'B').slice(-1)
    const spans = sent
      .filter(({ sender }) => sender === 'A')
      .map(({ sequenceNumber, count = 1 }) => [sequenceNumber - count + 1, sequenceNumber] as const)
    expect(
      spans.some(
        ([from, to]) => from <= last!.sequenceNumber && last!.sequenceNumber - (last!.count ?? 1) < to,
      ),
    ).toBe(true)
    expect(last!.sequenceNumber).toBeGreaterThan(165_000)
  })

  it('a jump of 29,999 covers a message lost and one unread, and one of 15,000 does not', () => {
    expect(huntedWith({ jump: 3 * PERIOD - 1 }, 'wide-outbound', 10_000)).toEqual({})
    expect(huntedWith({ jump: 15_000 }, 'wide-outbound', 10_000)['SEQ-1']).toBeDefined()
  })

  it('packet 175,000 is taken again after a failover, and a raised window drops packets that are new', () => {
    expect(huntedWith({}, 'wide-inbound', 1_000)['RPL-1']).toBeDefined()
    expect(huntedWith({ raise: PERIOD }, 'wide-inbound', 1_000)['SEQ-2i']).toBeDefined()
  })
})

describe('the scope wide', () => {
  it('has the single gateway, which keeps its promises, and no declarations', () => {
    const { suites } = matrixOf('wide')
    expect(suites.map(({ name }) => name)).toEqual([
      'single-gateway',
      'rfc-as-is',
      'rfc-jump',
      'rfc-wide-jump',
      'rfc-raised',
      'rfc-learns',
    ])
    for (const { model } of suites[0]!.focuses)
      for (const { small, arose } of hunt(model, { runs: 300, seconds: 60 }).found) {
        expect(small).toBeUndefined()
        expect(arose).toBeGreaterThan(0)
      }
    expect(suites.every(({ expects }) => expects === undefined)).toBe(true)
  })
})

describe('spans of numbers', () => {
  it('remember what a set remembers', () => {
    const schema = numbersUpTo(
      { scope: { esp: { bursts: [1, 2] } } } as never,
      60,
    ) as unknown as SetOf<number>
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ last: fc.integer({ min: 8, max: 60 }), count: fc.integer({ min: 1, max: 8 }) }),
          {
            maxLength: 25,
          },
        ),
        (bursts) => {
          const spans = inPlaceOf(schema as never).root as never
          const set = new Set<number>()
          for (const { last, count } of bursts) {
            const numbers = Array.from({ length: count }, (_, i) => last - i)
            expect(hasAny(spans, last, count)).toBe(numbers.some((n) => set.has(n)))
            remember(spans, last, count)
            for (const n of numbers) set.add(n)
          }
          for (let n = 1; n <= 60; n++) expect(hasAny(spans, n)).toBe(set.has(n))
        },
      ),
      { seed: 6027 },
    )
  })
})

describe('a burst', () => {
  it('leaves the window that its packets leave one by one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 8 }),
        fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 6 }),
        (width, counts) => {
          const [one, other] = [
            { top: 0, seen: 0 },
            { top: 0, seen: 0 },
          ]
          let next = 1
          for (const count of counts) {
            for (let n = next; n < next + count; n++) advance(one, n, width)
            advanceThrough(other, next, next + count - 1, width)
            expect(other).toEqual(one)
            next += count + (count % 3)
          }
        },
      ),
      { seed: 6027 },
    )
  })
})

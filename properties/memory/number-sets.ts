/**
 * What a monitor remembers of the numbers it has seen: a set; or, where packets come in bursts, the spans of numbers, so
 * that ten thousand of them cost what one costs.
 */
import type { Constants } from '../../model/constants/constants.ts'
import type { Draft } from '../../src/modelling/draft.ts'
import { queue, range, record, type SetOf, setOf } from '../../src/modelling/schema.ts'

/** Spans that do not touch; a takeover begins one, so few are needed. */
const MOST_SPANS = 16

const spansOf = (highest: number) =>
  record({ spans: queue(record({ from: range(0, highest), to: range(0, highest) }), MOST_SPANS) })

type Spans = Draft<ReturnType<typeof spansOf>>
type Numbers = Draft<SetOf<number>>

/** The schema of a memory for the numbers from 0 to `highest`. */
export const numbersUpTo = ({ scope }: Constants, highest: number): SetOf<number> =>
  (scope.esp.bursts ? spansOf(highest) : setOf(range(0, highest))) as SetOf<number>

/** Whether any of `count` numbers up to `last` was remembered. */
export const hasAny = (memory: Numbers, last: number, count = 1): boolean => {
  if (!('spans' in memory)) return memory.has(last)
  const { spans } = memory as Spans
  for (let i = 0; i < spans.length; i++) {
    const { from, to } = spans.at(i)!
    if (from <= last && last - count < to) return true
  }
  return false
}

/** Remembers `count` numbers up to `last`. Spans that meet become one. */
export const remember = (memory: Numbers, last: number, count = 1): void => {
  if (!('spans' in memory)) {
    memory.add(last)
    return
  }
  const { spans } = memory as Spans
  let from = last - count + 1
  let to = last
  for (let i = spans.length - 1; i >= 0; i--) {
    const span = spans.at(i)!
    const [first, end] = [span.from, span.to]
    if (first > to + 1 || end < from - 1) continue
    from = Math.min(from, first)
    to = Math.max(to, end)
    spans.removeAt(i)
  }
  spans.push({ from, to })
}

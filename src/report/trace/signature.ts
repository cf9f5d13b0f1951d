/**
 * The skeleton of a trace: the names of the actions of its causal core, without what these chose, in an order that
 * forgets in which order steps came that have nothing to do with each other. Two traces with one skeleton fail in the
 * same way: with other names, with steps that play no part, or with independent steps exchanged.
 *
 * Steps have to do with each other when one writes what the other reads or writes. The order is the smallest one by
 * name that keeps those that do; where equal names could be taken, the earlier step is, so that in rare cases one way
 * of failing has two skeletons.
 */
import type { Trace } from '../../search/engine/path.ts'
import type { StepRecord } from '../../state/plain/recording.ts'
import type { Insight } from './insight.ts'

/** The names of the skeleton, without the step into the initial state. */
export const skeletonOf = ({ steps }: Trace, { parts, records }: Insight): readonly string[] => {
  const waiting = steps.flatMap(({ instance }, step) =>
    step > 0 && parts[step] !== 'outside' ? [{ name: instance.action.name, record: records[step]! }] : [],
  )
  const names: string[] = []
  while (waiting.length > 0) {
    const free = waiting.filter(
      (one, i) => !waiting.slice(0, i).some((earlier) => areBound(earlier.record, one.record)),
    )
    const next = free.reduce((best, one) => (one.name < best.name ? one : best))
    names.push(next.name)
    waiting.splice(waiting.indexOf(next), 1)
  }
  return names
}

const areBound = (a: StepRecord, b: StepRecord): boolean => touches(a, b) || touches(b, a)

const touches = (writer: StepRecord, other: StepRecord): boolean => {
  for (const variable of writer.writes)
    if (other.writes.has(variable) || other.effectReads.has(variable) || other.guardReads.has(variable))
      return true
  for (const variable of writer.memoryWrites)
    if (other.memoryWrites.has(variable) || other.memoryReads.has(variable)) return true
  return false
}

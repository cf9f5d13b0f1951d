/** What a trace that violates a property of whole runs repeats for ever. */
import { isTemporal } from '../../modelling/property.ts'
import { cycleOf } from '../../search/engine/lasso.ts'
import type { Trace } from '../../search/engine/path.ts'

const known = new WeakMap<Trace, Map<string, number | undefined>>()

/** The step after which all is repeated, the last one where nothing can change any more; undefined for other properties. */
export const cycleIn = (trace: Trace, property: string): number | undefined => {
  const p = trace.model.properties.find(({ name }) => name === property)
  if (!p || !isTemporal(p)) return undefined
  const ofTrace = known.get(trace) ?? new Map<string, number | undefined>()
  known.set(trace, ofTrace)
  if (!ofTrace.has(property)) ofTrace.set(property, cycleOf(trace, p))
  return ofTrace.get(property)
}

/** Whether a step is one of those that are repeated. */
export const isRepeated = (trace: Trace, property: string, step: number): boolean => {
  const cycle = cycleIn(trace, property)
  return cycle !== undefined && step > cycle
}

/** The run in words: `steps 3 to 6 are repeated for ever`. */
export const cycleText = (trace: Trace, cycle: number): string => {
  const last = trace.steps.length - 1
  if (cycle === last) return `after step ${last} nothing can change any more`
  if (cycle === last - 1) return `step ${last} is repeated for ever`
  return `steps ${cycle + 1} to ${last} are repeated for ever`
}

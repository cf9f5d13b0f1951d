/** What is said about a trace: which property it speaks for, where it was found and how to see it again. */
import type { Verdict } from '../../search/engine/outcome.ts'
import type { Trace } from '../../search/engine/path.ts'
import { numberText, withUnit } from '../text/columns.ts'
import { cycleIn, cycleText } from './cycle.ts'

/** The words around a trace. */
export interface Caption {
  /** Name of the property. */
  readonly property: string
  /** Its short code, or the name again. */
  readonly label: string
  readonly sentence?: string
  readonly source?: string
  readonly verdict: Verdict
  /** What the last step of the trace of a measure reads, and in which unit. */
  readonly value?: number
  readonly unit?: string
  readonly scheme: string
  readonly focus?: string
  readonly scope?: string
  /** What `clustercheck replay` takes. */
  readonly token: string
  /** What is said instead of the usual first line, and the command that shows the trace instead of `replay`. */
  readonly headline?: string
  readonly command?: string
  /** Where the trace comes from, instead of scheme, focus and scope. */
  readonly origin?: readonly (readonly [what: string, which: string])[]
}

/** The property as one phrase: its label, and its name where that says more. */
export const propertyText = ({ label, property }: Caption): string =>
  label === property ? property : `${label} ${property}`

/** The one line that says what a trace shows: `MID-1 NoReuse is violated after 7 steps`. */
export const headline = (trace: Trace, caption: Caption): string => {
  if (caption.headline !== undefined) return caption.headline
  const count = trace.steps.length - 1
  const when = count === 0 ? 'in the initial state' : `after ${count} ${count === 1 ? 'step' : 'steps'}`
  const text = propertyText(caption)
  const { property, verdict, value, unit } = caption
  const kind = trace.model.properties.find(({ name }) => name === property)?.kind
  if (verdict === 'violated' && kind === undefined && property === 'Deadlock')
    return `No action is enabled ${when}`
  if (verdict === 'violated' && kind === 'alwaysPossible')
    return `${text} is violated ${when}: nothing that follows can make it true`
  const cycle = verdict === 'violated' ? cycleIn(trace, property) : undefined
  if (cycle !== undefined) return `${text} is violated: ${cycleText(trace, cycle)}`
  if (verdict === 'violated' || verdict === 'reached') return `${text} is ${verdict} ${when}`
  if (value !== undefined) {
    const more = verdict === 'unknown' ? '; the search was cut, so there may be more' : ''
    return `${text} reads ${valueText(value, unit)} ${when}${more}`
  }
  const says = {
    holds: 'holds',
    unreached: 'is not reached',
    measured: 'is measured',
    vacuous: 'is vacuous',
    unknown: 'is undecided',
  }
  return `${text} ${says[verdict]}; its situation arises ${when}`
}

/** A reading with its unit: `3 messages`. */
export const valueText = (value: number, unit: string | undefined): string =>
  unit === undefined ? numberText(value) : withUnit(value, unit)

/** What the last step of a trace shows: `VIOLATED MID-1 NoReuse`, `READS 3 messages: PRC-1 Messages`. */
export const lastStepText = (caption: Caption): string => {
  const { verdict, value, unit } = caption
  if (value !== undefined) return `READS ${valueText(value, unit)}: ${propertyText(caption)}`
  const word = verdict === 'violated' || verdict === 'reached' ? verdict : 'arises'
  return `${word.toUpperCase()} ${propertyText(caption)}`
}

/** Where the trace comes from, as pairs of what and which. */
export const provenance = (caption: Caption): readonly (readonly [string, string])[] => {
  const { scheme, focus, scope, origin } = caption
  if (origin) return origin
  return [
    ['scheme', scheme],
    ...(focus === undefined ? [] : ([['focus', focus]] as const)),
    ...(scope === undefined ? [] : ([['scope', scope]] as const)),
  ]
}

/** The command that shows the trace again. */
export const replayCommand = ({ token, command }: Caption): string =>
  command ?? `clustercheck replay ${token}`

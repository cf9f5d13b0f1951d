/** What is said about a trace: which property it speaks for, where it was found and how to see it again. */
import type { Verdict } from '../search/outcome.ts'
import type { Trace } from '../search/path.ts'
import { type Change, changesBetween } from '../state/print.ts'

/** The words around a trace. */
export interface Caption {
  /** Name of the property. */
  readonly property: string
  /** Its short code, or the name again. */
  readonly label: string
  readonly sentence?: string
  readonly source?: string
  readonly verdict: Verdict
  readonly scheme: string
  readonly focus?: string
  readonly scope?: string
  /** What `clustercheck replay` takes. */
  readonly token: string
}

/** The property as one phrase: its label, and its name where that says more. */
export const propertyText = ({ label, property }: Caption): string =>
  label === property ? property : `${label} ${property}`

/** The one line that says what a trace shows: `MID-1 NoReuse is violated after 7 steps`. */
export const headline = (trace: Trace, caption: Caption): string => {
  const count = trace.steps.length - 1
  const when = count === 0 ? 'in the initial state' : `after ${count} ${count === 1 ? 'step' : 'steps'}`
  const { verdict } = caption
  if (verdict === 'violated' || verdict === 'reached') return `${propertyText(caption)} is ${verdict} ${when}`
  const says = { holds: 'holds', unreached: 'is not reached', vacuous: 'is vacuous', unknown: 'is undecided' }
  return `${propertyText(caption)} ${says[verdict]}; its situation arises ${when}`
}

/** The one word for what the last step of a trace shows. */
export const lastStepWord = ({ verdict }: Caption): string =>
  verdict === 'violated' || verdict === 'reached' ? verdict : 'arises'

/** Where the trace comes from, as pairs of what and which. */
export const provenance = ({ scheme, focus, scope }: Caption): readonly (readonly [string, string])[] => [
  ['scheme', scheme],
  ...(focus === undefined ? [] : ([['focus', focus]] as const)),
  ...(scope === undefined ? [] : ([['scope', scope]] as const)),
]

/** The command that shows the trace again. */
export const replayCommand = ({ token }: Caption): string => `clustercheck replay ${token}`

/** The variables of the model that step `index` changed; step 0 changes the zero state. */
export const changesOf = ({ model, zero, steps }: Trace, index: number): readonly Change[] =>
  changesBetween(model.state, (steps[index - 1]?.state ?? zero).model, steps[index]!.state.model)

/** A change on one line: `member.A.sent 0 -> 1`. */
export const changeText = ({ path, before, after }: Change): string => `${path} ${before} -> ${after}`

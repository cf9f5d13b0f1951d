/** What a reader is told of a trace first: the sentence, the events that clash, and the causal core. */
import { choicesOf } from '../../modelling/action.ts'
import { type Sentence, type Story, said, type TraceEvent } from '../../modelling/explanation.ts'
import type { Model } from '../../modelling/model.ts'
import { printable } from '../../modelling/printable.ts'
import { isListener, isOverStates, isTemporal, type Property } from '../../modelling/property.ts'
import { isThenable } from '../../modelling/thenable.ts'
import type { Trace } from '../../search/engine/path.ts'
import { takenOf } from '../../state/plain/instances.ts'
import { viewOf } from '../../state/plain/reading-views.ts'
import { recordStep, type StepRecord } from '../../state/plain/recording.ts'
import { type Caption, propertyText, valueText } from './caption.ts'
import { type Part, partsOf, type Roots } from './causal-core.ts'
import { cycleIn, cycleText } from './cycle.ts'
import { doomText, forbiddenText } from './forbidden.ts'
import { happeningsOf, happeningText } from './happenings.ts'
import { sightingsText } from './sightings.ts'

/** An event by its place. */
export interface EventPlace {
  readonly step: number
  readonly index: number
}

/** What is known about a trace beyond its steps. */
export interface Insight {
  readonly sentence: Sentence
  /** The events that clash; their steps are part of the core. */
  readonly clash: readonly EventPlace[]
  /** By step. */
  readonly parts: readonly Part[]
  readonly records: readonly StepRecord[]
}

const known = new WeakMap<Trace, Map<string, Insight>>()

/** Explains a trace; the same trace is explained once. */
export const insightOf = (trace: Trace, caption: Caption): Insight => {
  const ofTrace = known.get(trace) ?? new Map<string, Insight>()
  known.set(trace, ofTrace)
  const key = `${caption.property} ${caption.verdict} ${caption.value}`
  const insight = ofTrace.get(key) ?? made(trace, caption)
  ofTrace.set(key, insight)
  return insight
}

const made = (trace: Trace, caption: Caption): Insight => {
  const { model, zero, steps } = trace
  const property = model.properties.find(({ name }) => name === caption.property)
  const { recorded } = trace
  const records =
    recorded && recorded.property === property
      ? recorded.steps
      : steps.map(({ instance, state }, i) =>
          recordStep(model, { before: steps[i - 1]?.state ?? zero, instance, after: state }, property),
        )
  const end = steps.length - 1
  const index = records.at(-1)?.judged.findIndex(({ violated }) => violated) ?? -1
  const last = index < 0 ? undefined : eventAt(trace, { step: end, index })
  const explained = explainedBy(trace, caption, property, last)
  const told = explained?.sentence ?? plainSentence(trace, caption, property, last)
  const sentence = { ...told, text: printable(told.text) }
  const clash = [...sentence.events, ...(last && !sentence.events.includes(last) ? [last] : [])]
  // Whatever a run repeats for ever keeps it going, and all that is seen is compared.
  const parts =
    property && (isTemporal(property) || property.kind === 'refines')
      ? steps.map((): Part => 'enabler')
      : partsOf(records, rootsOf(trace, property, records, explained?.reads))
  const places = clash.map(({ step, index }) => ({ step, index }))
  return {
    sentence,
    clash: places.filter((a, i) => places.findIndex((b) => a.step === b.step && a.index === b.index) === i),
    parts: parts.map((part, step) =>
      part === 'outside' && clash.some((event) => event.step === step) ? 'enabler' : part,
    ),
    records,
  }
}

const eventAt = ({ steps }: Trace, { step, index }: EventPlace): TraceEvent => ({
  ...steps[step]!.events[index]!,
  step,
  index,
})

/** What the property says of the trace, and what it read of the last state for it. */
const explainedBy = (
  trace: Trace,
  { verdict }: Caption,
  property: Property | undefined,
  last: TraceEvent | undefined,
): { readonly sentence: Sentence; readonly reads: ReadonlySet<string> } | undefined => {
  const end = trace.steps.at(-1)
  if (!property?.explain || !end || verdict !== 'violated') return undefined
  const reads = new Set<string>()
  const state = viewOf(trace.model.state, end.state.model, '', reads) as object
  try {
    const sentence = property.explain(storyOf(trace, last), state)
    // One that comes later, or is no sentence, says nothing.
    if (isThenable(sentence) || typeof sentence?.text !== 'string') return undefined
    return { sentence, reads }
  } catch {
    // An explanation is not worth a verdict: the plain sentence says what is certain.
    return undefined
  }
}

/** The trace as an explanation sees it. */
const storyOf = (trace: Trace, last: TraceEvent | undefined): Story => {
  const events = trace.steps.flatMap(({ events }, step) =>
    events.map((_, index) =>
      last?.step === step && last.index === index ? last : eventAt(trace, { step, index }),
    ),
  )
  const before = last ? events.slice(0, events.indexOf(last)) : events
  const story: Story = {
    end: trace.steps.length - 1,
    last: last as Story['last'],
    all: (kind, test) => before.filter((e) => e.kind === kind && (test?.(e.event) ?? true)) as never,
    first: (kind, test) => story.all(kind, test)[0],
    latest: (kind, test) => story.all(kind, test).at(-1),
  }
  return story
}

/** The sentence where the property has none. */
const plainSentence = (
  trace: Trace,
  caption: Caption,
  property: Property | undefined,
  last: TraceEvent | undefined,
): Sentence => {
  const end = trace.steps.length - 1
  const action = trace.steps[end]?.instance.text
  const where = end === 0 ? 'in the initial state' : `after step ${end}, ${action}`
  const { verdict, value, unit } = caption
  const text = propertyText(caption)
  if (verdict === 'violated') {
    const seen =
      property?.kind === 'refines' && sightingsText(trace, property, text, (at) => eventAt(trace, at))
    if (seen) return seen
    if (last) return said`${text} is violated by what happens at ${last}: ${textOf(trace, last)}.`
    const cycle = property && cycleIn(trace, property.name)
    if (cycle !== undefined)
      return said`${text}: ${cycleText(trace, cycle)}, and it never comes true${cycle === end ? '' : ' in them'}.`
    if (property?.kind === 'alwaysPossible')
      return said`${text}: ${where}, nothing that can follow makes it true.${doomText(trace.model, trace.steps[end]!.state)}`
    if (property?.kind === 'step') return said`${text} is violated by step ${end}, ${action ?? ''}.`
    if (property) return said`${text} is false ${where}.`
    const state = caption.property === 'Deadlock' ? trace.steps[end]?.state.model : undefined
    return said`No action is enabled ${where}.${state ? forbiddenText(trace.model, state) : ''}`
  }
  if (value !== undefined) return said`${text} reads ${valueText(value, unit)} ${where}.`
  return verdict === 'reached'
    ? said`${text} is reached ${where}.`
    : said`The situation of ${text} arises ${where}.`
}

/** An event in words, as the text form of the trace has it. */
const textOf = (trace: Trace, { step, index }: EventPlace): string =>
  happeningText(happeningsOf(trace)[step]![index]!)

/** What the end of the trace read. */
const rootsOf = (
  { model, steps }: Trace,
  property: Property | undefined,
  records: readonly StepRecord[],
  explained: ReadonlySet<string> | undefined,
): Roots => {
  const end = steps.at(-1)?.state
  const record = records.at(-1)
  if (!end || !record) return { values: new Set(), conditions: new Set(), memory: new Set() }
  if (property && isListener(property))
    return { values: record.effectReads, conditions: record.guardReads, memory: record.memoryReads }
  const conditions = new Set<string>()
  const state = viewOf(model.state, end.model, '', conditions) as object
  if (property && isOverStates(property)) {
    property.holds(state)
    if (property.kind === 'alwaysPossible') property.whenever?.(state)
  }
  if (property?.kind === 'step') {
    const before = viewOf(
      model.state,
      (steps.at(-2)?.state ?? steps[0]!.state).model,
      '',
      conditions,
    ) as object
    property.holds(before, state, takenOf(steps.at(-1)!.instance, before))
    for (const read of record.effectReads) conditions.add(read)
  }
  // What cannot happen any more is due to whatever a guard looks at.
  if (!property || property.kind === 'alwaysPossible') readGuards(model, state)
  return { values: explained ?? conditions, conditions, memory: new Set() }
}

/** Looks at a state as every guard does. */
const readGuards = ({ actions }: Model, state: object): void => {
  for (const action of actions) for (const choice of choicesOf(action)) action.guard?.(state, choice)
}

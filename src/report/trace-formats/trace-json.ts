/**
 * A trace as data for other programs: each step with its action, events and changes. Fields are added to a version of
 * the schema, never changed.
 */
import { labelOf } from '../../modelling/property.ts'
import type { Trace } from '../../search/engine/path.ts'
import { changesBetween } from '../../state/print.ts'
import type { Caption } from '../trace/caption.ts'
import { cycleIn } from '../trace/cycle.ts'
import { happeningsOf, happeningText } from '../trace/happenings.ts'
import { insightOf } from '../trace/insight.ts'

/** What was chosen from the state, with its sets as lists. */
const dataOf = (value: unknown): unknown => {
  if (value instanceof Set) return [...value]
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, of]) => [name, dataOf(of)]))
}

const SCHEMA_VERSION = 1

/** What is known of the replay beside the trace. */
export interface Replayed {
  readonly token: string
  /** The file that holds the model; absent for a scheme. */
  readonly file?: string
  readonly changed: boolean
  readonly shows: boolean
}

/** What `clustercheck replay TOKEN --json` prints. */
export const traceJson = (trace: Trace, caption: Caption, replayed: Replayed): object => {
  const { model, steps, zero } = trace
  const { property, label, sentence, source, verdict, value, unit, scheme, focus, scope } = caption
  const told = replayed.shows ? insightOf(trace, caption) : undefined
  const story = happeningsOf(trace)
  const loop = replayed.shows ? cycleIn(trace, property) : undefined
  const labels = new Map(model.properties.map((p) => [p.name, labelOf(p)]))
  return {
    schemaVersion: SCHEMA_VERSION,
    command: 'replay',
    token: replayed.token,
    target: scheme,
    ...(replayed.file !== undefined && { file: replayed.file }),
    ...(focus !== undefined && { search: focus }),
    ...(scope !== undefined && { scope }),
    property: {
      name: property,
      label,
      ...(sentence !== undefined && { sentence }),
      ...(source !== undefined && { source }),
      verdict,
      ...(value !== undefined && { value }),
      ...(unit !== undefined && { unit }),
    },
    changed: replayed.changed,
    shows: replayed.shows,
    ...(told && { sentence: told.sentence.text }),
    lanes: model.events?.lanes ?? [],
    ...(loop !== undefined && { loop }),
    steps: steps.map(({ instance, state, events, violated }, index) => ({
      index,
      action: instance.action.name,
      choice: instance.chosen === undefined ? instance.choice : dataOf(instance.chosen),
      text: instance.text,
      ...(told && { part: told.parts[index] }),
      events: events.map(({ kind, event }, i) => {
        const happening = story[index]![i]
        return {
          kind,
          event,
          ...(happening && { text: happeningText(happening) }),
          clashes: told?.clash.some((place) => place.step === index && place.index === i) ?? false,
        }
      }),
      changes: changesBetween(model.state, (steps[index - 1]?.state ?? zero).model, state.model).map(
        ({ path, before, after }) => ({ variable: path, before, after }),
      ),
      violated: [...violated].map((name) => labels.get(name) ?? name),
    })),
  }
}

/**
 * A trace run once more with a record of what each step read and wrote. A variable is named by its path; a message
 * of a channel and an element of a set are variables of their own, `network#{id: 1}`, and so are how many there are,
 * `network%count`, and in a queue who comes first, `synch%order`. A write that changes nothing is none.
 *
 * A message of a bag is what it is wherever it stands: which index it has is no variable.
 */
import { produce } from 'immer'
import type { Model } from '../../modelling/model.ts'
import { isListener, type Judge, type Meter, type Property } from '../../modelling/property.ts'
import type { Schema } from '../../modelling/schema.ts'
import type { PlainChannel } from '../channels.ts'
import { show } from '../print.ts'
import type { Instance } from './instances.ts'
import type { Recorder } from './interpreter.ts'
import type { PlainState } from './plain-state.ts'
import { isScalar, viewOf } from './reading-views.ts'

/** What one step read and wrote. */
export interface StepRecord {
  readonly guardReads: ReadonlySet<string>
  readonly effectReads: ReadonlySet<string>
  readonly writes: ReadonlySet<string>
  /** Elements and messages of which the step left none. */
  readonly removed: ReadonlySet<string>
  /** What the listener read of its memory: in the whole step, or up to the event that violated it. */
  readonly memoryReads: ReadonlySet<string>
  readonly memoryWrites: ReadonlySet<string>
  /** By index of event: whether the listener heard it, and what it said. */
  readonly judged: readonly Judged[]
}

/** What a listener said of one event. */
export interface Judged {
  readonly heard: boolean
  readonly violated: boolean
  readonly arose: boolean
}

/** One step to record: the state before it, the instance, and the state after it. */
export interface Taken {
  readonly before: PlainState
  readonly instance: Instance
  readonly after: PlainState
}

/** Runs one step with a record; the memory is that of `property` when that listens to events. */
export const recordStep = (
  model: Pick<Model, 'state' | 'events'>,
  { before, instance, after }: Taken,
  property: Property | undefined,
): StepRecord => {
  const { action, choice } = instance
  const recording = recordingOf(model, property)
  const { recorder } = recording
  const listener = property && isListener(property) ? property : undefined
  produce(before, (draft) => {
    const emit: Record<string, (event: object) => void> = {}
    for (const kind of model.events?.kinds ?? [])
      emit[kind] = (event) => {
        if (listener)
          recorder.hear(listener, draft.memory[listener.name]!, SILENT, (memory, judge) =>
            listener.on[kind]?.(memory, event, judge),
          )
        recorder.heard(kind)
      }
    action.effect(recorder.model(draft.model), choice, emit)
  })
  return recording.record({ before, instance, after })
}

const SILENT: Judge & Meter = { violated: () => {}, arose: () => {}, reads: () => {} }

/** What is read, as long as that is looked at. */
class Reads extends Set<string> {
  isOpen = true

  override add(path: string): this {
    return this.isOpen ? super.add(path) : this
  }
}

/** Records one step while somebody else takes it. */
export const recordingOf = (
  { state: schema }: Pick<Model, 'state'>,
  property: Property | undefined,
): { readonly recorder: Recorder; record(taken: Taken): StepRecord } => {
  const effectReads = new Reads()
  const memoryReads = new Set<string>()
  const judged: Judged[] = []
  let said = { violated: false, arose: false }
  let ended = false
  const aside = <T>(run: () => T): T => {
    effectReads.isOpen = false
    try {
      return run()
    } finally {
      effectReads.isOpen = true
    }
  }
  const recorder: Recorder = {
    aside,
    model: (draft) => viewOf(schema, draft, '', effectReads) as object,
    hear(listener, memory, judge, tell) {
      if (listener.name !== property?.name) {
        aside(() => tell(memory, judge))
        return
      }
      const reads = ended ? new Set<string>() : memoryReads
      tell(viewOf(listener.memory, memory, 'memory', reads) as object, {
        violated() {
          said.violated = true
          judge.violated()
        },
        arose() {
          said.arose = true
          judge.arose()
        },
        reads: (value) => judge.reads(value),
      })
      ended ||= said.violated
    },
    heard(kind) {
      const hears = property !== undefined && isListener(property) && property.on[kind] !== undefined
      judged.push({ heard: hears, ...said })
      said = { violated: false, arose: false }
    },
  }
  const record = ({ before, instance, after }: Taken): StepRecord => {
    const guardReads = new Set<string>()
    instance.action.guard?.(viewOf(schema, before.model, '', guardReads) as object, instance.choice)
    const writes = new Set<string>()
    const removed = new Set<string>()
    noteWrites(schema, before.model, after.model, '', { writes, removed })
    const memoryWrites = new Set<string>()
    if (property && isListener(property)) {
      const { name, memory } = property
      noteWrites(memory, before.memory[name], after.memory[name], 'memory', { writes: memoryWrites, removed })
    }
    return { guardReads, effectReads, writes, removed, memoryReads, memoryWrites, judged }
  }
  return { recorder, record }
}

/** Notes the variables in which two values of one schema differ. */
const noteWrites = (
  schema: Schema,
  before: unknown,
  after: unknown,
  path: string,
  noted: { readonly writes: Set<string>; readonly removed: Set<string> },
): void => {
  if (before === after) return
  const fields =
    schema.kind === 'record'
      ? Object.entries(schema.fields)
      : schema.kind === 'each'
        ? schema.identities.map((name) => [name, schema.element] as const)
        : undefined
  if (fields) {
    const [a, b] = [before as Record<string, unknown>, after as Record<string, unknown>]
    for (const [name, field] of fields)
      noteWrites(field, a[name], b[name], path === '' ? name : `${path}.${name}`, noted)
    return
  }
  if (isScalar(schema)) {
    noted.writes.add(path)
    return
  }
  const [a, b] = [countsOf(schema, before), countsOf(schema, after)]
  for (const element of new Set([...a.keys(), ...b.keys()])) {
    const change = (b.get(element) ?? 0) - (a.get(element) ?? 0)
    if (change !== 0) noted.writes.add(`${path}#${element}`)
    if (!b.has(element)) noted.removed.add(`${path}#${element}`)
    if (change < 0 && schema.kind === 'queue') noted.writes.add(`${path}%order`)
  }
}

/** How often each element is in a set or channel. */
const countsOf = (schema: Schema, value: unknown): ReadonlyMap<string, number> => {
  const elements =
    schema.kind === 'queue' || schema.kind === 'bag'
      ? (value as PlainChannel).messages.map((message) => show(schema.element, message))
      : [...(value as ReadonlySet<unknown>)].map(String)
  const counts = new Map<string, number>()
  for (const element of elements) counts.set(element, (counts.get(element) ?? 0) + 1)
  return counts
}

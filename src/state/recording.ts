/**
 * A trace run once more with a record of what each step read and wrote. A variable is named by its path; a message
 * of a channel and an element of a set are variables of their own, `network#{id: 1}`, and so are how many there are,
 * `network%count`, and in a queue who comes first, `synch%order`. A write that changes nothing is none.
 *
 * A message of a bag is what it is wherever it stands: which index it has is no variable.
 */
import { produce } from 'immer'
import type { Model } from '../modelling/model.ts'
import { isListener, type Property } from '../modelling/property.ts'
import type { Schema } from '../modelling/schema.ts'
import type { PlainChannel } from './channels.ts'
import type { Instance, PlainState } from './plain.ts'
import { show } from './print.ts'
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
  { state: schema, events }: Pick<Model, 'state' | 'events'>,
  { before, instance, after }: Taken,
  property: Property | undefined,
): StepRecord => {
  const { action, choice } = instance
  const guardReads = new Set<string>()
  const effectReads = new Set<string>()
  const memoryReads = new Set<string>()
  const judged: Judged[] = []
  action.guard?.(viewOf(schema, before.model, '', guardReads) as object, choice)
  produce(before, (draft) => {
    const emit: Record<string, (event: object) => void> = {}
    const listener = property && isListener(property) ? property : undefined
    let ended = false
    for (const kind of events?.kinds ?? [])
      emit[kind] = (event) => {
        const said = { violated: false, arose: false }
        const handler = listener?.on[kind]
        if (listener && handler) {
          const { name, memory } = listener
          const reads = ended ? new Set<string>() : memoryReads
          handler(viewOf(memory, draft.memory[name], 'memory', reads) as object, event, {
            violated: () => {
              said.violated = true
            },
            arose: () => {
              said.arose = true
            },
            reads: () => {},
          } as never)
          ended ||= said.violated
        }
        judged.push({ heard: handler !== undefined, ...said })
      }
    action.effect(viewOf(schema, draft.model, '', effectReads) as object, choice, emit)
  })
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

/** What a step changed, one text for each variable: `member.A.sent 0 -> 1`, or what a full channel gained and lost. */
import type { Schema } from '../../modelling/schema.ts'
import type { Trace } from '../../search/engine/path.ts'
import type { PlainChannel } from '../../state/channels.ts'
import { wholeSchema } from '../../state/plain/plain-state.ts'
import { type Change, changesBetween, show } from '../../state/print.ts'

/** A change of a channel longer than this is told as the messages that came and went. */
const LONG = 72

/** The variables of the model that step `index` changed, as texts; step 0 changes the zero state. */
export const changeTexts = (trace: Trace, index: number): readonly string[] => {
  const { model, zero, steps } = trace
  return textsBetween(model.state, (steps[index - 1]?.state ?? zero).model, steps[index]!.state.model, '')
}

/** What step `index` changed in the memory of the monitors, as texts. */
export const memoryChangeTexts = ({ model, zero, steps }: Trace, index: number): readonly string[] =>
  textsBetween(
    wholeSchema(model).fields.memory!,
    (steps[index - 1]?.state ?? zero).memory,
    steps[index]!.state.memory,
    'memory',
  )

const textsBetween = (schema: Schema, before: unknown, after: unknown, path: string): readonly string[] =>
  changesBetween(schema, before, after, path).flatMap((change) => {
    const text = `${change.path} ${change.before} -> ${change.after}`
    if (text.length <= LONG) return [text]
    const names = namesOf(change, path)
    const element = elementAt(schema, names)
    return (element && delta(element, change.path, valueAt(before, names), valueAt(after, names))) ?? [text]
  })

const namesOf = ({ path }: Change, root: string): readonly string[] =>
  (root === '' ? path : path.slice(root.length + 1)).split('.')

/** The message schema of the channel at a place; undefined for what is no channel. */
const elementAt = (schema: Schema, [name, ...names]: readonly string[]): Schema | undefined => {
  if (name === undefined) return schema.kind === 'queue' || schema.kind === 'bag' ? schema.element : undefined
  if (schema.kind === 'record') return elementAt(schema.fields[name]!, names)
  return schema.kind === 'each' ? elementAt(schema.element, names) : undefined
}

const valueAt = (value: unknown, names: readonly string[]): PlainChannel =>
  names.reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], value) as PlainChannel

/** The messages that went and came; undefined when that would not tell the change, as when only the order differs. */
const delta = (
  element: Schema,
  path: string,
  before: PlainChannel,
  after: PlainChannel,
): readonly string[] | undefined => {
  const came = after.messages.map((message) => show(element, message))
  const went: string[] = []
  for (const text of before.messages.map((message) => show(element, message))) {
    const at = came.indexOf(text)
    if (at < 0) went.push(text)
    else came.splice(at, 1)
  }
  if (went.length + came.length === 0) return undefined
  return [...went.map((text) => `${path} - ${text}`), ...came.map((text) => `${path} + ${text}`)]
}

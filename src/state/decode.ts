/** Views as plain values: what the packed interpreter holds, in the form the plain interpreter explains. */
import type { QueueView, SetView } from '../modelling/draft.ts'
import type { Schema } from '../modelling/schema.ts'
import { plainBag, plainQueue, plainSet } from './channels.ts'
import { fieldsOf } from './fields.ts'

/** A copy of a view as a plain value at the variable `path`; later writes do not change it. */
export const plainOf = (schema: Schema, view: unknown, path: string): unknown => {
  switch (schema.kind) {
    case 'record':
    case 'each':
      return Object.fromEntries(
        fieldsOf(schema).map(([name, field]) => [
          name,
          plainOf(field, (view as Record<string, unknown>)[name], path === '' ? name : `${path}.${name}`),
        ]),
      )
    case 'set':
      return plainSet(
        schema,
        schema.values.filter((value) => (view as SetView<unknown>).has(value)),
      )
    case 'queue': {
      const queue = plainQueue(schema, path)
      for (const message of messagesOf(view)) queue.push(message)
      return queue
    }
    case 'bag': {
      const bag = plainBag(schema, path)
      for (const message of messagesOf(view)) bag.add(message)
      return bag
    }
    default:
      return view
  }
}

const messagesOf = (view: unknown): readonly unknown[] => {
  const channel = view as QueueView<unknown>
  return Array.from({ length: channel.length }, (_, i) => channel.at(i))
}

/** Whether a state, in whatever form it is looked at, is a given one. */
import type { QueueView, SetView } from '../modelling/draft.ts'
import type { Predicate } from '../modelling/property.ts'
import type { Schema } from '../modelling/schema.ts'
import { plainOf } from './decode.ts'
import { show } from './print.ts'

/** The test whether a state is equal to `given`. It reads no further than to the first difference. */
export const sameAs = (schema: Schema, given: object): Predicate => {
  return (state) => same(schema, given, state)
}

const same = (schema: Schema, given: unknown, value: unknown): boolean => {
  const field = (of: unknown, name: string): unknown => (of as Record<string, unknown>)[name]
  switch (schema.kind) {
    case 'record':
      return Object.entries(schema.fields).every(([name, of]) =>
        same(of, field(given, name), field(value, name)),
      )
    case 'each':
      return schema.identities.every((name) => same(schema.element, field(given, name), field(value, name)))
    case 'set':
      return schema.values.every(
        (element) => (given as SetView<unknown>).has(element) === (value as SetView<unknown>).has(element),
      )
    case 'queue':
    case 'bag':
      return (
        (given as QueueView<object>).length === (value as QueueView<object>).length &&
        show(schema, given) === show(schema, plainOf(schema, value, ''))
      )
    default:
      return given === value
  }
}

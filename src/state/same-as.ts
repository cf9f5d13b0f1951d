/** Whether a state, in whatever form it is looked at, is a given one. */
import type { QueueView, SetView } from '../modelling/draft.ts'
import type { Predicate } from '../modelling/property.ts'
import type { Schema } from '../modelling/schema.ts'

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
    case 'bag': {
      const [one, other] = [given as QueueView<object>, value as QueueView<object>]
      if (one.length !== other.length) return false
      for (let i = 0; i < one.length; i++) if (!same(schema.element, one.at(i), other.at(i))) return false
      return true
    }
    default:
      return given === value
  }
}

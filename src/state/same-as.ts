/** Whether a state, in whatever form it is looked at, is a given one. */
import type { QueueView, SetView } from '../modelling/draft.ts'
import type { Predicate } from '../modelling/property.ts'
import type { Schema } from '../modelling/schema.ts'
import { fieldsOf } from './fields.ts'

/** The test whether a state is equal to `given`. It reads no further than to the first difference. */
export const sameAs = (schema: Schema, given: object): Predicate => {
  return (state) => same(schema, given, state)
}

const same = (schema: Schema, given: unknown, value: unknown): boolean => {
  switch (schema.kind) {
    case 'record':
    case 'each': {
      const [one, other] = [given as Record<string, unknown>, value as Record<string, unknown>]
      for (const [name, field] of fieldsOf(schema)) if (!same(field, one[name], other[name])) return false
      return true
    }
    case 'set':
      return schema.values.every(
        (element) => (given as SetView<unknown>).has(element) === (value as SetView<unknown>).has(element),
      )
    case 'queue':
    case 'bag': {
      const [one, other] = [given as QueueView<unknown>, value as QueueView<unknown>]
      if (one.length !== other.length) return false
      for (let i = 0; i < one.length; i++) if (!same(schema.element, one.at(i), other.at(i))) return false
      return true
    }
    default:
      return given === value
  }
}

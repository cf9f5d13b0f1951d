/** The fields of records and of what has an element for each identity, listed once for each schema. */
import type { Each, RecordOf, Schema } from '../modelling/schema.ts'

/** A field by name. */
export type Field = readonly [name: string, schema: Schema]

const known = new WeakMap<RecordOf | Each, readonly Field[]>()

/** The fields of a schema that has some, in its order. */
export const fieldsOf = (schema: RecordOf | Each): readonly Field[] => {
  const before = known.get(schema)
  if (before) return before
  const fields: readonly Field[] =
    schema.kind === 'record'
      ? Object.entries(schema.fields)
      : schema.identities.map((name) => [name, schema.element] as const)
  known.set(schema, fields)
  return fields
}

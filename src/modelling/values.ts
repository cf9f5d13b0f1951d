/** Every value of a scalar or of a flat record, for domains of choices such as "any message". */
import type { View } from './draft.ts'
import { numbersOf, type RecordOf, type Scalar, type Schema } from './schema.ts'

/** The values of a scalar domain in order, zero value first. */
export const scalarValues = (schema: Scalar): readonly (string | number | boolean)[] => {
  switch (schema.kind) {
    case 'bool':
      return [false, true]
    case 'range':
      return numbersOf(schema)
    case 'oneOf':
    case 'id':
      return schema.values
  }
}

/** Every value of a record of scalars, frozen, the last field varying fastest. Throws for other schemas. */
export const valuesOf = <R extends RecordOf>(schema: R): readonly View<R>[] => {
  const fields = Object.entries(schema.fields)
  let values: readonly object[] = [{}]
  for (const [name, field] of fields)
    values = values.flatMap((value) => fieldValues(field).map((v) => ({ ...value, [name]: v })))
  return values.map((value) => Object.freeze(value)) as unknown as readonly View<R>[]
}

const fieldValues = (schema: Schema): readonly unknown[] => {
  switch (schema.kind) {
    case 'bool':
    case 'range':
    case 'oneOf':
    case 'id':
      return scalarValues(schema)
    case 'record':
      return valuesOf(schema)
    default:
      throw new TypeError(`valuesOf: a ${schema.kind} has no list of values`)
  }
}

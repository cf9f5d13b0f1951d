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
export const valuesOf = <R extends RecordOf>(schema: R): readonly View<R>[] =>
  recordsOf(Object.entries(schema.fields).map(([name, field]) => [name, fieldValues(field)])).map((value) =>
    Object.freeze(value),
  ) as unknown as readonly View<R>[]

/**
 * Every record with one value for each name, the last name varying fastest. Fields are assigned one by one: objects
 * made by a spread do not share a hidden class, and every guard that reads them would be slower for it.
 */
export const recordsOf = (
  domains: readonly (readonly [name: string, values: readonly unknown[]])[],
): readonly object[] => {
  let rows: readonly (readonly unknown[])[] = [[]]
  for (const [, values] of domains) rows = rows.flatMap((row) => values.map((value) => [...row, value]))
  return rows.map((row) => {
    const record: Record<string, unknown> = {}
    for (const [i, [name]] of domains.entries()) record[name] = row[i]
    return record
  })
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

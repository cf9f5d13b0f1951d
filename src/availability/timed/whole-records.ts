/** Records of a state read and written as wholes, by their schema. Channels stay as they are. */
import type { Schema } from '../../modelling/schema.ts'

type Fields = { [name: string]: unknown }

/** The parts of a record, with their schemas. */
const partsOf = (schema: Schema): readonly (readonly [string, Schema])[] =>
  schema.kind === 'record'
    ? Object.entries(schema.fields)
    : schema.kind === 'each'
      ? schema.identities.map((name) => [name, schema.element] as const)
      : []

/** A value of a state as a plain value. */
export const plainOf = (schema: Schema, value: unknown): unknown => {
  if (schema.kind === 'record' || schema.kind === 'each')
    return Object.fromEntries(
      partsOf(schema).map(([name, part]) => [name, plainOf(part, (value as Fields)[name])]),
    )
  if (schema.kind === 'set')
    return new Set(schema.values.filter((one) => (value as ReadonlySet<unknown>).has(one)))
  return value
}

/** Writes a plain value into a part of a draft. */
export const assign = (schema: Schema, draft: unknown, value: unknown): void => {
  for (const [name, part] of partsOf(schema)) {
    const field = (value as Fields)[name]
    if (part.kind === 'record' || part.kind === 'each') assign(part, (draft as Fields)[name], field)
    else if (part.kind === 'set') {
      const set = (draft as Fields)[name] as Set<unknown>
      set.clear()
      for (const one of field as ReadonlySet<unknown>) set.add(one)
    } else if (part.kind !== 'queue' && part.kind !== 'bag') (draft as Fields)[name] = field
  }
}

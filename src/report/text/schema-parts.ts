/** Short forms for writing JSON schemas. Objects may hold more than is named, since later versions add fields. */

/** An object with fields that it must have, and some that it may have. */
export const object = (
  must: Readonly<Record<string, object>>,
  may: Readonly<Record<string, object>> = {},
) => ({
  type: 'object',
  required: Object.keys(must),
  properties: { ...must, ...may },
})

export const text = { type: 'string' }
export const flag = { type: 'boolean' }
export const count = { type: 'integer', minimum: 0 }
export const number = { type: 'number' }
/** A number that is not negative. */
export const amount = { type: 'number', minimum: 0 }
export const oneOf = (...values: readonly unknown[]) => ({ enum: values })
export const listOf = (items: object) => ({ type: 'array', items })
export const about = (description: string, schema: object) => ({ ...schema, description })

/** What is common to the schemas of this program. */
export const DRAFT = { $schema: 'http://json-schema.org/draft-07/schema#' }

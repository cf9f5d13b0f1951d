/** What a schema must be for every interpreter to represent it. */
import { countOf, MOST_ELEMENTS } from './elements.ts'
import { type Fail, quote } from './fault.ts'
import type { RecordOf, Schema, SetOf } from './schema.ts'

/** Names of fields and properties. */
export const NAME = /^[A-Za-z][A-Za-z0-9]*$/
/** A slot holds 31 bits; ranges stay within this of zero. */
const LARGEST = 2 ** 29
/** Bits of a set inside a message. */
const MOST_IN_MESSAGE_SET = 30

/** Scalars, sets and messages that a state has room for. */
export const slotsOf = (schema: Schema): number => {
  switch (schema.kind) {
    case 'record':
      return Object.values(schema.fields).reduce((sum, field) => sum + slotsOf(field), 0)
    case 'each':
      return schema.identities.length * slotsOf(schema.element)
    case 'queue':
    case 'bag':
      return schema.capacity
    default:
      return 1
  }
}

/** What a queue or a bag was given in place of a record. */
const elementText = (schema: Schema | undefined): string =>
  schema?.kind === undefined
    ? quote(schema)
    : `${schema.kind === 'each' ? 'records per identity' : `a ${schema.kind}`}`

/** Refuses a schema that no interpreter could represent; `path` says where it stands. */
export const checkSchema = (schema: Schema, path: string, fail: Fail, inMessage = false): void => {
  const nonEmpty = (values: readonly unknown[]): void => {
    if (!Array.isArray(values)) fail(`${path} is over ${quote(values)}; expected a list of names.`)
    const odd = values.find(
      (value) => typeof value !== 'string' && !(schema.kind === 'set' && Number.isInteger(value)),
    )
    if (odd !== undefined) fail(`${path} can be ${quote(odd)}; expected names, as words in quotes.`)
    if (values.length === 0) fail(`${path} has an empty domain.`)
    if (new Set(values).size !== values.length) fail(`${path} lists a value twice.`)
  }
  switch (schema?.kind) {
    case 'bool':
      return
    case 'oneOf':
    case 'id':
      nonEmpty(schema.values)
      return
    case 'set':
      if (schema.element !== undefined) {
        if (inMessage) fail(`${path} is a set of records inside a message; messages are flat.`)
        checkElements(schema, path, fail)
        return
      }
      nonEmpty(schema.values)
      if (inMessage && schema.values.length > MOST_IN_MESSAGE_SET)
        fail(
          `${path} has ${schema.values.length} values; a set in a message holds at most ${MOST_IN_MESSAGE_SET}.`,
        )
      return
    case 'range':
      for (const end of [schema.min, schema.max])
        if (!Number.isInteger(end) || Math.abs(end) > LARGEST)
          fail(
            `${path} ranges over ${schema.min}..${schema.max}; both ends must be whole numbers within ${LARGEST} of zero.`,
          )
      if (schema.max < schema.min) fail(`${path} has an empty domain: ${schema.min}..${schema.max}.`)
      return
    case 'record':
      for (const [name, field] of Object.entries(schema.fields)) {
        if (!NAME.test(name)) fail(`Field '${name}' of ${path} is not a name of letters and digits.`)
        if (name in {}) fail(`Field '${name}' of ${path} has a name that every object has.`)
        checkSchema(field, `${path}.${name}`, fail, inMessage)
      }
      return
    case 'each':
      nonEmpty(schema.identities)
      for (const name of schema.identities)
        if (name in {} || name.startsWith('$'))
          fail(`Identity '${name}' of ${path} is a name that objects use for themselves.`)
      if (inMessage) fail(`${path} is a record per identity inside a message; messages are flat.`)
      if (schema.element?.kind === 'queue' || schema.element?.kind === 'bag')
        fail(
          `${path} has a ${schema.element.kind} for each identity; expected a record, a scalar or a set.`,
          `write each(..., record({ messages: ${schema.element.kind}(...) }))`,
        )
      checkSchema(schema.element, `${path}.*`, fail)
      return
    case 'queue':
    case 'bag':
      if (inMessage) fail(`${path} is a ${schema.kind} inside a message; messages are flat.`)
      if (!Number.isSafeInteger(schema.capacity) || schema.capacity < 0)
        fail(`${path} has capacity ${schema.capacity}; it must be a whole number of messages.`)
      if (!['record', 'bool', 'oneOf', 'range', 'id'].includes(schema.element?.kind))
        fail(
          `${path} is a ${schema.kind} of ${elementText(schema.element)}; it holds records or scalars.`,
          `write ${schema.kind}(record({ value: ... }), ${schema.capacity})`,
        )
      checkSchema(schema.element, `${path}[]`, fail, true)
      return
    default:
      fail(
        `${path} is ${typeof schema === 'function' ? 'a function' : quote(schema)}; expected a schema such as range(0, 3).`,
      )
  }
}

/** Refuses a set of records whose elements have no codes, or too many. */
const checkElements = ({ element }: SetOf, path: string, fail: Fail): void => {
  const record = element as RecordOf
  checkFlat(record, `${path}[]`, fail)
  checkSchema(record, `${path}[]`, fail)
  const count = countOf(record)
  if (count > MOST_ELEMENTS)
    fail(
      `${path} is a set of records of which ${count} are possible; at most ${MOST_ELEMENTS} can be.`,
      'give the fields fewer values, or write bag(record({ ... }), 3), which counts what it holds and not what it could hold',
    )
}

const checkFlat = (schema: Schema, path: string, fail: Fail): void => {
  if (schema?.kind === 'record')
    for (const [name, field] of Object.entries(schema.fields)) checkFlat(field, `${path}.${name}`, fail)
  else if (['set', 'each', 'queue', 'bag'].includes(schema?.kind))
    fail(
      `${path} is ${elementText(schema)} inside a record of a set; such a record has scalars, and records of these.`,
      schema.kind === 'set' ? 'keep such records in a bag, whose messages may have sets' : undefined,
    )
}

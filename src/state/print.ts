/** Values, states and differences as text: one canonical text for each value. */
import type { QueueView } from '../modelling/draft.ts'
import { printable } from '../modelling/printable.ts'
import type { Schema, SetOf } from '../modelling/schema.ts'
import { type Field, fieldsOf } from './fields.ts'

/** A value or a view as text; two values of one schema are equal if and only if their texts are. */
export const show = (schema: Schema, value: unknown): string => {
  switch (schema.kind) {
    case 'set':
      return `{${schema.values
        .filter((x) => (value as ReadonlySet<unknown>).has(x))
        .map((x) => elementText(schema, x))
        .join(', ')}}`
    case 'record':
      return `{${Object.entries(schema.fields)
        .map(
          ([name, field]) => `${printable(name)}: ${show(field, (value as Record<string, unknown>)[name])}`,
        )
        .join(', ')}}`
    case 'each':
      return `{${schema.identities
        .map(
          (name) => `${printable(name)}: ${show(schema.element, (value as Record<string, unknown>)[name])}`,
        )
        .join(', ')}}`
    case 'queue':
      return `<${messagesText(schema.element, value as QueueView<unknown>)}>`
    case 'bag':
      return `[${messagesText(schema.element, value as QueueView<unknown>)}]`
    default:
      return word(value)
  }
}

/** An element of a set as text. */
const elementText = ({ element }: SetOf, value: unknown): string =>
  element ? show(element, value) : word(value)

/** A scalar as text; what could be taken for more than one word is quoted. */
const word = (value: unknown): string =>
  typeof value === 'string' && !/^[\w.-]+$/.test(value) ? printable(JSON.stringify(value)) : String(value)

const messagesText = (element: Schema, channel: QueueView<unknown>): string =>
  Array.from({ length: channel.length }, (_, i) => show(element, channel.at(i))).join(', ')

/** A variable that a step changed. */
export interface Change {
  /** Variable, such as `member.A.sent`. */
  readonly path: string
  readonly before: string
  readonly after: string
}

/** The variables in which two states differ, in schema order. Channels and sets are one variable. */
export const changesBetween = (
  schema: Schema,
  before: unknown,
  after: unknown,
  path = '',
): readonly Change[] => {
  if (before === after) return []
  const fields = partsOf(schema)
  if (fields)
    return fields.flatMap(([name, field]) =>
      changesBetween(
        field,
        (before as Record<string, unknown>)[name],
        (after as Record<string, unknown>)[name],
        below(path, name),
      ),
    )
  const [a, b] = [show(schema, before), show(schema, after)]
  return a === b ? [] : [{ path, before: a, after: b }]
}

/** Every variable of a value with its text, in schema order. Channels and sets are one variable. */
export const leavesOf = (
  schema: Schema,
  value: unknown,
  path = '',
): readonly (readonly [path: string, text: string])[] => {
  const fields = partsOf(schema)
  if (!fields) return [[path, show(schema, value)]]
  return fields.flatMap(([name, field]) =>
    leavesOf(field, (value as Record<string, unknown>)[name], below(path, name)),
  )
}

/** The variable `name` of the one at `path`. */
const below = (path: string, name: string): string =>
  path === '' ? printable(name) : `${path}.${printable(name)}`

/** The variables that a variable consists of; a channel or a set is one. */
const partsOf = (schema: Schema): readonly Field[] | undefined =>
  schema.kind === 'record' || schema.kind === 'each' ? fieldsOf(schema) : undefined

/** An action instance as text: `TakeOver(to: B)`. */
export const showStep = (
  name: string,
  chosen: readonly (readonly [parameter: string, text: string])[],
): string => {
  const parameters = chosen.map(([parameter, text]) => `${printable(parameter)}: ${text}`)
  return parameters.length === 0 ? name : `${name}(${parameters.join(', ')})`
}

/** A value of a fixed domain as text. */
export const showChoice = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? `{${Object.entries(value)
        .map(([name, v]) => `${printable(name)}: ${showChoice(v)}`)
        .join(', ')}}`
    : printable(String(value))

/** What was drawn from the state, by its values only: `Prepared r2`. Of a bool its name says that it is true. */
export const showDrawn = (schema: Schema, value: unknown): string => {
  const words = (name: string, field: Schema, of: unknown): readonly string[] => {
    if (field.kind === 'bool') return of === true ? [printable(name)] : []
    if (field.kind !== 'record') return [show(field, of)]
    return Object.entries(field.fields).flatMap(([below, inner]) =>
      words(below, inner, (of as Record<string, unknown>)[below]),
    )
  }
  return schema.kind === 'record'
    ? words('', schema, value).join(' ') || show(schema, value)
    : show(schema, value)
}

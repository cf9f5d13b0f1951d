/** The type invariant of a schema, and the text of a value that breaks it. */
import type { QueueView } from '../modelling/draft.ts'
import { placeIn } from '../modelling/elements.ts'
import { ModelFault, quote } from '../modelling/fault.ts'
import type { BagOf, QueueOf, Schema } from '../modelling/schema.ts'
import { fieldsOf } from './fields.ts'
import { show } from './print.ts'

/** The first place at which a value leaves its schema. */
export interface Misfit {
  readonly path: string
  readonly value: unknown
  readonly schema: Schema
}

/**
 * Finds the first place in `value` that is outside `schema`; undefined when it conforms. Paths are made when it does not. Parts
 * that it shares with `known`, a value that conforms, are not looked at.
 */
export const misfit = (schema: Schema, value: unknown, path: string, known?: unknown): Misfit | undefined => {
  if (known !== undefined && value === known) return undefined
  const odd = (value: unknown): Misfit => ({ path, value, schema })
  const below = (place: string, found: Misfit): Misfit => ({
    ...found,
    path: [place, found.path].filter((part) => part !== '').join('.'),
  })
  switch (schema.kind) {
    case 'bool':
      return typeof value === 'boolean' ? undefined : odd(value)
    case 'range':
      return Number.isInteger(value) && (value as number) >= schema.min && (value as number) <= schema.max
        ? undefined
        : odd(value)
    case 'oneOf':
    case 'id':
      return schema.values.includes(value as string) ? undefined : odd(value)
    case 'set': {
      // Asked for with `in`: a view has nothing of this name, and says so.
      const elements =
        typeof value === 'object' && value !== null && 'elements' in value ? value.elements : value
      if (elements instanceof Set) {
        for (const element of elements) if (placeIn(schema, element) < 0) return odd(element)
        return undefined
      }
      return typeof value === 'object' && value !== null && 'has' in value ? undefined : odd(value)
    }
    case 'record':
    case 'each': {
      if (typeof value !== 'object' || value === null) return odd(value)
      for (const [name, field] of fieldsOf(schema)) {
        const before = (known as Record<string, unknown> | undefined)?.[name]
        const found = misfit(field, (value as Record<string, unknown>)[name], name, before)
        if (found) return below(path, found)
      }
      return undefined
    }
    case 'queue':
    case 'bag': {
      const { length } = value as { length: number }
      if (!(length <= schema.capacity)) return odd(value)
      const messages = value as { at(i: number): unknown }
      for (let i = 0; i < length; i++) {
        const found = misfit(schema.element, messages.at(i), '')
        if (found) return below(`${path}[${i}]`, found)
      }
      return undefined
    }
  }
}

/** A domain in a few words: 0..8, one of a, b, c. */
export const domainText = (schema: Schema): string => {
  switch (schema.kind) {
    case 'bool':
      return 'false, true'
    case 'range':
      return `${schema.min}..${schema.max}`
    case 'oneOf':
    case 'id':
      return listed(schema.values)
    case 'set':
      return schema.element ? domainText(schema.element) : listed(schema.values)
    case 'record':
      return `a record of ${Object.keys(schema.fields).join(', ')}`
    case 'each':
      return `a record for each of ${listed(schema.identities)}`
    case 'queue':
    case 'bag':
      return `at most ${schema.capacity} messages`
  }
}

const listed = (values: readonly unknown[]): string =>
  values.length > 12
    ? `${values.slice(0, 5).join(', ')}, ... ${values.at(-1)} (${values.length} values)`
    : values.join(', ')

/** One sentence on a misfit. */
export const misfitText = ({ path, value, schema }: Misfit): string => {
  switch (schema.kind) {
    case 'queue':
    case 'bag':
      return `${path} overflows: message ${schema.capacity + 1} was put into a ${schema.kind} of capacity ${schema.capacity}.`
    case 'set': {
      const wrong = schema.element && misfit(schema.element, value, `${path}[]`)
      return wrong
        ? misfitText(wrong)
        : `${path} was given ${quote(value)}, which is outside ${domainText(schema)}.`
    }
    default:
      return `${path} = ${quote(value)} is outside ${domainText(schema)}.`
  }
}

/** The fault of a value that is outside the domain of a variable. */
export const outside = (path: string, value: unknown, schema: Schema): ModelFault =>
  new ModelFault({ problem: misfitText({ path, value, schema }), variable: path })

/** The fault of a message that a channel does not take: a field is outside its domain. */
export const notAMessage = (path: string, message: unknown, { element }: QueueOf | BagOf): ModelFault => {
  const wrong = misfit(element, message, `${path}[]`)
  const problem = wrong ? misfitText(wrong) : `${path} does not take ${quote(message)}.`
  return new ModelFault({ problem, variable: path })
}

/** The fault of a message removed from a bag that does not hold it. */
export const absent = (path: string, message: unknown, schema: BagOf, bag: QueueView<unknown>): ModelFault =>
  new ModelFault({
    problem: `${path} holds ${show(schema, bag)}, so ${show(schema.element, message)} cannot be removed from it.`,
    variable: path,
  })

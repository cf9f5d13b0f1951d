/**
 * Schemas: what a state can hold, as data. From a schema come the static types of a draft and a view
 * (`draft.ts`), the packed layout, the type invariant, printing and the generators of random models.
 *
 * All domains are finite. The first value of a domain is its zero value, so the schema defines the zero state.
 */

import { ModelFault } from './fault.ts'

/** False or true; false first. */
export interface Bool {
  readonly kind: 'bool'
}

/** One of the named values; the first is the zero value. */
export interface OneOf<V extends string = string> {
  readonly kind: 'oneOf'
  readonly values: readonly V[]
}

/** A whole number from `min` to `max`, both inclusive; `min` is the zero value. */
export interface Range {
  readonly kind: 'range'
  readonly min: number
  readonly max: number
}

/** A reference to an identity. Apart from `oneOf`, so that a reduction knows which values may be permuted. */
export interface Id<V extends string = string, N extends string = never> {
  readonly kind: 'id'
  readonly values: readonly (V | N)[]
  /** The identities proper, without the name that stands for none. */
  readonly identities: readonly V[]
}

export type Fields = { readonly [name: string]: Schema }

/** Named fields. */
export interface RecordOf<F extends Fields = Fields> {
  readonly kind: 'record'
  readonly fields: F
}

/** One record, scalar or set for each identity: what TLA+ writes [Member -> ...]. */
export interface Each<V extends string = string, E extends Schema = Schema> {
  readonly kind: 'each'
  readonly identities: readonly V[]
  readonly element: E
}

/** A subset of a finite domain of identities or numbers. */
export interface SetOf<V extends string | number = string | number> {
  readonly kind: 'set'
  readonly values: readonly V[]
}

/** What a queue or a bag holds: flat records, or scalars. */
export type MessageSchema = RecordOf | Scalar

/** A bounded FIFO of messages. */
export interface QueueOf<R extends MessageSchema = MessageSchema> {
  readonly kind: 'queue'
  readonly element: R
  /** Messages. */
  readonly capacity: number
}

/** A bounded multiset of messages; order is no part of the state. */
export interface BagOf<R extends MessageSchema = MessageSchema> {
  readonly kind: 'bag'
  readonly element: R
  /** Messages, counted with multiplicity. */
  readonly capacity: number
}

export type Scalar = Bool | OneOf | Range | Id<string, string>
export type Schema = Scalar | RecordOf | Each | SetOf | QueueOf | BagOf

export const bool: Bool = { kind: 'bool' }

/** One of `values`; the first is the zero value. */
export const oneOf = <const V extends string>(...values: readonly V[]): OneOf<V> => ({
  kind: 'oneOf',
  values,
})

/** A whole number from `min` to `max`, both inclusive. A range of one value takes no room in a packed state. */
export const range = (min: number, max: number): Range => ({ kind: 'range', min, max })

/** A reference to one of `identities`; with `none`, that name comes first and stands for no identity. */
export function id<const V extends string>(identities: readonly V[]): Id<V>
export function id<const V extends string, const N extends string>(
  identities: readonly V[],
  none: N,
): Id<V, N>
export function id(identities: readonly string[], none?: string): Id<string, string> {
  return { kind: 'id', values: none === undefined ? identities : [none, ...identities], identities }
}

/** Named fields; names are letters and digits, a letter first. */
export const record = <F extends Fields>(fields: F): RecordOf<F> => ({ kind: 'record', fields })

/** One `element` for each of `identities`. */
export const each = <const V extends string, E extends RecordOf | Each | Scalar | SetOf>(
  identities: readonly V[],
  element: E,
): Each<V, E> => ({ kind: 'each', identities, element })

/** A subset of `domain`: identities, or the numbers of a range. */
export function setOf<const V extends string>(domain: readonly V[]): SetOf<V>
export function setOf(domain: Range): SetOf<number>
export function setOf(domain: readonly string[] | Range): SetOf {
  if (!('kind' in domain)) return { kind: 'set', values: domain }
  if (domain.kind === 'range') return { kind: 'set', values: numbersOf(domain) }
  const { kind } = domain as Schema
  throw new ModelFault({
    problem: `setOf was given a ${kind}; a set holds identities, given as a list of names, or the numbers of a range.`,
    hint:
      kind === 'record'
        ? 'keep records in a bag, or have a set for each identity'
        : "write setOf(['a', 'b']) or setOf(range(0, 7))",
  })
}

/** A FIFO of at most `capacity` messages: scalars, or flat records of scalars, sets and records of these. */
export const queue = <R extends MessageSchema>(element: R, capacity: number): QueueOf<R> => ({
  kind: 'queue',
  element,
  capacity,
})

/** A multiset of at most `capacity` messages: scalars, or flat records of scalars, sets and records of these. */
export const bag = <R extends MessageSchema>(element: R, capacity: number): BagOf<R> => ({
  kind: 'bag',
  element,
  capacity,
})

/**
 * The schema itself if `condition` is true; otherwise one of the same type that holds only its zero value, which
 * takes no room in a packed state (a bool, a set or a channel keeps its own).
 */
export const onlyIf = <S extends Scalar | RecordOf>(condition: boolean, schema: S): S =>
  condition ? schema : (zeroOnly(schema) as S)

const zeroOnly = (schema: Schema): Schema => {
  switch (schema.kind) {
    case 'oneOf':
      return oneOf(schema.values[0]!)
    case 'range':
      return range(schema.min, schema.min)
    case 'record':
      return record(
        Object.fromEntries(Object.entries(schema.fields).map(([name, field]) => [name, zeroOnly(field)])),
      )
    default:
      return schema
  }
}

/** The schema of what a set, a queue or a bag holds. */
export const elementOf = (schema: SetOf | QueueOf | BagOf): Schema => {
  if (schema.kind !== 'set') return schema.element
  const { values } = schema
  return typeof values[0] === 'string'
    ? oneOf(...(values as readonly string[]))
    : range(values[0] as number, values.at(-1) as number)
}

/** The numbers of a range, ascending. */
export const numbersOf = ({ min, max }: Range): readonly number[] =>
  Array.from({ length: Math.max(0, max - min + 1) }, (_, i) => min + i)

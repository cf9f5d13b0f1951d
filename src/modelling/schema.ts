/**
 * Schemas: what a state can hold, as data. From a schema come the static types of a draft and a view
 * (`draft.ts`), the packed layout, the type invariant, printing and the generators of random models.
 *
 * All domains are finite. The first value of a domain is its zero value, so the schema defines the zero state.
 */

import { elementsOf } from './elements.ts'
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

/** A subset of a finite domain: of identities, numbers, or records of scalars. */
export interface SetOf<V extends string | number | object = string | number | object> {
  readonly kind: 'set'
  readonly values: readonly V[]
  /** What its elements are, if they are records. */
  readonly element?: RecordOf
}

/** The fields of a record in a set: scalars, and records of these. */
export type ElementFields = { readonly [name: string]: Scalar | RecordOf<ElementFields> }

/** A record in a set. */
export type ElementOf<F extends Fields> = {
  readonly [K in keyof F]: F[K] extends RecordOf<infer G> ? ElementOf<G> : ScalarValue<F[K]>
}

/** A value of a scalar. */
export type ScalarValue<S> = S extends Bool
  ? boolean
  : S extends OneOf<infer V>
    ? V
    : S extends Range
      ? number
      : S extends Id<infer V, infer N>
        ? V | N
        : never

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

/** A subset of `domain`: identities, the numbers of a range, or records of scalars. */
export function setOf<const V extends string>(domain: readonly V[]): SetOf<V>
export function setOf(domain: Range): SetOf<number>
export function setOf<F extends ElementFields>(domain: RecordOf<F>): SetOf<ElementOf<F>>
export function setOf(domain: readonly string[] | Range | RecordOf): SetOf {
  if (!('kind' in domain)) return { kind: 'set', values: domain }
  if (domain.kind === 'range') return { kind: 'set', values: numbersOf(domain) }
  if (domain.kind === 'record') return { kind: 'set', values: elementsOf(domain), element: domain }
  const { kind } = domain as Schema
  throw new ModelFault({
    problem: `setOf was given a ${kind}; a set holds identities, given as a list of names, the numbers of a range, or records.`,
    hint: "write setOf(['a', 'b']), setOf(range(0, 7)) or setOf(record({ ... }))",
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
  const { values, element } = schema
  if (element) return element
  return typeof values[0] === 'string'
    ? oneOf(...(values as readonly string[]))
    : range(values[0] as number, values.at(-1) as number)
}

/** The numbers of a range, ascending. */
export const numbersOf = ({ min, max }: Range): readonly number[] =>
  Array.from({ length: Math.max(0, max - min + 1) }, (_, i) => min + i)

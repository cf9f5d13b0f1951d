/** Random schemas of every kind, and the places in them that the little language of `language.ts` can name. */
import fc from 'fast-check'
import {
  type BagOf,
  bag,
  bool,
  each,
  id,
  oneOf,
  type QueueOf,
  queue,
  type RecordOf,
  range,
  record,
  type Scalar,
  type Schema,
  type SetOf,
  setOf,
} from '../modelling/schema.ts'

export const IDENTITIES = ['m1', 'm2', 'm3'] as const
const NAMED = ['idle', 'busy', 'done', 'gone'] as const

const identities = fc.integer({ min: 1, max: 3 }).map((n) => IDENTITIES.slice(0, n))

const smallRange = fc
  .record({ min: fc.integer({ min: -3, max: 3 }), size: fc.integer({ min: 1, max: 4 }) })
  .map(({ min, size }) => range(min, min + size - 1))

/** Too many values for a table of hash keys. */
const wideRange = fc.constantFrom(
  range(0, 1_024),
  range(-7, 5_000),
  range(0, 2 ** 20),
  range(-(2 ** 29), 2 ** 29),
)

const scalar: fc.Arbitrary<Scalar> = fc.oneof(
  { weight: 3, arbitrary: smallRange },
  { weight: 2, arbitrary: fc.constant(bool) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 4 }).map((n) => oneOf(...NAMED.slice(0, n))) },
  {
    weight: 2,
    arbitrary: fc
      .record({ of: identities, none: fc.boolean() })
      .map(({ of, none }): Scalar => (none ? id(of, 'none') : id(of))),
  },
  { weight: 1, arbitrary: wideRange },
)

const setOfNumbers = (sizes: fc.Arbitrary<number>): fc.Arbitrary<SetOf> =>
  fc
    .record({ min: fc.integer({ min: -2, max: 2 }), size: sizes })
    .map(({ min, size }) => setOf(range(min, min + size - 1)))

const set: fc.Arbitrary<SetOf> = fc.oneof(
  { weight: 3, arbitrary: identities.map((of): SetOf => setOf(of)) },
  { weight: 2, arbitrary: setOfNumbers(fc.integer({ min: 1, max: 4 })) },
  { weight: 2, arbitrary: setOfNumbers(fc.constantFrom(31, 32, 40, 63)) },
)

const messageField: fc.Arbitrary<Schema> = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 1, arbitrary: fc.constantFrom(range(0, 2 ** 29), range(-(2 ** 29), 2 ** 29)) },
  { weight: 1, arbitrary: identities.map((of): Schema => setOf(of)) },
  { weight: 1, arbitrary: setOfNumbers(fc.constantFrom(2, 17, 30)) },
  {
    weight: 1,
    arbitrary: fc.array(scalar, { minLength: 1, maxLength: 2 }).map((f) => recordOf('inner', f)),
  },
)

const recordOf = (prefix: string, fields: readonly Schema[]): RecordOf =>
  record(Object.fromEntries(fields.map((field, i) => [`${prefix}${i}`, field])))

const channel: fc.Arbitrary<QueueOf | BagOf> = fc
  .record({
    fields: fc.array(messageField, { minLength: 1, maxLength: 3 }),
    capacity: fc.constantFrom(2, 1, 3, 2, 0),
    kind: fc.constantFrom('queue', 'bag'),
    alone: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: scalar }),
  })
  .map(({ fields, capacity, kind, alone }) => {
    const message = alone ?? recordOf('part', fields)
    return kind === 'queue' ? queue(message, capacity) : bag(message, capacity)
  })

const flat: fc.Arbitrary<Schema> = fc.oneof(
  { weight: 5, arbitrary: scalar },
  { weight: 1, arbitrary: set },
  { weight: 1, arbitrary: channel },
)

const group: fc.Arbitrary<RecordOf> = fc
  .array(flat, { minLength: 1, maxLength: 2 })
  .map((fields) => recordOf('field', fields))

const variable: fc.Arbitrary<Schema> = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 2, arbitrary: set },
  { weight: 3, arbitrary: channel },
  { weight: 1, arbitrary: group },
  { weight: 1, arbitrary: group.map((inner) => record({ inner })) },
  { weight: 2, arbitrary: fc.tuple(identities, group).map(([of, of1]): Schema => each(of, of1)) },
  { weight: 1, arbitrary: fc.tuple(identities, scalar).map(([of, one]): Schema => each(of, one)) },
  { weight: 1, arbitrary: fc.tuple(identities, set).map(([of, one]): Schema => each(of, one)) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(identities, group)
      .map(([of, element]): Schema => each(of, each(IDENTITIES.slice(0, 2), element))),
  },
)

/** The schema of a model's state: a few values first, so that few models stand still. */
export const stateSchema: fc.Arbitrary<RecordOf> = fc
  .tuple(
    fc.integer({ min: 1, max: 4 }).map((max): Schema => range(0, max)),
    fc.array(variable, { maxLength: 4, size: 'max' }),
  )
  .map(([first, rest]) => recordOf('v', [first, ...rest]))

/** Records of up to three scalars, of which one may lie in a record. */
export const elementSchema: fc.Arbitrary<RecordOf> = fc
  .record({
    fields: fc.array(
      fc.oneof(
        { weight: 2, arbitrary: smallRange },
        { weight: 1, arbitrary: fc.constant(bool) },
        { weight: 2, arbitrary: fc.integer({ min: 1, max: 4 }).map((n) => oneOf(...NAMED.slice(0, n))) },
        { weight: 2, arbitrary: identities.map((of): Scalar => id(of, 'none')) },
      ),
      { minLength: 1, maxLength: 3 },
    ),
    inner: fc.boolean(),
  })
  .map(({ fields: [first, ...rest], inner }) =>
    recordOf('part', [inner ? record({ inner: first! }) : first!, ...rest]),
  )

/** A schema whose sets hold such records, one after the other, and which has one at least. */
export const withRecordSets = (state: RecordOf, elements: readonly RecordOf[]): RecordOf => {
  let next = 0
  const replaced = (schema: Schema): Schema => {
    switch (schema.kind) {
      case 'record':
        return record(
          Object.fromEntries(Object.entries(schema.fields).map(([name, field]) => [name, replaced(field)])),
        )
      case 'each':
        return each(schema.identities, replaced(schema.element) as RecordOf)
      case 'set':
        return recordsOf(elements[next++ % elements.length]!)
      default:
        return schema
    }
  }
  const { fields } = replaced(state) as RecordOf
  return record({ ...fields, records: recordsOf(elements.at(-1)!) })
}

const recordsOf = (element: RecordOf): SetOf => setOf(element as Parameters<typeof setOf>[0]) as SetOf

/** The schema of a monitor's memory. */
export const memorySchema: fc.Arbitrary<RecordOf> = fc
  .array(fc.oneof({ weight: 3, arbitrary: scalar }, { weight: 1, arbitrary: set }), {
    minLength: 1,
    maxLength: 2,
  })
  .map((fields) => recordOf('x', fields))

/** A leaf, set or channel of a schema. A step of its path is a field or, in an `each`, one of the identities. */
export interface Place<S extends Schema = Schema> {
  readonly path: readonly (string | readonly string[])[]
  readonly schema: S
}

/** The places of a schema by kind, in schema order. */
export interface Places {
  readonly scalars: readonly Place<Scalar>[]
  readonly sets: readonly Place<SetOf>[]
  readonly queues: readonly Place<QueueOf>[]
  readonly bags: readonly Place<BagOf>[]
  readonly channels: readonly Place<QueueOf | BagOf>[]
}

/** Finds the places of a schema. */
export const placesOf = (schema: RecordOf): Places => {
  const all: Place[] = []
  const visit = (here: Schema, path: Place['path']): void => {
    if (here.kind === 'record')
      for (const [name, field] of Object.entries(here.fields)) visit(field, [...path, name])
    else if (here.kind === 'each') visit(here.element, [...path, here.identities])
    else all.push({ path, schema: here })
  }
  visit(schema, [])
  const ofKind = <S extends Schema>(...kinds: readonly Schema['kind'][]) =>
    all.filter((place) => kinds.includes(place.schema.kind)) as unknown as readonly Place<S>[]
  return {
    scalars: ofKind<Scalar>('bool', 'oneOf', 'range', 'id'),
    sets: ofKind<SetOf>('set'),
    queues: ofKind<QueueOf>('queue'),
    bags: ofKind<BagOf>('bag'),
    channels: ofKind<QueueOf | BagOf>('queue', 'bag'),
  }
}

/** How many values a scalar has, and which one stands at an index. */
export const domainOf = (
  schema: Scalar,
): { readonly size: number; readonly at: (index: number) => unknown } => {
  switch (schema.kind) {
    case 'bool':
      return { size: 2, at: (index) => index === 1 }
    case 'range':
      return { size: schema.max - schema.min + 1, at: (index) => schema.min + index }
    case 'oneOf':
    case 'id':
      return { size: schema.values.length, at: (index) => schema.values[index] }
  }
}

/** The index of a value in a scalar's domain. */
export const indexIn = (schema: Scalar, value: unknown): number => {
  if (schema.kind === 'bool') return value === true ? 1 : 0
  if (schema.kind === 'range') return (value as number) - schema.min
  return schema.values.indexOf(value as string)
}

/** Random schemas over two families of identities, and the variables in them that `models.ts` can name. */
import {
  type BagOf,
  bag,
  bool,
  each,
  type Id,
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
} from '../../modelling/schema.ts'

/** Draws a whole number from 0, below `n`. */
export type Draw = (n: number) => number

/** The identities of both families. */
export interface Families {
  readonly f: readonly string[]
  readonly h: readonly string[]
}
export type Family = keyof Families

export const NOBODY = 'nobody'
/** The largest capacity of a channel. */
export const MOST_MESSAGES = 3

/** Draws one of some values; earlier ones count as simpler. */
export const pick = <T>(draw: Draw, among: readonly T[]): T => among[draw(among.length)]!

/** The families of a model: at most 24 * 2 permutations, for an oracle tries them all. */
export const drawFamilies = (draw: Draw): Families => ({
  f: ['p', 'q', 'r', 's'].slice(0, pick(draw, [3, 2, 3, 4])),
  h: pick(draw, [['x', 'y'], []]),
})

const familyOf = (draw: Draw, { h }: Families): Family => (h.length > 0 ? pick(draw, ['f', 'f', 'h']) : 'f')

const number = (draw: Draw): Scalar =>
  pick(draw, [range(0, 1), range(0, 2), bool, oneOf('idle', 'busy', 'done'), range(-1, 1), range(0, 2_000)])

const reference = (draw: Draw, families: Families): Id<string, string> => {
  const family = families[familyOf(draw, families)]
  return draw(4) === 0 ? id(family) : id(family, NOBODY)
}

const someSet = (draw: Draw, families: Families): SetOf => {
  if (draw(5) === 0) return setOf(range(0, 1))
  // Beyond 31 bits, so that identities lie in different slots; the other names are in no family.
  if (draw(6) === 0)
    return setOf([...families.f.slice(1), ...Array.from({ length: 32 }, (_, i) => `o${i}`), families.f[0]!])
  return setOf(families[familyOf(draw, families)])
}

/** Fields of a message; a second slot is needed for what follows a wide range. */
const message = (draw: Draw, families: Families): RecordOf => {
  const fields: Schema[] = []
  const kinds: readonly (() => Schema)[] = [
    () => reference(draw, families),
    () => range(0, 1),
    () => setOf(families[familyOf(draw, families)]),
    () => range(0, 2 ** 28),
    () => record({ inner: reference(draw, families) }),
  ]
  for (let n = 1 + draw(3); n > 0; n--) fields.push(pick(draw, [kinds[0]!, ...kinds])())
  return recordOf('part', fields)
}

/** A set of records that name identities. */
const records = (draw: Draw, families: Families): SetOf => {
  const kinds: readonly (() => Schema)[] = [
    () => reference(draw, families),
    () => range(0, 1),
    () => bool,
    () => record({ inner: reference(draw, families) }),
  ]
  const fields = [reference(draw, families), ...Array.from({ length: draw(3) }, () => pick(draw, kinds)())]
  return setOf(recordOf('part', fields) as Parameters<typeof setOf>[0]) as SetOf
}

const channel = (draw: Draw, families: Families, simple = false): QueueOf | BagOf =>
  pick(draw, simple ? [queue] : [bag, queue])(message(draw, families), pick(draw, [2, 1, MOST_MESSAGES]))

const recordOf = (prefix: string, fields: readonly Schema[]): RecordOf =>
  record(Object.fromEntries(fields.map((field, i) => [`${prefix}${i}`, field])))

const flat = (draw: Draw, families: Families): Schema =>
  pick(draw, [number, number, reference, someSet, channel])(draw, families)

/** Variables of a record; in a simple one nothing relates identities to one another. */
const fieldsOf = (draw: Draw, families: Families, simple: boolean, most: number): RecordOf =>
  recordOf(
    'a',
    Array.from({ length: 1 + draw(most) }, () => (simple ? number(draw) : flat(draw, families))),
  )

/** The schema of a model's state. Every other one is simple. `withRecords`: it has sets of records. */
export const drawState = (draw: Draw, families: Families, withRecords = false): RecordOf => {
  const simple = draw(2) === 0
  const variables: Schema[] = [each(families.f, fieldsOf(draw, families, simple, 2))]
  const kinds: readonly (() => Schema)[] = [
    () => number(draw),
    () => someSet(draw, families),
    () => reference(draw, families),
    () => channel(draw, families, simple),
    () => each(families[familyOf(draw, families)], fieldsOf(draw, families, simple, 2)),
    // The other way round than the rest, for orders of lists do not matter.
    () => each([...families.f].reverse(), fieldsOf(draw, families, true, 1)),
    () =>
      each(
        families[familyOf(draw, families)],
        each(simple ? ['here', 'there'] : families[familyOf(draw, families)], recordOf('a', [range(0, 1)])),
      ),
  ]
  for (let n = draw(withRecords ? 2 : 4); n > 0; n--) variables.push(pick(draw, kinds)())
  if (withRecords) {
    variables.push(records(draw, families))
    if (draw(2) === 0) variables.push(each(families.f, recordOf('a', [records(draw, families)])))
  }
  return recordOf('v', variables)
}

/** The schema of a listener's memory. */
export const drawMemory = (draw: Draw, families: Families): RecordOf =>
  recordOf('m', [
    pick(draw, [
      () => each(families.f, recordOf('a', [range(0, 1)])),
      () => setOf(families.f),
      () => id(families.f, NOBODY),
      () => each(families.f, recordOf('a', [id(families.f, NOBODY)])),
    ])(),
    range(0, 1),
  ])

/** A variable: the families of the identities in whose records it lies, and the record it is a field of. */
export interface Variable<S extends Schema = Schema> {
  readonly schema: S
  readonly owners: readonly Family[]
  readonly field: string
  parent(state: object, owners: readonly string[]): Record<string, unknown>
}

/** The variables of a schema. */
export const variablesOf = (schema: RecordOf, { f }: Families): readonly Variable[] => {
  const all: Variable[] = []
  const visit = (here: RecordOf, owners: readonly Family[], parent: Variable['parent']): void => {
    for (const [field, below] of Object.entries(here.fields)) {
      let inner: Schema = below
      let known = owners
      let at: Variable['parent'] = (s, names) => parent(s, names)[field] as Record<string, unknown>
      while (inner.kind === 'each') {
        const { identities } = inner
        const place = known.length
        const outer = at
        if (identities.includes('here')) at = (s, names) => outer(s, names).here as Record<string, unknown>
        else {
          known = [...known, identities.includes(f[0]!) ? 'f' : 'h']
          at = (s, names) => outer(s, names)[names[place]!] as Record<string, unknown>
        }
        inner = inner.element
      }
      if (inner.kind === 'record') visit(inner, known, at)
      else all.push({ schema: inner, owners: known, field, parent })
    }
  }
  visit(schema, [], (s) => s as Record<string, unknown>)
  return all
}

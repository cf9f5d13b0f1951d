/**
 * Where identities occur in a packed state: the slots that belong to an identity, because they lie in its record, and
 * the bits that name one, because they are an id or a set. Everything else no permutation changes.
 */
import { countOf } from '../../modelling/elements.ts'
import type { BagOf, Id, QueueOf, Schema, SetOf } from '../../modelling/schema.ts'
import { type Layout, type Message, type MessageNode, type Node, SLOT_BITS } from '../../state/layout.ts'

/** The identities that are permuted, numbered class by class. */
export interface Numbering {
  readonly classes: readonly (readonly string[])[]
  readonly names: readonly string[]
  /** The number of an identity, -1 for other names. */
  numberOf(name: string | number): number
  /** The class of an identity by number, and the first number of a class. */
  readonly classOf: readonly number[]
  readonly first: readonly number[]
}

/** The bits of a place that name one identity, or that have a bit for each. `slot` counts from the place. */
export interface Field {
  readonly slot: number
  readonly shift: number
  /** The names by code or by bit; a set of more than 31 goes on in the next slots. */
  readonly values: readonly (string | number)[]
}

/** A field of the records of a set that names an identity: its code counts `weight` in that of the record. */
export interface Digit {
  readonly weight: number
  readonly values: readonly string[]
}

/** A variable that permutations change: one for each combination of the identities whose records it lies in. */
export interface Position {
  /** The variable, such as member.*.waitsFor. */
  readonly path: string
  /** The class of each identity in whose record it lies, outermost first. */
  readonly owners: readonly number[]
  /** Its first slot for each combination of owners, the last varying fastest. */
  readonly at: readonly number[]
  /** One value; messages in order; messages that are kept sorted; or a set of records, with a bit for each. */
  readonly kind: 'value' | 'queue' | 'bag' | 'records'
  /** Values or messages, and the slots of each. */
  readonly places: number
  readonly stride: number
  /** The bits of each slot of a place that name no identity. */
  readonly rest: readonly number[]
  readonly ids: readonly Field[]
  readonly sets: readonly Field[]
  /** Of a set of records: the fields of these that name identities. */
  readonly digits: readonly Digit[]
}

const FULL = 2 ** SLOT_BITS - 1

export const numberingOf = (classes: readonly (readonly string[])[]): Numbering => {
  const names = classes.flat()
  const numbers = new Map<string | number, number>(names.map((name, i) => [name, i]))
  return {
    classes,
    names,
    numberOf: (name) => numbers.get(name) ?? -1,
    classOf: classes.flatMap(({ length }, k) => Array<number>(length).fill(k)),
    first: classes.map((_, k) => classes.slice(0, k).reduce((sum, { length }) => sum + length, 0)),
  }
}

/** The classes that a position's ids, sets and records can name. */
export const classesNamed = ({ ids, sets, digits }: Position, numbering: Numbering): ReadonlySet<number> =>
  new Set(
    [...ids, ...sets, ...digits].flatMap(({ values }) =>
      values.flatMap((value) => {
        const number = numbering.numberOf(value)
        return number < 0 ? [] : [numbering.classOf[number]!]
      }),
    ),
  )

/** Finds the positions of a layout whose roots have these paths. */
export const positionsOf = (
  layout: Layout,
  paths: readonly string[],
  numbering: Numbering,
): readonly Position[] => {
  const found = new Map<string, Position & { at: number[] }>()
  const visit = (node: Node, path: string, root: number, owners: readonly number[]): void => {
    if (node.kind === 'record') {
      for (const [name, child] of node.fields) {
        const owner = node.schema.kind === 'each' ? numbering.numberOf(name) : -1
        const step = owner < 0 ? name : '*'
        visit(child, path === '' ? step : `${path}.${step}`, root, owner < 0 ? owners : [...owners, owner])
      }
      return
    }
    const leaf = leafOf(node, numbering)
    const names = leaf.ids.length + leaf.sets.length + leaf.digits.length
    if (leaf.places === 0 || owners.length + names === 0) return
    const classes = owners.map((owner) => numbering.classOf[owner]!)
    // The same variable of other identities' records.
    const key = `${root} ${path} ${classes.join(' ')}`
    const position = found.get(key) ?? { path, owners: classes, at: [], ...leaf }
    position.at[placeOf(owners, numbering)] = node.at
    found.set(key, position)
  }
  layout.roots.forEach((root, i) => {
    visit(root, paths[i]!, i, [])
  })
  return [...found.values()]
}

/** The place of a combination of owners in a table, the last varying fastest. */
const placeOf = (owners: readonly number[], { classOf, classes, first }: Numbering): number =>
  owners.reduce((place, owner) => {
    const k = classOf[owner]!
    return place * classes[k]!.length + owner - first[k]!
  }, 0)

type Leaf = Omit<Position, 'path' | 'owners' | 'at'>

const leafOf = (node: Exclude<Node, { kind: 'record' }>, numbering: Numbering): Leaf => {
  const isPermuted = (values: readonly (string | number)[]): boolean =>
    values.some((value) => numbering.numberOf(value) >= 0)
  if (node.kind === 'queue' || node.kind === 'bag') return channelOf(node.schema, node.message, isPermuted)
  const { schema } = node
  const slots = node.kind === 'set' ? node.slots : 1
  if (schema.kind === 'set' && schema.element) {
    const digits = digitsOf(schema.element).filter(({ values }) => isPermuted(values))
    if (digits.length > 0) return recordsOf(slots, digits)
  }
  const field: readonly Field[] =
    (schema.kind === 'id' || schema.kind === 'set') && isPermuted(namesOf(schema))
      ? [{ slot: 0, shift: 0, values: namesOf(schema) }]
      : []
  return {
    kind: 'value',
    places: 1,
    stride: slots,
    rest: Array<number>(slots).fill(field.length > 0 ? 0 : FULL),
    ids: schema.kind === 'id' ? field : [],
    sets: schema.kind === 'set' ? field : [],
    digits: [],
  }
}

/** The names that an id or a set can have; records are no names. */
const namesOf = ({ values }: Id<string, string> | SetOf): readonly (string | number)[] =>
  (values as readonly unknown[]).filter((value) => typeof value === 'string' || typeof value === 'number')

const recordsOf = (slots: number, digits: readonly Digit[]): Leaf => ({
  kind: 'records',
  places: 1,
  stride: slots,
  rest: Array<number>(slots).fill(0),
  ids: [],
  sets: [],
  digits,
})

/** The ids of a record in a set. */
const digitsOf = (schema: Schema, weight = 1): readonly Digit[] => {
  if (schema.kind === 'id') return [{ weight, values: schema.values }]
  if (schema.kind !== 'record') return []
  let below = weight * countOf(schema)
  return Object.values(schema.fields).flatMap((field) => {
    below /= countOf(field)
    return digitsOf(field, below)
  })
}

const channelOf = (
  { kind, capacity }: QueueOf | BagOf,
  message: Message,
  isPermuted: (values: readonly (string | number)[]) => boolean,
): Leaf => {
  const ids: Field[] = []
  const sets: Field[] = []
  const rest = Array<number>(message.slots).fill(FULL)
  const visit = (node: MessageNode): void => {
    if (node.kind === 'record') {
      for (const [, child] of node.fields) visit(child)
      return
    }
    const { schema, packed } = node
    if ((schema.kind !== 'id' && schema.kind !== 'set') || !isPermuted(namesOf(schema))) return
    const { slot, shift, bits } = packed
    const among = schema.kind === 'id' ? ids : sets
    among.push({ slot, shift, values: namesOf(schema) })
    rest[slot]! &= ~((2 ** bits - 1) << shift)
  }
  visit(message.root)
  // One message is in order by itself.
  return {
    kind: kind === 'bag' && capacity > 1 ? 'bag' : 'queue',
    places: capacity,
    stride: message.slots,
    rest,
    ids,
    sets,
    digits: [],
  }
}

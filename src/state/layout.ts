/**
 * The packed layout of a schema: a state is a vector of slots, and slots are packed into 32-bit words.
 *
 * A scalar takes one slot, a set one slot for 31 values, a queue or bag one or more slots for each message.
 * An empty place in a queue or bag is a zero slot, so no length is stored; the fields of a message are packed
 * from the top of its slots down, in declaration order, so that comparing slots compares messages.
 */
import type {
  BagOf,
  Each,
  MessageSchema,
  QueueOf,
  RecordOf,
  Scalar,
  Schema,
  SetOf,
} from '../modelling/schema.ts'
import { scalarValues } from '../modelling/values.ts'

/** Bits of one slot that hold information; the sign bit stays clear so that slots compare as numbers. */
export const SLOT_BITS = 31

/** How a slot is hashed: `table` has a key for each value, `bits` one for each bit, `mixed` mixes the value. */
export type SlotHash = 'table' | 'bits' | 'mixed'

/** One slot. */
export interface Slot {
  /** Variable, such as `member.A.sent`. */
  readonly path: string
  readonly bits: number
  readonly hash: SlotHash
}

/** A message's field inside its slots. */
export interface Packed {
  readonly slot: number
  readonly shift: number
  readonly bits: number
}

/** A schema placed at a slot. */
export type Node =
  | { readonly kind: 'scalar'; readonly at: number; readonly schema: Scalar }
  | { readonly kind: 'set'; readonly at: number; readonly schema: SetOf; readonly slots: number }
  | {
      readonly kind: 'record'
      readonly at: number
      readonly schema: RecordOf | Each
      readonly fields: readonly (readonly [string, Node])[]
    }
  | {
      readonly kind: 'queue' | 'bag'
      readonly at: number
      readonly schema: QueueOf | BagOf
      readonly message: Message
    }

/** The layout of one message. */
export interface Message {
  /** Slots of one message. */
  readonly slots: number
  /** Where its fields lie, in declaration order. */
  readonly root: MessageNode
  /** Bits used in each slot; the first slot includes the bit that says there is a message. */
  readonly bits: readonly number[]
}

export type MessageNode =
  | { readonly kind: 'leaf'; readonly schema: Scalar | SetOf; readonly packed: Packed }
  | { readonly kind: 'record'; readonly fields: readonly (readonly [string, MessageNode])[] }

/** A whole state: the model's own record at slot 0, then one record for each memory. */
export interface Layout {
  readonly slots: readonly Slot[]
  readonly roots: readonly Node[]
}

/** Tables of keys stay small; wider slots are mixed. */
const LARGEST_TABLE = 1024

/** Bits needed for one of `n` values. */
export const bitsFor = (n: number): number => (n <= 1 ? 0 : 32 - Math.clz32(n - 1))

/** Places records one after the other. */
export const layoutOf = (
  schemas: readonly { readonly path: string; readonly schema: RecordOf }[],
): Layout => {
  const slots: Slot[] = []
  const roots = schemas.map(({ path, schema }) => place(schema, path, slots))
  return { slots, roots }
}

const place = (schema: Schema, path: string, slots: Slot[]): Node => {
  const at = slots.length
  const below = (name: string): string => (path === '' ? name : `${path}.${name}`)
  switch (schema.kind) {
    case 'record':
      return {
        kind: 'record',
        at,
        schema,
        fields: Object.entries(schema.fields).map(([name, field]) => [
          name,
          place(field, below(name), slots),
        ]),
      }
    case 'each':
      return {
        kind: 'record',
        at,
        schema,
        fields: schema.identities.map((name) => [name, place(schema.element, below(name), slots)]),
      }
    case 'set': {
      for (let left = schema.values.length; left > 0; left -= SLOT_BITS)
        slots.push({ path, bits: Math.min(left, SLOT_BITS), hash: 'bits' })
      return { kind: 'set', at, schema, slots: slots.length - at }
    }
    case 'queue':
    case 'bag': {
      const message = placeMessage(schema.element)
      for (let i = 0; i < schema.capacity; i++)
        for (const bits of message.bits)
          slots.push({ path: `${path}[${i}]`, bits, hash: 2 ** bits <= LARGEST_TABLE ? 'table' : 'mixed' })
      // Without capacity there is still a slot without bits, for the name in a fault.
      if (schema.capacity === 0) slots.push({ path: `${path}[0]`, bits: 0, hash: 'table' })
      return { kind: schema.kind, at, schema, message }
    }
    default: {
      const values = sizeOf(schema)
      slots.push({ path, bits: bitsFor(values), hash: values <= LARGEST_TABLE ? 'table' : 'mixed' })
      return { kind: 'scalar', at, schema }
    }
  }
}

/** Number of values of a scalar. */
export const sizeOf = (schema: Scalar): number =>
  schema.kind === 'range' ? schema.max - schema.min + 1 : scalarValues(schema).length

const placeMessage = (schema: MessageSchema): Message => {
  const widths: { bits: number }[] = []
  const measure = (s: Schema): void => {
    if (s.kind === 'record') Object.values(s.fields).forEach(measure)
    else
      widths.push({
        bits: s.kind === 'set' ? s.values.length : bitsFor(sizeOf(s as Scalar)),
      })
  }
  measure(schema)
  // Greedy and in order: a field goes to the next slot when the present one is full.
  const bits = [1]
  const slotOf = widths.map((width) => {
    if (bits.at(-1)! + width.bits > SLOT_BITS) bits.push(0)
    bits[bits.length - 1]! += width.bits
    return bits.length - 1
  })
  const left = [...bits]
  let next = 0
  const assign = (s: Schema): MessageNode => {
    if (s.kind === 'record')
      return {
        kind: 'record',
        fields: Object.entries(s.fields).map(([name, field]) => [name, assign(field)]),
      }
    const slot = slotOf[next]!
    const width = widths[next]!.bits
    next += 1
    left[slot]! -= width
    return { kind: 'leaf', schema: s as Scalar | SetOf, packed: { slot, shift: left[slot]!, bits: width } }
  }
  return { slots: bits.length, root: assign(schema), bits }
}

/**
 * Queues and bags of a state that is changed in place. They mean what those of `channels.ts` mean; how a message is
 * copied and compared is worked out once for each schema.
 */
import type { BagOf, QueueOf, RecordOf, Scalar, Schema } from '../modelling/schema.ts'
import { scalarValues } from '../modelling/values.ts'
import { byPlaces, Walked } from '../modelling/walking.ts'
import { absent, misfit, notAMessage, outside } from './conforms.ts'

type Message = Readonly<Record<string, unknown>>

/** A copy of a message, or undefined when a field is outside its domain. */
type Copier = (message: unknown) => unknown
/** The order of two values: below 0, 0 or above. */
type Order = (a: unknown, b: unknown) => number

/** What a channel in place offers beyond what a model sees. */
export interface InPlaceChannel {
  readonly messages: readonly unknown[]
  clear(): void
}

abstract class Channel extends Walked implements InPlaceChannel {
  readonly messages: unknown[] = []
  readonly path: string
  readonly schema: QueueOf | BagOf
  readonly copier: Copier

  constructor(schema: QueueOf | BagOf, path: string) {
    super()
    this.schema = schema
    this.path = path
    this.copier = fieldCopier(schema.element)
  }

  [Symbol.iterator]() {
    return byPlaces((index) => this.at(index))
  }

  get length(): number {
    return this.messages.length
  }

  at(index: number): unknown {
    return this.messages[index]
  }

  removeAt(index: number): void {
    if (Number.isInteger(index) && index >= 0) this.messages.splice(index, 1)
  }

  clear(): void {
    this.messages.length = 0
  }

  /** What is stored of a message. */
  protected admitted(message: unknown): unknown {
    const { schema, path } = this
    if (this.messages.length >= schema.capacity) throw outside(path, undefined, schema)
    const copy = this.copier(message)
    if (copy === undefined) throw notAMessage(path, message, schema)
    return copy
  }
}

class Queue extends Channel {
  push(message: unknown): void {
    this.messages.push(this.admitted(message))
  }

  shift(): unknown {
    return this.messages.shift()
  }
}

class Bag extends Channel {
  readonly order: Order

  constructor(schema: BagOf, path: string) {
    super(schema, path)
    this.order = orderOf(schema.element)
  }

  add(message: unknown): void {
    const copy = this.admitted(message)
    const after = this.messages.findIndex((other) => this.order(other, copy) > 0)
    this.messages.splice(after < 0 ? this.messages.length : after, 0, copy)
  }

  remove(message: unknown): void {
    const index = this.messages.findIndex((other) => this.order(other, message) === 0)
    if (index < 0) throw absent(this.path, message, this.schema as BagOf, this)
    this.messages.splice(index, 1)
  }

  has(message: unknown): boolean {
    for (const other of this.messages) if (this.order(other, message) === 0) return true
    return false
  }

  override count(message: unknown): number {
    if (typeof message === 'function') return super.count(message)
    let count = 0
    for (const other of this.messages) if (this.order(other, message) === 0) count += 1
    return count
  }

  isFirstCopy(index: number): boolean {
    const [here, before] = [this.messages[index], this.messages[index - 1]]
    return here !== undefined && (before === undefined || this.order(before, here) !== 0)
  }
}

/** An empty channel of `schema` at the variable `path`. */
export const inPlaceChannel = (schema: QueueOf | BagOf, path: string): InPlaceChannel =>
  schema.kind === 'queue' ? new Queue(schema, path) : new Bag(schema, path)

const copierOf = (schema: RecordOf): ((message: Message) => Message | undefined) => {
  const fields = Object.entries(schema.fields).map(([name, field]) => ({ name, copy: fieldCopier(field) }))
  return (message) => {
    const made: Record<string, unknown> = {}
    for (const { name, copy } of fields) {
      const value = copy(message[name])
      if (value === undefined) return undefined
      made[name] = value
    }
    return made
  }
}

/** Copies the value of a field; undefined when it is outside its domain. */
const fieldCopier = (field: Schema): ((value: unknown) => unknown) => {
  switch (field.kind) {
    case 'record': {
      const copy = copierOf(field)
      return (value) => (typeof value === 'object' && value !== null ? copy(value as Message) : undefined)
    }
    case 'set':
      return (value) =>
        misfit(field, value, '') === undefined
          ? new Set(field.values.filter((x) => (value as ReadonlySet<unknown>).has(x)))
          : undefined
    default: {
      const fits = fitsIn(field as Scalar)
      return (value) => (fits(value) ? value : undefined)
    }
  }
}

/** Whether a value lies in a domain. */
export const fitsIn = (schema: Scalar): ((value: unknown) => boolean) => {
  if (schema.kind === 'bool') return (value) => typeof value === 'boolean'
  if (schema.kind !== 'range') {
    const known = new Set<unknown>(schema.values)
    return (value) => known.has(value)
  }
  const { min, max } = schema
  return (value) => Number.isInteger(value) && (value as number) >= min && (value as number) <= max
}

/** The order of `channels.ts`: field by field, values in domain order, sets as numbers whose low bit is the first value. */
const orderOf = (schema: Schema): Order => {
  switch (schema.kind) {
    case 'record': {
      const fields = Object.entries(schema.fields).map(([name, field]) => ({ name, order: orderOf(field) }))
      return (a, b) => {
        for (const { name, order } of fields) {
          const [x, y] = [(a as Message)[name], (b as Message)[name]]
          if (x === y) continue
          const found = order(x, y)
          if (found !== 0) return found
        }
        return 0
      }
    }
    case 'set': {
      const mask = (set: unknown): number =>
        schema.values.reduce<number>(
          (sum, x, i) => sum + ((set as ReadonlySet<unknown>).has(x) ? 2 ** i : 0),
          0,
        )
      return (a, b) => mask(a) - mask(b)
    }
    case 'range':
      return (a, b) => (a as number) - (b as number)
    case 'bool':
    case 'oneOf':
    case 'id': {
      const places = new Map<unknown, number>(scalarValues(schema).map((value, i) => [value, i]))
      return (a, b) => (places.get(a) ?? -1) - (places.get(b) ?? -1)
    }
    default:
      throw new TypeError(`a ${schema.kind} inside a message`)
  }
}

/**
 * Sets, queues and bags of the plain representation: immer drafts them like any object, and the packed views offer
 * the same methods. A class for each schema carries what is constant, so an instance holds only its messages.
 */
import { current, immerable, isDraft } from 'immer'
import type { BagDraft, QueueDraft } from '../modelling/draft.ts'
import { placeIn } from '../modelling/elements.ts'
import type { BagOf, MessageSchema, QueueOf, Schema, SetOf } from '../modelling/schema.ts'
import { scalarValues } from '../modelling/values.ts'
import { byPlaces, inOrder, Walked } from '../modelling/walking.ts'
import { absent, misfit, notAMessage, outside } from './conforms.ts'

/** A channel of plain messages, head or smallest first. */
export interface PlainChannel {
  readonly messages: readonly unknown[]
}

/** What plain queues and bags have, together. */
export interface AnyChannel {
  readonly length: number
  at(index: number): unknown
  push(message: unknown): void
  shift(): unknown
  add(message: unknown): void
  remove(message: unknown): void
  has(message: unknown): boolean
  count(message: unknown): number
  isFirstCopy(index: number): boolean
  removeAt(index: number): void
  clear(): void
}

abstract class Channel extends Walked {
  readonly messages: unknown[] = []

  get length(): number {
    return this.messages.length
  }

  at(index: number): unknown {
    // Array.prototype.at counts negative numbers from the end; a channel does not.
    return this.messages[index]
  }

  [Symbol.iterator]() {
    return byPlaces((index) => this.at(index))
  }

  removeAt(index: number): void {
    if (Number.isInteger(index) && index >= 0) this.messages.splice(index, 1)
  }

  clear(): void {
    this.messages.length = 0
  }
}
Object.defineProperty(Channel.prototype, immerable, { value: true })

/** What a channel stores of a message, in a channel that already holds `length`. */
const admitted = (schema: QueueOf | BagOf, path: string, length: number, message: unknown): unknown => {
  if (length >= schema.capacity) throw outside(path, undefined, schema)
  const copy = copyOf(schema.element, message)
  if (misfit(schema.element, copy, path)) throw notAMessage(path, copy, schema)
  return copy
}

/** Makes the class of a schema at a variable when it is first needed. */
const classOnce = <S extends QueueOf | BagOf, C>(make: (schema: S, path: string) => C) => {
  const known = new WeakMap<S, Map<string, C>>()
  return (schema: S, path: string): C => {
    const byPath = known.get(schema) ?? new Map<string, C>()
    known.set(schema, byPath)
    const made = byPath.get(path) ?? make(schema, path)
    byPath.set(path, made)
    return made
  }
}

/** An empty plain queue of `schema` at the variable `path`. */
export const plainQueue = (schema: QueueOf, path: string): QueueDraft<unknown> & PlainChannel =>
  new (queueClass(schema, path))()

const queueClass = classOnce((schema: QueueOf, path) => {
  return class Queue extends Channel {
    get path(): string {
      return path
    }

    push(message: unknown): void {
      this.messages.push(admitted(schema, path, this.length, message))
    }

    shift(): unknown {
      const head = this.messages.shift()
      return isDraft(head) ? current(head) : head
    }
  }
})

/** An empty plain bag of `schema` at the variable `path`. */
export const plainBag = (schema: BagOf, path: string): BagDraft<unknown> & PlainChannel =>
  new (bagClass(schema, path))()

const bagClass = classOnce((schema: BagOf, path) => {
  return class Bag extends Channel {
    add(message: unknown): void {
      const copy = admitted(schema, path, this.length, message)
      const after = this.messages.findIndex((other) => compare(schema.element, other, copy) > 0)
      this.messages.splice(after < 0 ? this.messages.length : after, 0, copy)
    }

    remove(message: unknown): void {
      const index = this.messages.findIndex((other) => compare(schema.element, other, message) === 0)
      if (index < 0) throw absent(path, message, schema, this)
      this.messages.splice(index, 1)
    }

    has(message: unknown): boolean {
      return this.count(message) > 0
    }

    override count(message: unknown): number {
      if (typeof message === 'function') return super.count(message)
      return this.messages.filter((other) => compare(schema.element, other, message) === 0).length
    }

    isFirstCopy(index: number): boolean {
      const [here, before] = [this.messages[index], this.messages[index - 1]]
      return here !== undefined && (before === undefined || compare(schema.element, before, here) !== 0)
    }
  }
})

/** A message by value: what a channel stores is never what the model still holds. */
const copyOf = (schema: MessageSchema, message: unknown): unknown => {
  if (schema.kind !== 'record' || typeof message !== 'object' || message === null) return message
  return Object.fromEntries(
    Object.entries(schema.fields).map(([name, field]) => {
      const value = (message as Record<string, unknown>)[name]
      if (typeof value !== 'object' || value === null) return [name, value]
      if (field.kind === 'record') return [name, copyOf(field, value)]
      if (field.kind !== 'set' || !('has' in value)) return [name, value]
      return [name, new Set(field.values.filter((x) => (value as ReadonlySet<unknown>).has(x)))]
    }),
  )
}

/** Orders messages field by field, values in domain order, sets as numbers whose low bit is the first value. */
const compare = (schema: Schema, a: unknown, b: unknown): number => {
  switch (schema.kind) {
    case 'record': {
      for (const [name, field] of Object.entries(schema.fields)) {
        const order = compare(
          field,
          (a as Record<string, unknown>)[name],
          (b as Record<string, unknown>)[name],
        )
        if (order !== 0) return order
      }
      return 0
    }
    case 'set': {
      const mask = (set: unknown): number =>
        schema.values.reduce<number>(
          (sum, x, i) => sum + ((set as ReadonlySet<unknown>).has(x) ? 2 ** i : 0),
          0,
        )
      return mask(a) - mask(b)
    }
    case 'range':
      return (a as number) - (b as number)
    case 'bool':
    case 'oneOf':
    case 'id': {
      const values: readonly unknown[] = scalarValues(schema)
      return values.indexOf(a) - values.indexOf(b)
    }
    default:
      throw new TypeError(`a ${schema.kind} inside a message`)
  }
}

/** A set: a native one, gone through in the order of its domain. A class for each schema carries that. */
export abstract class PlainSet extends Walked {
  readonly elements = new Set<unknown>()

  get size(): number {
    return this.elements.size
  }

  has(value: unknown): boolean {
    return this.elements.has(value)
  }

  add(value: unknown): void {
    this.elements.add(value)
  }

  delete(value: unknown): boolean {
    return this.elements.delete(value)
  }

  clear(): void {
    this.elements.clear()
  }
}
Object.defineProperty(PlainSet.prototype, immerable, { value: true })

const classes = new WeakMap<SetOf, new () => PlainSet>()

const setClass = (schema: SetOf): (new () => PlainSet) => {
  class Elements extends PlainSet {
    [Symbol.iterator]() {
      return inOrder(schema.values, (value) => this.elements.has(value))
    }
  }
  if (!schema.element) return Elements
  // A record is the element with the same fields. What is none is kept as it is, for the fault that names it.
  const elementFor = (value: unknown): unknown => schema.values[placeIn(schema, value)] ?? value
  return class Records extends Elements {
    override has(value: unknown): boolean {
      return super.has(elementFor(value))
    }

    override add(value: unknown): void {
      super.add(elementFor(value))
    }

    override delete(value: unknown): boolean {
      return super.delete(elementFor(value))
    }
  }
}

/** A set of `schema` with these elements. */
export const plainSet = (schema: SetOf, elements: Iterable<unknown> = []): PlainSet => {
  const made = classes.get(schema) ?? setClass(schema)
  classes.set(schema, made)
  const set = new made()
  for (const element of elements) set.add(element)
  return set
}

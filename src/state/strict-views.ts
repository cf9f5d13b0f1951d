/**
 * Strict views: what a state offers to a model and nothing else, around a packed view, a frozen object or a draft. Each is
 * made for one call of a guard, an effect, a test or a handler, so that nothing can be found again by it in the next call, and it
 * is shut when the call returns. A field that does not exist, a value that a set cannot hold, a record that is spread or
 * assigned are faults of the model, each with what to write instead.
 */
import { quote } from '../modelling/fault.ts'
import type { Schema } from '../modelling/schema.ts'
import type { AnyChannel } from './channels.ts'
import { misfit, outside } from './conforms.ts'
import type { Call, Calls } from './strict-calls.ts'
import { type AnySet, strictChannel, strictSet } from './strict-collections.ts'
import { fault, listedFault, nameOf, type ViewFault } from './view-faults.ts'

const underneath = new WeakMap<object, unknown>()

/** What a strict view of a message shows; undefined for what is none. */
export const shownBy = (view: unknown): unknown =>
  typeof view === 'object' && view !== null ? underneath.get(view) : undefined

/** A strict view of a value of a schema, at the variable `path`. Scalars are themselves. */
export const strictView = (
  schema: Schema,
  value: unknown,
  path: string,
  call: Call,
  calls: Calls,
  isMessage = false,
): unknown => {
  switch (schema.kind) {
    case 'record':
    case 'each': {
      const about = { call, calls, isListed: schema.kind === 'each', isMessage }
      const view = new Proxy({}, new RecordHandler(shapeOf(schema), value as Values, path, about))
      if (isMessage) underneath.set(view, value)
      return view
    }
    case 'set':
      return strictSet(schema, value as AnySet, path, call, calls)
    case 'queue':
    case 'bag':
      return strictChannel(schema, value as AnyChannel, path, call, calls, strictView)
    default:
      return value
  }
}

type Values = Record<string, unknown>
type Shape = ReadonlyMap<string, Schema>

const shapes = new WeakMap<Schema, Shape>()

const shapeOf = (schema: Extract<Schema, { kind: 'record' | 'each' }>): Shape => {
  const known = shapes.get(schema)
  if (known) return known
  const shape = new Map<string, Schema>(
    schema.kind === 'record'
      ? Object.entries(schema.fields)
      : schema.identities.map((name) => [name, schema.element] as const),
  )
  shapes.set(schema, shape)
  return shape
}

const isScalar = ({ kind }: Schema): boolean =>
  kind === 'bool' || kind === 'range' || kind === 'oneOf' || kind === 'id'

const below = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`)

/** What reading or writing a field does that is not there. */
const noField = (path: string, name: string | symbol, shape: Iterable<string>): ViewFault => {
  const all = [...shape]
  const some = all.length > 12 ? `${all.slice(0, 12).join(', ')}, ...` : all.join(', ')
  return fault(
    `${nameOf(path)} has no field ${quote(String(name))}; it has ${some || 'none'}.`,
    'a compiler finds this without running the model: tsc --noEmit --strict FILE',
    path,
  )
}

interface About {
  readonly call: Call
  readonly calls: Calls
  /** Whether its names can be listed: those of identities. */
  readonly isListed: boolean
  /** Messages are not changed: they are taken out, and others put in. */
  readonly isMessage: boolean
}

/** The traps of a record, and of a record for each identity. */
class RecordHandler implements ProxyHandler<object> {
  readonly #shape: Shape
  readonly #value: Values
  readonly #path: string
  readonly #about: About
  readonly #children = new Map<string, unknown>()

  constructor(shape: Shape, value: Values, path: string, about: About) {
    this.#shape = shape
    this.#value = value
    this.#path = path
    this.#about = about
  }

  get(_target: object, name: string | symbol): unknown {
    const { call, calls, isMessage } = this.#about
    if (!calls.allows(call, this.#path)) return undefined
    if (typeof name === 'symbol') {
      if (name === Symbol.iterator || name === Symbol.toPrimitive) throw listedFault(this.#path)
      return undefined
    }
    const schema = this.#shape.get(name)
    if (schema === undefined)
      throw name === 'toJSON' || name === 'toString'
        ? listedFault(this.#path)
        : noField(this.#path, name, this.#shape.keys())
    if (isScalar(schema)) return this.#value[name]
    const known = this.#children.get(name)
    if (known !== undefined) return known
    const child = strictView(schema, this.#value[name], below(this.#path, name), call, calls, isMessage)
    this.#children.set(name, child)
    return child
  }

  set(_target: object, name: string | symbol, to: unknown): boolean {
    const { call, calls } = this.#about
    if (!calls.allows(call, this.#path)) return true
    const schema = typeof name === 'string' ? this.#shape.get(name) : undefined
    if (schema === undefined) throw noField(this.#path, name, this.#shape.keys())
    const path = below(this.#path, name as string)
    if (this.#about.isMessage)
      throw fault(
        `${path} belongs to a message, which is not changed.`,
        'take the message out and put another one in',
        path,
      )
    if (!isScalar(schema))
      throw fault(
        `${path} is ${schema.kind === 'each' ? 'a record for each identity' : `a ${schema.kind}`} and cannot be assigned.`,
        schema.kind === 'record' || schema.kind === 'each'
          ? 'assign its fields one by one'
          : schema.kind === 'set'
            ? 'use add, delete and clear'
            : `use ${schema.kind === 'queue' ? 'push, shift' : 'add, remove'} and clear`,
        path,
      )
    if (misfit(schema, to, path)) throw outside(path, to, schema)
    this.#value[name as string] = to
    return true
  }

  has(_target: object, name: string | symbol): boolean {
    return typeof name === 'string' && this.#shape.has(name)
  }

  ownKeys(): string[] {
    if (!this.#about.isListed) throw listedFault(this.#path)
    return [...this.#shape.keys()]
  }

  getOwnPropertyDescriptor(target: object, name: string | symbol): PropertyDescriptor | undefined {
    if (!this.#about.isListed) throw listedFault(this.#path)
    if (typeof name === 'symbol' || !this.#shape.has(name)) return undefined
    return { value: this.get(target, name), enumerable: true, configurable: true, writable: false }
  }

  defineProperty(): boolean {
    throw fault(`${nameOf(this.#path)} cannot be given a property.`, 'assign a field', this.#path)
  }

  deleteProperty(): boolean {
    throw fault(
      `${nameOf(this.#path)} always has all its fields; none can be deleted.`,
      'assign a field',
      this.#path,
    )
  }
}

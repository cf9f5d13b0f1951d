/**
 * Strict views: what a state offers to a model and nothing else, around a packed view, a frozen object or a draft. Each is
 * made for one call of a guard, an effect, a test or a handler, so that nothing can be found again by it in the next call, and it
 * is shut when the call returns. A field that does not exist, a value that a set cannot hold, a record that is spread or
 * assigned are faults of the model, each with what to write instead.
 */
import { placeIn, SHOWN } from '../modelling/elements.ts'
import { type FaultData, ModelFault, quote } from '../modelling/fault.ts'
import type { BagOf, QueueOf, Schema, SetOf } from '../modelling/schema.ts'
import { byPlaces, Walked, walking } from '../modelling/walking.ts'
import type { AnyChannel } from './channels.ts'
import { domainText, misfit, misfitText, notAMessage, outside } from './conforms.ts'

/** The fault of a model that no run of a correct one shows: it uses a view as none may be used. */
export class ViewFault extends ModelFault {
  override with(more: Partial<FaultData>): ViewFault {
    return new ViewFault({ ...more, ...this.data })
  }
}

/** One call of a closure of a model. */
export interface Call {
  /** The closure in words, such as the guard of Send. */
  readonly subject: string
  open: boolean
}

/** What strict views need to know of the calls of one model. */
export class Calls {
  /** The first use of a view after its call, which happened while no closure ran and so could not be thrown. */
  late: ModelFault | undefined
  #running = 0

  /** Makes a call; its views are shut when it is over. */
  run<T>(subject: string, body: (call: Call) => T): T {
    const call = { subject, open: true }
    this.#running += 1
    try {
      return body(call)
    } finally {
      this.#running -= 1
      call.open = false
    }
  }

  /** Whether the view of a call may still be used. Throws `ModelFault`, or keeps it while no closure runs. */
  allows({ subject, open }: Call, path: string): boolean {
    if (open) return true
    const fault = new ViewFault({
      problem: `${subject} kept ${path === '' ? 'a view of the state' : `a view of ${path}`} and used it after it had returned.`,
      hint: 'a view is for the call that it is given to; read it there, and keep what must last in the state',
    })
    if (this.#running > 0) throw fault
    this.late ??= fault
    return false
  }

  /** Throws what could not be thrown when it happened. */
  throwLate(): void {
    if (this.late) throw this.late
  }
}

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
  fixed?: Fixed,
): unknown => {
  switch (schema.kind) {
    case 'record':
    case 'each': {
      const about = { call, calls, isListed: schema.kind === 'each', fixed }
      const view = new Proxy({}, new RecordHandler(shapeOf(schema), value as Values, path, about))
      if (fixed) underneath.set(view, value)
      return view
    }
    case 'set':
      return new Proxy(new StrictSet(schema, value as AnySet, path, call, calls), SURFACE)
    case 'queue':
    case 'bag':
      return new Proxy(new StrictChannel(schema, value as AnyChannel, path, call, calls), SURFACE)
    default:
      return value
  }
}

/** What is not changed field by field. */
interface Fixed {
  readonly of: string
  readonly hint: string
}
const MESSAGE: Fixed = { of: 'a message', hint: 'take the message out and put another one in' }
const ELEMENT: Fixed = { of: 'a record of a set', hint: 'delete the record from the set and add another one' }

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

const nameOf = (path: string): string => (path === '' ? 'The state' : path)
const below = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`)

const isScalar = ({ kind }: Schema): boolean =>
  kind === 'bool' || kind === 'range' || kind === 'oneOf' || kind === 'id'

const fault = (problem: string, hint: string, variable: string): ViewFault =>
  new ViewFault({ problem, hint, ...(variable !== '' && { variable }) })

/** What reading or writing a field does that is not there. */
const noField = (path: string, name: string | symbol, shape: Iterable<string>): ModelFault => {
  const all = [...shape]
  const some = all.length > 12 ? `${all.slice(0, 12).join(', ')}, ...` : all.join(', ')
  return fault(
    `${nameOf(path)} has no field ${quote(String(name))}; it has ${some || 'none'}.`,
    'a compiler finds this without running the model: tsc --noEmit --strict FILE',
    path,
  )
}

const listedFault = (path: string): ModelFault =>
  fault(
    `${nameOf(path)} was spread, listed or made into text; a view shows its fields one by one only.`,
    'write a record field by field, as in { kind: m.kind, id: m.id }, and go through identities by their own list',
    path,
  )

interface About {
  readonly call: Call
  readonly calls: Calls
  /** Whether its names can be listed: those of identities. */
  readonly isListed: boolean
  /** Set for what is not changed: it is taken out, and something else put in. */
  readonly fixed: Fixed | undefined
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
    const { call, calls, fixed } = this.#about
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
    const child = strictView(schema, this.#value[name], below(this.#path, name), call, calls, fixed)
    this.#children.set(name, child)
    return child
  }

  set(_target: object, name: string | symbol, to: unknown): boolean {
    const { call, calls, fixed } = this.#about
    if (!calls.allows(call, this.#path)) return true
    const schema = typeof name === 'string' ? this.#shape.get(name) : undefined
    if (schema === undefined) throw noField(this.#path, name, this.#shape.keys())
    const path = below(this.#path, name as string)
    if (fixed) throw fault(`${path} belongs to ${fixed.of}, which is not changed.`, fixed.hint, path)
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

/** What a strict view of a set or a channel stands on; its members are those of this list and no others. */
interface Surface {
  readonly members: ReadonlySet<string>
  readonly what: string
  readonly path: string
}

/** The traps of a set or a channel. */
class SurfaceHandler implements ProxyHandler<Surface> {
  get(surface: Surface, name: string | symbol): unknown {
    if (typeof name === 'string' && surface.members.has(name)) {
      const member = (surface as unknown as Record<string, unknown>)[name]
      return typeof member === 'function' ? (member.bind(surface) as unknown) : member
    }
    if (name === Symbol.iterator && surface.members.has('some')) {
      const channel = surface as Surface & Iterable<unknown>
      return () => channel[Symbol.iterator]()
    }
    if (name === SHOWN && surface instanceof StrictSet) return (value: unknown) => surface[SHOWN](value)
    if (typeof name === 'symbol' && name !== Symbol.iterator && name !== Symbol.toPrimitive) return undefined
    throw fault(
      `${surface.what} and has no ${typeof name === 'symbol' ? 'iterator' : name}; it has ${[...surface.members].join(', ')}.`,
      'both kinds of state offer these only; go through the values of a domain, or the places of a channel',
      surface.path,
    )
  }

  has({ members }: Surface, name: string | symbol): boolean {
    return typeof name === 'string' && members.has(name)
  }

  set({ what, path }: Surface, name: string | symbol): boolean {
    throw fault(`${what}; ${String(name)} cannot be assigned.`, 'use its methods', path)
  }

  ownKeys({ path }: Surface): string[] {
    throw listedFault(path)
  }

  defineProperty({ what, path }: Surface): boolean {
    throw fault(`${what} and cannot be given a property.`, 'use its methods', path)
  }

  deleteProperty({ what, path }: Surface): boolean {
    throw fault(`${what}; nothing of it can be deleted so.`, 'use its methods', path)
  }
}
const SURFACE = new SurfaceHandler()

interface AnySet {
  readonly size: number
  has(value: unknown): boolean
  add(value: unknown): unknown
  delete(value: unknown): unknown
  clear(): void
}

class StrictSet extends Walked implements Surface {
  readonly members = SET_MEMBERS
  readonly path: string
  readonly #schema: SetOf
  readonly #set: AnySet
  readonly #call: Call
  readonly #calls: Calls

  constructor(schema: SetOf, set: AnySet, path: string, call: Call, calls: Calls) {
    super()
    this.#schema = schema
    this.#set = set
    this.path = path
    this.#call = call
    this.#calls = calls
  }

  *[Symbol.iterator](): Iterator<unknown, undefined, undefined> {
    for (const value of this.#schema.values) if (this.has(value)) yield this[SHOWN](value)
    return undefined
  }

  /** An element as it is shown. */
  [SHOWN](value: unknown): unknown {
    const { element } = this.#schema
    return element ? strictView(element, value, `${this.path}[]`, this.#call, this.#calls, ELEMENT) : value
  }

  get what(): string {
    return `${nameOf(this.path)} is a set`
  }

  get size(): number {
    return this.#isOpen() ? this.#set.size : 0
  }

  has(value: unknown): boolean {
    if (!this.#isOpen()) return false
    this.#check(value)
    return this.#set.has(value)
  }

  add(value: unknown): void {
    if (!this.#isOpen()) return
    if (placeIn(this.#schema, value) < 0) throw outside(this.path, value, this.#schema)
    this.#set.add(value)
  }

  delete(value: unknown): unknown {
    if (!this.#isOpen()) return false
    this.#check(value)
    return this.#set.delete(value)
  }

  clear(): void {
    if (this.#isOpen()) this.#set.clear()
  }

  #isOpen(): boolean {
    return this.#calls.allows(this.#call, this.path)
  }

  #check(value: unknown): void {
    if (placeIn(this.#schema, value) >= 0) return
    const { element } = this.#schema
    const wrong = element && misfit(element, value, `${this.path}[]`)
    throw fault(
      wrong
        ? `${nameOf(this.path)} was asked about a record that it cannot hold: ${misfitText(wrong)}`
        : `${nameOf(this.path)} was asked about ${quote(value)}, which is outside ${domainText(this.#schema)}.`,
      'a set can hold the values of its domain only',
      this.path,
    )
  }
}

const SET_MEMBERS: ReadonlySet<string> = new Set([
  ...['has', 'size', 'some', 'every', 'find', 'count', 'add', 'delete', 'clear'],
])
const QUEUE_MEMBERS: ReadonlySet<string> = new Set([
  ...['length', 'at', 'some', 'every', 'find', 'count'],
  'push',
  'shift',
  'removeAt',
  'clear',
  'path',
])
const BAG_MEMBERS: ReadonlySet<string> = new Set([
  ...[
    'length',
    'at',
    'some',
    'every',
    'find',
    'has',
    'count',
    'isFirstCopy',
    'add',
    'remove',
    'removeAt',
    'clear',
    'path',
  ],
])

/** A queue or a bag: a model calls the methods of its kind. */
class StrictChannel implements Surface {
  readonly path: string
  readonly #schema: QueueOf | BagOf
  readonly #to: AnyChannel
  readonly #call: Call
  readonly #calls: Calls

  constructor(schema: QueueOf | BagOf, to: AnyChannel, path: string, call: Call, calls: Calls) {
    this.#schema = schema
    this.#to = to
    this.path = path
    this.#call = call
    this.#calls = calls
  }

  get members(): ReadonlySet<string> {
    return this.#schema.kind === 'queue' ? QUEUE_MEMBERS : BAG_MEMBERS
  }

  get what(): string {
    return `${nameOf(this.path)} is a ${this.#schema.kind}`
  }

  get length(): number {
    return this.#isOpen() ? this.#to.length : 0
  }

  at(index: number): unknown {
    return this.#isOpen() ? this.#message(this.#to.at(index)) : undefined
  }

  removeAt(index: number): void {
    if (this.#isOpen()) this.#to.removeAt(index)
  }

  clear(): void {
    if (this.#isOpen()) this.#to.clear()
  }

  push(message: unknown): void {
    if (this.#isOpen()) this.#to.push(this.#record(message))
  }

  shift(): unknown {
    return this.#isOpen() ? this.#message(this.#to.shift()) : undefined
  }

  add(message: unknown): void {
    if (this.#isOpen()) this.#to.add(this.#record(message))
  }

  remove(message: unknown): void {
    if (this.#isOpen()) this.#to.remove(this.#whole(message))
  }

  has(message: unknown): boolean {
    return this.#isOpen() && this.#to.has(this.#whole(message))
  }

  count(message: unknown): number {
    if (typeof message === 'function' || this.#schema.kind === 'queue')
      return this.#walk.countOf(message as () => boolean)
    return this.#isOpen() ? this.#to.count(this.#whole(message)) : 0
  }

  isFirstCopy(index: number): boolean {
    return this.#isOpen() && this.#to.isFirstCopy(index)
  }

  [Symbol.iterator](): Iterator<unknown> {
    return this.#walk[Symbol.iterator]()
  }

  some(test: (message: unknown) => boolean): boolean {
    return this.#walk.some(test)
  }

  every(test: (message: unknown) => boolean): boolean {
    return this.#walk.every(test)
  }

  find(test: (message: unknown) => boolean): unknown {
    return this.#walk.find(test)
  }

  get #walk() {
    return walking(() => byPlaces((index) => this.at(index)))
  }

  #isOpen(): boolean {
    return this.#calls.allows(this.#call, this.path)
  }

  #message(message: unknown): unknown {
    if (message === undefined) return undefined
    return strictView(this.#schema.element, message, `${this.path}[]`, this.#call, this.#calls, MESSAGE)
  }

  /** A message that is a record has its fields by name. */
  #record(message: unknown): unknown {
    if (this.#schema.element.kind !== 'record' || (typeof message === 'object' && message !== null))
      return message
    throw notAMessage(this.path, message, this.#schema)
  }

  /** A message that could be in the channel: what lies outside its domain is a mistake and not absent. */
  #whole(message: unknown): unknown {
    if (misfit(this.#schema.element, this.#record(message), `${this.path}[]`))
      throw new ViewFault(notAMessage(this.path, message, this.#schema).data)
    return message
  }
}

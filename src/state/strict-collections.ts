/** Strict views of sets and channels: they have the methods that both kinds of state offer, and nothing else. */

import { placeIn, SHOWN } from '../modelling/elements.ts'
import { quote } from '../modelling/fault.ts'
import type { BagOf, QueueOf, Schema, SetOf } from '../modelling/schema.ts'
import { byPlaces, Walked, walking } from '../modelling/walking.ts'
import type { AnyChannel } from './channels.ts'
import { domainText, misfit, misfitText, notAMessage, outside } from './conforms.ts'
import type { Call, Calls } from './strict-calls.ts'
import { fault, listedFault, nameOf, ViewFault } from './view-faults.ts'

/** What is not changed field by field. */
export interface Fixed {
  readonly of: string
  readonly hint: string
}
const MESSAGE: Fixed = { of: 'a message', hint: 'take the message out and put another one in' }
const ELEMENT: Fixed = { of: 'a record of a set', hint: 'delete the record from the set and add another one' }

/** Makes the strict view of any value; a channel needs it for its messages, and a set for its records. */
type ViewOf = (
  schema: Schema,
  value: unknown,
  path: string,
  call: Call,
  calls: Calls,
  fixed: Fixed,
) => unknown

/** A strict view of a set. */
export const strictSet = (
  schema: SetOf,
  set: AnySet,
  path: string,
  call: Call,
  calls: Calls,
  viewOf: ViewOf,
): object => new Proxy(new StrictSet(schema, set, path, call, calls, viewOf), SURFACE)

/** A strict view of a queue or a bag. */
export const strictChannel = (
  schema: QueueOf | BagOf,
  to: AnyChannel,
  path: string,
  call: Call,
  calls: Calls,
  viewOf: ViewOf,
): object => new Proxy(new StrictChannel(schema, to, path, call, calls, viewOf), SURFACE)

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

/** A set, in plain objects or packed. */
export interface AnySet {
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
  readonly #viewOf: ViewOf

  constructor(schema: SetOf, set: AnySet, path: string, call: Call, calls: Calls, viewOf: ViewOf) {
    super()
    this.#viewOf = viewOf
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
    if (!element) return value
    this.#call.shown ??= new Map()
    const { shown } = this.#call
    const known = shown.get(value)
    if (known !== undefined) return known
    const view = this.#viewOf(element, value, `${this.path}[]`, this.#call, this.#calls, ELEMENT)
    shown.set(value, view)
    return view
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
  readonly #viewOf: ViewOf

  constructor(
    schema: QueueOf | BagOf,
    to: AnyChannel,
    path: string,
    call: Call,
    calls: Calls,
    viewOf: ViewOf,
  ) {
    this.#schema = schema
    this.#to = to
    this.path = path
    this.#call = call
    this.#calls = calls
    this.#viewOf = viewOf
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
    return this.#viewOf(this.#schema.element, message, `${this.path}[]`, this.#call, this.#calls, MESSAGE)
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

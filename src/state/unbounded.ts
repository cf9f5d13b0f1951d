/**
 * The memory of a listener without the bounds of its schema: any identity, any number. A monitor that a search gives
 * a packed record works on this too, where nothing says beforehand what will be seen. It stays small: what was
 * remembered first is forgotten first, and counted.
 */

import type { Each, RecordOf, Schema } from '../modelling/schema.ts'
import { scalarValues } from '../modelling/values.ts'
import { inOrder, Walked } from '../modelling/walking.ts'
import { type Budget, NumberSet, type Pool, poolOf } from './numbers.ts'

/** What a memory may take. */
export interface Limits {
  /** Units of `Budget` for all sets of numbers together. */
  readonly numbers: number
  /** What memories may take together, besides. */
  readonly pool?: Pool
  /** Records under one `each`. */
  readonly records: number
}

/** A memory, and what had to be forgotten. */
export interface Unbounded {
  readonly memory: object
  /** Numbers and records forgotten so far. */
  forgotten(): number
  /** Gives back to the pool what the memory took of it; it is not used afterwards. */
  release(): void
}

/** The zero state of a memory. Throws `TypeError` for channels and sets of records, which no listener needs without bounds. */
export const unboundedMemory = (schema: RecordOf, limits: Limits): Unbounded => memoriesOf(schema, limits)()

/** Makes memories in their zero state, as many as there are listeners. Throws `TypeError` as above. */
export const memoriesOf = (schema: RecordOf, { numbers, records, pool }: Limits): (() => Unbounded) => {
  const zero = zeroOf(schema)
  return () => new Memory(numbers, records, pool ?? poolOf(Number.POSITIVE_INFINITY), zero)
}

/** Makes the zero value of a part of a memory. */
type Zero = (owner: Memory) => unknown

/** A memory, and what all its parts share. */
class Memory implements Budget, Unbounded {
  left: number
  forgottenNumbers = 0
  /** Records that had to be forgotten. */
  dropped = 0
  readonly records: number
  readonly pool: Pool
  /** All sets of numbers. */
  sets: readonly NumberSet[] = []
  readonly memory: object

  constructor(numbers: number, records: number, pool: Pool, zero: Zero) {
    this.left = numbers
    this.records = records
    this.pool = pool
    this.memory = zero(this) as object
  }

  forgotten(): number {
    return this.forgottenNumbers + this.dropped
  }

  release(): void {
    for (const set of this.sets) set.clear()
  }

  set(): NumberSet {
    const made = new NumberSet(this)
    this.sets = [...this.sets, made]
    return made
  }
}

const zeroOf = (schema: Schema): Zero => {
  switch (schema.kind) {
    case 'record': {
      const fields = Object.entries(schema.fields).map(([name, field]) => [name, zeroOf(field)] as const)
      return (owner) => {
        const made: Record<string, unknown> = {}
        for (const [name, zero] of fields) made[name] = zero(owner)
        return made
      }
    }
    case 'each':
      return eachOf(schema)
    case 'set':
      if (schema.element) throw new TypeError('A set of records has no form without bounds.')
      return typeof schema.values[0] === 'string' ? () => new NameSet(schema.values) : (owner) => owner.set()
    case 'range':
      return () => schema.min
    case 'queue':
    case 'bag':
      throw new TypeError(`A ${schema.kind} has no form without bounds.`)
    default: {
      const [first] = scalarValues(schema)
      return () => first
    }
  }
}

const EMPTY = Object.freeze({})

/** A record comes into being when it is asked for. */
const eachOf = ({ element }: Each): Zero => {
  const zero = zeroOf(element)
  return (owner) => new Proxy(EMPTY, new Records(owner, zero))
}

/** The records under one `each`; most have one only, which needs no map. */
class Records implements ProxyHandler<object> {
  readonly #owner: Memory
  readonly #zero: Zero
  #name: string | symbol | undefined
  #value: unknown
  #all: Map<string | symbol, unknown> | undefined

  constructor(owner: Memory, zero: Zero) {
    this.#owner = owner
    this.#zero = zero
  }

  get(_: object, name: string | symbol): unknown {
    if (name === this.#name) return this.#value
    let value = this.#all?.get(name)
    if (value === undefined) {
      value = this.#zero(this.#owner)
      this.#keep(name, value)
    }
    this.#name = name
    this.#value = value
    return value
  }

  #keep(name: string | symbol, value: unknown): void {
    if (this.#name === undefined) return
    this.#all ??= new Map([[this.#name, this.#value]])
    if (this.#all.size >= this.#owner.records) {
      this.#all.delete(this.#all.keys().next().value!)
      this.#owner.dropped += 1
    }
    this.#all.set(name, value)
  }
}

/** A set of names, which takes little while it is empty. */
class NameSet extends Walked {
  readonly #values: readonly unknown[]
  #names: Set<string> | undefined

  constructor(values: readonly unknown[]) {
    super()
    this.#values = values
  }

  [Symbol.iterator]() {
    return inOrder(this.#values, (value) => this.has(value as string))
  }

  get size(): number {
    return this.#names?.size ?? 0
  }

  has(name: string): boolean {
    return this.#names?.has(name) ?? false
  }

  add(name: string): void {
    this.#names ??= new Set()
    this.#names.add(name)
  }

  delete(name: string): void {
    this.#names?.delete(name)
  }

  clear(): void {
    this.#names = undefined
  }
}

/**
 * A plain state that is changed in place: the objects of the plain interpreter without drafts and copies, for random
 * runs that need no state but the present one. What it finds is confirmed by the plain interpreter.
 */
import type { Scalar, Schema } from '../modelling/schema.ts'
import { scalarValues } from '../modelling/values.ts'
import { type PlainSet, plainSet } from './channels.ts'
import { fitsIn, type InPlaceChannel, inPlaceChannel } from './in-place-channels.ts'

/** A record of a schema whose values change and whose objects stay the same. */
export interface InPlace {
  readonly root: Record<string, unknown>
  /** Back to the zero state. */
  reset(): void
  /**
   * Whether every value lies in its domain, and every record, set and channel is still the one that was made. Messages
   * were looked at when they were put in.
   */
  isSound(): boolean
  /** 53 bits over every value. Equal states have equal hashes. */
  hash(): number
}

type Cell = { readonly owner: Record<string, unknown>; readonly name: string }
type ScalarCell = Cell & { readonly zero: unknown; readonly fits: (value: unknown) => boolean }
type Structure = Cell & { readonly made: unknown }

/** Makes a record in place at the variable `path`, in its zero state. */
export const inPlaceOf = (schema: Schema, path = ''): InPlace => {
  const scalars: ScalarCell[] = []
  const structures: Structure[] = []
  const clears: (() => unknown)[] = []
  const sets: (() => boolean)[] = []
  const hashes: ((mix: Mixer) => void)[] = []

  const below = (at: string, name: string): string => (at === '' ? name : `${at}.${name}`)
  const made = (here: Schema, at: string): unknown => {
    switch (here.kind) {
      case 'record':
      case 'each': {
        const owner: Record<string, unknown> = {}
        const fields: readonly (readonly [string, Schema])[] =
          here.kind === 'record'
            ? Object.entries(here.fields)
            : here.identities.map((name) => [name, here.element] as const)
        for (const [name, field] of fields) put(owner, name, field, below(at, name))
        return owner
      }
      case 'set': {
        const whole = plainSet(here)
        const set = whole.elements
        const places = new Map<unknown, number>(here.values.map((value, i) => [value, i + 1]))
        clears.push(() => set.size > 0 && set.clear())
        sets.push(() => {
          for (const element of set) if (!places.has(element)) return false
          return true
        })
        // Elements are summed, since their order in a set is no part of the state.
        hashes.push((mix) => {
          let sum = set.size
          for (const element of set) sum = (sum + scrambled(places.get(element) ?? 0)) | 0
          mix.add(sum)
        })
        return whole
      }
      case 'queue':
      case 'bag': {
        const channel: InPlaceChannel = inPlaceChannel(here, at)
        const code = coderOf(here.element)
        clears.push(() => channel.clear())
        hashes.push((mix) => {
          mix.add(channel.messages.length)
          for (const message of channel.messages) code(message, mix)
        })
        return channel
      }
      default:
        throw new TypeError(`${at} is a ${here.kind}, which no object stands for`)
    }
  }
  const put = (owner: Record<string, unknown>, name: string, field: Schema, at: string): void => {
    if (!isScalar(field)) {
      owner[name] = made(field, at)
      structures.push({ owner, name, made: owner[name] })
      return
    }
    // The zero value of a wide range must not cost the list of its values.
    const zero = field.kind === 'range' ? field.min : scalarValues(field)[0]
    owner[name] = zero
    const code = codeOf(field)
    scalars.push({ owner, name, zero, fits: fitsIn(field) })
    hashes.push((mix) => mix.add(code(owner[name])))
  }

  return {
    root: made(schema, path) as Record<string, unknown>,
    reset() {
      for (const { owner, name, zero } of scalars) owner[name] = zero
      for (const clear of clears) clear()
    },
    isSound: () =>
      structures.every(({ owner, name, made }) => owner[name] === made) &&
      scalars.every(({ owner, name, fits }) => fits(owner[name])) &&
      sets.every((fits) => fits()),
    hash() {
      const mix = new Mixer()
      for (const hash of hashes) hash(mix)
      return mix.value()
    },
  }
}

/** Writes the values of one record of a schema into another of it, which is in its zero state. */
export const writeInto = (schema: Schema, target: unknown, source: unknown): void => {
  const [to, from] = [target as Record<string, unknown>, source as Record<string, unknown>]
  const fields: readonly (readonly [string, Schema])[] =
    schema.kind === 'record'
      ? Object.entries(schema.fields)
      : schema.kind === 'each'
        ? schema.identities.map((name) => [name, schema.element] as const)
        : []
  for (const [name, field] of fields)
    switch (field.kind) {
      case 'record':
      case 'each':
        writeInto(field, to[name], from[name])
        break
      case 'set':
        for (const value of from[name] as Iterable<unknown>) (to[name] as PlainSet).add(value)
        break
      case 'queue':
        for (const message of (from[name] as InPlaceChannel).messages)
          (to[name] as { push(message: unknown): void }).push(message)
        break
      case 'bag':
        for (const message of (from[name] as InPlaceChannel).messages)
          (to[name] as { add(message: unknown): void }).add(message)
        break
      default:
        to[name] = from[name]
    }
}

const isScalar = (schema: Schema): schema is Scalar => ['bool', 'oneOf', 'range', 'id'].includes(schema.kind)

const codeOf = (schema: Schema): ((value: unknown) => number) => {
  if (schema.kind === 'range') return (value) => value as number
  if (schema.kind === 'bool') return (value) => (value === true ? 1 : 0)
  const places = new Map<unknown, number>(
    (schema as { readonly values: readonly unknown[] }).values.map((value, i) => [value, i]),
  )
  return (value) => places.get(value) ?? -1
}

/** Feeds a message, whose schema is flat, into a hash. */
const coderOf = (schema: Schema): ((value: unknown, mix: Mixer) => void) => {
  if (schema.kind === 'record') {
    const fields = Object.entries(schema.fields).map(([name, field]) => ({ name, code: coderOf(field) }))
    return (value, mix) => {
      for (const { name, code } of fields) code((value as Record<string, unknown>)[name], mix)
    }
  }
  if (schema.kind === 'set')
    return (value, mix) => {
      for (const element of schema.values) mix.add((value as ReadonlySet<unknown>).has(element) ? 1 : 0)
    }
  const code = codeOf(schema)
  return (value, mix) => mix.add(code(value))
}

const scrambled = (value: number): number => {
  let x = Math.imul(value ^ 0x5bd1e995, 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return x ^ (x >>> 16)
}

/** Two lanes of 32 bits, of which 53 are kept. */
class Mixer {
  #a = 0x9e3779b9
  #b = 0x7f4a7c15

  add(value: number): void {
    this.#a = Math.imul(this.#a ^ value, 0x85ebca6b)
    this.#a ^= this.#a >>> 15
    this.#b = (Math.imul(this.#b, 0x01000193) ^ value ^ (this.#a << 7)) | 0
  }

  value(): number {
    return (scrambled(this.#a) >>> 0) * 2 ** 21 + (scrambled(this.#b) >>> 11)
  }
}

/** Sets of states that are plain objects: a native set, which immer drafts, gone through in the order of its domain. */
import { immerable } from 'immer'
import type { SetOf } from '../modelling/schema.ts'
import { inOrder, Walked } from '../modelling/walking.ts'

/** A set; a class for each schema carries its domain. */
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

/** A set of `schema` with these elements. */
export const plainSet = (schema: SetOf, elements: Iterable<unknown> = []): PlainSet => {
  let made = classes.get(schema)
  if (!made) {
    made = class extends PlainSet {
      [Symbol.iterator]() {
        return inOrder(schema.values, (value) => this.elements.has(value))
      }
    }
    classes.set(schema, made)
  }
  const set = new made()
  for (const element of elements) set.add(element)
  return set
}

/**
 * Which policies the model of a search reads. Two schemes that agree on those that a complete search has read have the
 * same search: nothing else of them has reached it. So equal searches are found, not supposed.
 */
import type { Model } from '../../src/modelling/model.ts'
import type { Scheme } from '../constants/constants.ts'

/** A policy by its path, such as `esp.jump`, with its value. */
export type Policies = Readonly<Record<string, unknown>>

/** All policies of a scheme by path. */
export const policiesOf = (scheme: object, path = ''): Policies =>
  Object.assign(
    {},
    ...Object.entries(scheme).map(([name, value]: [string, unknown]) =>
      isGroup(value) ? policiesOf(value, `${path}${name}.`) : { [`${path}${name}`]: value },
    ),
  ) as Policies

/** The same scheme; each policy that is read of it is noted by its path. A copy of it has read all. */
export const notedScheme = (scheme: Scheme, reads: Set<string>): Scheme => noted(scheme, reads, '') as Scheme

const noted = (group: object, reads: Set<string>, path: string): object => {
  const copy = {}
  for (const [name, value] of Object.entries(group) as [string, unknown][]) {
    const at = `${path}${name}`
    const shown = isGroup(value) ? noted(value, reads, `${at}.`) : value
    Object.defineProperty(copy, name, {
      enumerable: true,
      get: () => {
        if (!isGroup(value)) reads.add(at)
        return shown
      },
    })
  }
  return copy
}

const isGroup = (value: unknown): value is object => typeof value === 'object' && value !== null

const readsBy = new WeakMap<Model, ReadonlySet<string>>()

/** The model, of which it is known from now on where its reads are noted. */
export const noteReads = (model: Model, reads: ReadonlySet<string>): Model => {
  readsBy.set(model, reads)
  return model
}

/** The policies that a model has read so far, by path; undefined where nobody takes note. */
export const readsOf = (model: Model): readonly string[] | undefined => {
  const reads = readsBy.get(model)
  return reads && [...reads].sort()
}

/**
 * The elements of a set of records: each has a code, a number from 0 made of those of its fields, of which the last varies
 * fastest, and one object that stands for it wherever it is read.
 */

/** A schema, as far as this file looks at it: a scalar, or a record of such. */
interface Finite {
  readonly kind: string
  readonly min?: number
  readonly max?: number
  readonly values?: readonly unknown[]
  readonly fields?: { readonly [name: string]: Finite }
}
/** Possible elements of a set of records at most: each takes a bit of every state. */
export const MOST_ELEMENTS = 1_024

/** By this a strict view of a set shows one of its elements as strictly. */
export const SHOWN = Symbol('shown')

/** How many values there are; NaN where something is neither a scalar nor a record of such. */
export const countOf = (schema: Finite | undefined): number => {
  switch (schema?.kind) {
    case 'bool':
      return 2
    case 'range':
      return Math.max(0, schema.max! - schema.min! + 1)
    case 'oneOf':
    case 'id':
      return schema.values!.length
    case 'record':
      return fieldsOf(schema).reduce((product, [, field]) => product * countOf(field), 1)
    default:
      return Number.NaN
  }
}

const fieldsOf = ({ fields }: Finite): readonly (readonly [string, Finite])[] => Object.entries(fields!)

/** The value with a code. */
const valueAt = (schema: Finite, code: number): unknown => {
  switch (schema.kind) {
    case 'bool':
      return code === 1
    case 'range':
      return schema.min! + code
    case 'record': {
      const made = new Element() as Record<string, unknown>
      let weight = countOf(schema)
      for (const [name, field] of fieldsOf(schema)) {
        const count = countOf(field)
        weight /= count
        made[name] = valueAt(field, Math.floor(code / weight) % count)
      }
      return Object.freeze(made)
    }
    default:
      return schema.values![code]
  }
}

/** No plain object, of which the plain interpreter would make drafts. */
class Element {}

/** The elements in the order of their codes; none where there are too many, or none at all. */
export const elementsOf = (schema: Finite): readonly object[] => {
  const count = countOf(schema)
  if (!(count <= MOST_ELEMENTS)) return []
  return Array.from({ length: count }, (_, code) => valueAt(schema, code) as object)
}

/** The code of a value, -1 outside the domain. */
type Coder = (value: unknown) => number

const coderOf = (schema: Finite): Coder => {
  switch (schema.kind) {
    case 'bool':
      return (value) => (typeof value === 'boolean' ? Number(value) : -1)
    case 'range': {
      const { min = 0, max = 0 } = schema
      return (value) =>
        Number.isInteger(value) && (value as number) >= min && (value as number) <= max
          ? (value as number) - min
          : -1
    }
    case 'record': {
      const fields = fieldsOf(schema).map(([name, field]) => ({
        name,
        count: countOf(field),
        coder: coderOf(field),
      }))
      return (value) => {
        if (typeof value !== 'object' || value === null) return -1
        let all = 0
        for (const { name, count, coder } of fields) {
          const code = coder((value as Record<string, unknown>)[name])
          if (code < 0) return -1
          all = all * count + code
        }
        return all
      }
    }
    default: {
      const codes = new Map(schema.values!.map((value, code) => [value, code]))
      return (value) => codes.get(value) ?? -1
    }
  }
}

interface Domain {
  readonly values: readonly unknown[]
  readonly element?: Finite
}

const known = new WeakMap<Domain, Coder>()

/** The place of a value in the domain of a set, -1 outside of it. A record is any with the same fields. */
export const placeIn = (domain: Domain, value: unknown): number => {
  if (domain.element === undefined) return domain.values.indexOf(value)
  let coder = known.get(domain)
  if (!coder) {
    const places = new Map(domain.values.map((element, place) => [element, place]))
    const byFields = coderOf(domain.element)
    coder = (value) => places.get(value) ?? byFields(value)
    known.set(domain, coder)
  }
  return coder(value)
}

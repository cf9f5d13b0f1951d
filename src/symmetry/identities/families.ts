/**
 * Families: identities that a model lists together, and which of them its schemas and the choices of its actions treat
 * alike. What guards and effects do with them cannot be read off; `equivariance.ts` tries that out.
 */
import type { Action } from '../../modelling/action.ts'
import type { Model } from '../../modelling/model.ts'
import { isListener } from '../../modelling/property.ts'
import type { Schema } from '../../modelling/schema.ts'
import { showChoice, showStep } from '../../state/print.ts'
import { Partition } from './partition.ts'
import { exchanging, keyOf, renamed } from './renaming.ts'

/** A list of identities in a schema. */
interface List {
  /** The variable, such as member.*.waitsFor. */
  readonly path: string
  readonly names: readonly string[]
  /** The name that stands for no identity. */
  readonly none?: string
}

/** The families of a model, without the pairs that its lists and its choices tell apart. */
export const candidatesOf = (model: Model): Partition => {
  const lists = [
    ...listsIn(model.state, ''),
    ...model.properties.flatMap((p) => (isListener(p) ? listsIn(p.memory, p.name) : [])),
  ]
  const partition = new Partition(joined(lists))
  for (const { path, names, none } of lists) {
    partition.forbidPairs((a, b) => {
      if (names.includes(a) === names.includes(b)) return undefined
      const [listed, other] = names.includes(a) ? [a, b] : [b, a]
      return `${path} can be ${listed} and not ${other}.`
    })
    if (none !== undefined)
      partition.forbidPairs((a, b) =>
        a === none || b === none ? `${path} takes the name ${none} for none.` : undefined,
      )
  }
  for (const action of model.actions) forbidByChoices(partition, action)
  return partition
}

const listsIn = (schema: Schema, path: string): readonly List[] => {
  const below = (name: string): string => (path === '' ? name : `${path}.${name}`)
  switch (schema.kind) {
    case 'record':
      return Object.entries(schema.fields).flatMap(([name, field]) => listsIn(field, below(name)))
    case 'each':
      return [{ path, names: schema.identities }, ...listsIn(schema.element, below('*'))]
    case 'id': {
      const none = schema.values.find((value) => !schema.identities.includes(value))
      return [{ path, names: schema.identities, ...(none !== undefined && { none }) }]
    }
    case 'set':
      if (schema.element) return listsIn(schema.element, `${path}[]`)
      return typeof schema.values[0] === 'string' ? [{ path, names: schema.values as string[] }] : []
    case 'queue':
    case 'bag':
      return schema.capacity > 0 ? listsIn(schema.element, `${path}[]`) : []
    default:
      return []
  }
}

/** Lists that share a name are one family; the same list in several places is one anyway. */
const joined = (lists: readonly List[]): readonly (readonly string[])[] => {
  let families: (readonly string[])[] = []
  for (const { names } of lists) {
    const [touched, others] = [true, false].map((touches) =>
      families.filter((family) => family.some((name) => names.includes(name)) === touches),
    )
    families = [...others!, [...new Set([...touched!.flat(), ...names])]]
  }
  return families.filter((family) => family.length > 1)
}

/** A choice that is possible must stay possible when two identities are exchanged in it. */
const forbidByChoices = (partition: Partition, { name, choose }: Action): void => {
  for (const [parameter, domain] of Object.entries(choose)) {
    const known = new Set(domain.map(keyOf))
    const seen = domain.map((value) => ({ value, names: namesIn(value) }))
    partition.forbidPairs((a, b) => {
      const exchange = exchanging(a, b)
      const odd = seen.find(
        ({ value, names }) =>
          (names.includes(a) || names.includes(b)) && !known.has(keyOf(renamed(value, exchange))),
      )
      if (!odd) return undefined
      const [can, cannot] = [odd.value, renamed(odd.value, exchange)].map((value) =>
        showStep(name, [[parameter, showChoice(value)]]),
      )
      return `${can} is among the choices and ${cannot} is not.`
    })
  }
}

const namesIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(namesIn) : []
}

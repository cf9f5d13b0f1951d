/** Views of plain states and drafts that note which variables are read; see `recording.ts` for their names. */
import type { BagOf, QueueOf, Schema, SetOf } from '../../modelling/schema.ts'
import { byPlaces, inOrder, walking } from '../../modelling/walking.ts'
import type { AnyChannel } from '../channels.ts'
import { show } from '../print.ts'

/** A state that notes in `reads` what is read of it. */
export const viewOf = (schema: Schema, value: unknown, path: string, reads: Set<string>): unknown => {
  switch (schema.kind) {
    case 'record':
      return withAccessors(Object.entries(schema.fields), value, path, reads)
    case 'each':
      return withAccessors(
        schema.identities.map((name) => [name, schema.element] as const),
        value,
        path,
        reads,
      )
    case 'set':
      return setView(schema, value as Set<string | number>, path, reads)
    case 'queue':
    case 'bag':
      return channelView(schema, value as AnyChannel, path, reads)
    default:
      return value
  }
}

const withAccessors = (
  fields: readonly (readonly [string, Schema])[],
  value: unknown,
  path: string,
  reads: Set<string>,
): object => {
  const below = value as Record<string, unknown>
  return Object.defineProperties(
    {},
    Object.fromEntries(
      fields.map(([name, field]) => {
        const at = path === '' ? name : `${path}.${name}`
        return [
          name,
          {
            enumerable: true,
            get: () => {
              if (isScalar(field)) reads.add(at)
              return viewOf(field, below[name], at, reads)
            },
            set: (to: unknown) => {
              below[name] = to
            },
          },
        ]
      }),
    ),
  )
}

/** Whether a schema has no parts. */
export const isScalar = ({ kind }: Schema): boolean =>
  !['record', 'each', 'set', 'queue', 'bag'].includes(kind)

const setView = (schema: SetOf, set: Set<string | number>, path: string, reads: Set<string>) => {
  const has = (x: unknown): boolean => {
    reads.add(`${path}#${String(x)}`)
    return set.has(x as string)
  }
  const { countOf, ...walk } = walking(() => inOrder(schema.values, has))
  return {
    ...walk,
    count: countOf,
    has,
    get size() {
      reads.add(`${path}%count`)
      return set.size
    },
    add: (x: string | number) => void set.add(x),
    delete: (x: string | number) => void set.delete(x),
    clear: () => {
      for (const x of schema.values) set.delete(x)
    },
  }
}

const channelView = (
  { kind, element }: QueueOf | BagOf,
  to: AnyChannel,
  path: string,
  reads: Set<string>,
) => {
  const see = (message: unknown): unknown => {
    reads.add(message === undefined ? `${path}%count` : `${path}#${show(element, message)}`)
    if (kind === 'queue') reads.add(`${path}%order`)
    return message
  }
  const { countOf, ...walk } = walking(() => byPlaces((index) => see(to.at(index))))
  return {
    ...walk,
    path,
    get length() {
      reads.add(`${path}%count`)
      return to.length
    },
    at: (index: number) => see(to.at(index)),
    push: (message: unknown) => to.push(message),
    shift: () => {
      see(to.at(0))
      return to.shift()
    },
    add: (message: unknown) => to.add(message),
    remove: (message: unknown) => {
      see(message)
      to.remove(message)
    },
    has: (message: unknown) => to.has(see(message)),
    count: (message: unknown) =>
      typeof message === 'function' ? countOf(message as () => boolean) : to.count(see(message)),
    isFirstCopy: (index: number) => {
      see(to.at(index))
      return to.isFirstCopy(index)
    },
    removeAt: (index: number) => {
      see(to.at(index))
      to.removeAt(index)
    },
    clear: () => to.clear(),
  }
}

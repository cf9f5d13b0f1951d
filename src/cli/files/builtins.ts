/** What all code in a thread shares: a file that is loaded must leave it as it is, or results depend on that file. */

const SHARED: Readonly<Record<string, object>> = {
  'Object.prototype': Object.prototype,
  'Function.prototype': Function.prototype,
  'Array.prototype': Array.prototype,
  'String.prototype': String.prototype,
  'Number.prototype': Number.prototype,
  'Map.prototype': Map.prototype,
  'Set.prototype': Set.prototype,
  'Promise.prototype': Promise.prototype,
  Object,
  Array,
  JSON,
  Math,
}

/** Remembers the built-in objects. Gives a function that names a property of theirs which has changed since. */
export const builtins = (): (() => string | undefined) => {
  const before = Object.entries(SHARED).map(
    ([name, object]) => [name, object, Object.getOwnPropertyDescriptors(object)] as const,
  )
  return () => {
    for (const [name, object, old] of before) {
      const now: Record<PropertyKey, PropertyDescriptor> = Object.getOwnPropertyDescriptors(object)
      for (const key of new Set([...Reflect.ownKeys(old), ...Reflect.ownKeys(now)]))
        if (isChanged((old as typeof now)[key], now[key], object === Object.prototype))
          return typeof key === 'symbol' ? `${name}[${String(key)}]` : `${name}.${key}`
    }
    return undefined
  }
}

/** A method that is added and not enumerable, as libraries add it for an older Node, is seen by nobody else. */
const isChanged = (
  before: PropertyDescriptor | undefined,
  now: PropertyDescriptor | undefined,
  isOfAll: boolean,
): boolean =>
  before
    ? !now || before.value !== now.value || before.get !== now.get || before.set !== now.set
    : now !== undefined && (isOfAll || now.enumerable === true)

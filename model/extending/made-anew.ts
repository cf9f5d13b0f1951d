/**
 * The code of an extension, which another instance of it can stand in for: what hooks leave in variables around them, for
 * each other or for a later call, is not there then. What an end remembers belongs into the state, where a crash forgets it.
 */
import { extensionFault } from '../extension-points/extension-fault.ts'
import type { Parts } from '../extension-points/parts.ts'

/** Parts, and how to run something with the code of an instance made for it. */
export interface Renewable {
  readonly parts: Parts
  afresh<T>(run: () => T): T
}

/** What has code that is run in a search. */
const CODE = ['hooks', 'takes', 'receives', 'losable', 'actions', 'properties'] as const

type Path = readonly (string | number)[]

/** The parts of an extension; `make` makes the same of another instance. */
export const renewable = (extension: string, first: Parts, make: () => Parts): Renewable => {
  let isFresh = false
  let other: Parts | undefined
  const codeAt = (path: Path): unknown => {
    other ??= make()
    const found = path.reduce<unknown>((at, name) => (at as Record<string | number, unknown>)?.[name], other)
    if (typeof found === 'function') return found
    throw extensionFault(
      extension,
      `returns ${path.join('.')} from define once, and not when it is asked again.`,
    )
  }
  const over = (value: unknown, path: Path): unknown => {
    if (typeof value === 'function') {
      const code = (...given: readonly unknown[]) =>
        (isFresh ? (codeAt(path) as typeof value) : value)(...given)
      // Whoever puts other code in its place looks at how many values it takes.
      return Object.defineProperty(code, 'length', { value: value.length })
    }
    if (Array.isArray(value)) return value.map((one, i) => over(one, [...path, i]))
    if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
      return value
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, over(one, [...path, name])]))
  }
  return {
    parts: { ...first, ...Object.fromEntries(CODE.map((part) => [part, over(first[part], [part])])) },
    afresh: (run) => {
      const before = [isFresh, other] as const
      isFresh = true
      other = undefined
      try {
        return run()
      } finally {
        ;[isFresh, other] = before
      }
    },
  }
}

/** Identities renamed in choices, and the numbers of action instances under a renaming. */
import { type Action, choicesOf } from '../../modelling/action.ts'

/** Where each name goes; names that are no identities stay. */
export type Renaming = (name: string) => string

/** The exchange of two identities. */
export const exchanging =
  (a: string, b: string): Renaming =>
  (name) =>
    name === a ? b : name === b ? a : name

/** A choice with its identities renamed. A word that is the name of an identity is taken for that identity. */
export const renamed = (value: unknown, to: Renaming): unknown => {
  if (typeof value === 'string') return to(value)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, renamed(part, to)]))
}

/** One text for each value of a choice, whatever the order of its fields. */
export const keyOf = (value: unknown): string => {
  // With its type, for the word true is not the truth.
  if (typeof value !== 'object' || value === null) return `${typeof value} ${value}`
  const parts = Object.entries(value).map(([name, part]) => `${name}: ${keyOf(part)}`)
  return `{${parts.sort().join(', ')}}`
}

/** The numbers of the instances of some actions under renamings: instance n becomes instance result[n]. */
export const instancesUnder = (actions: readonly Action[]): ((to: Renaming) => Int32Array) => {
  const indices = new Map<readonly unknown[], ReadonlyMap<string, number>>()
  for (const { choose } of actions)
    for (const domain of Object.values(choose))
      indices.set(domain, new Map(domain.map((value, i) => [keyOf(value), i])))
  const count = actions.reduce((sum, action) => sum + choicesOf(action).length, 0)

  return (to) => {
    const numbers = new Int32Array(count)
    let base = 0
    for (const { choose } of actions) {
      // As choices are numbered: the last parameter varies fastest.
      let offsets = [0]
      for (const domain of Object.values(choose)) {
        const index = indices.get(domain)!
        const places = domain.map((value) => index.get(keyOf(renamed(value, to)))!)
        offsets = offsets.flatMap((offset) => places.map((place) => offset * domain.length + place))
      }
      offsets.forEach((offset, i) => {
        numbers[base + i] = base + offset
      })
      base += offsets.length
    }
    return numbers
  }
}

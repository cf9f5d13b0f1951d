/** The state of a search as data: what a checkpoint holds, and what a search is taken up from. */

export type Words = Int32Array | Uint8Array | Uint16Array

/** Facts that JSON can hold, and arrays, whose meaning is known to whoever saved them. */
export interface Saved {
  readonly facts: Readonly<Record<string, unknown>>
  readonly arrays: readonly Words[]
}

/** Joins what parts of a search save, under their names. */
export const joinedParts = (parts: Readonly<Record<string, Saved>>): Saved => ({
  facts: Object.fromEntries(
    Object.entries(parts).map(([name, { facts, arrays }]) => [name, { facts, arrays: arrays.length }]),
  ),
  arrays: Object.values(parts).flatMap(({ arrays }) => arrays),
})

/** Takes apart what was joined. */
export const partsOf = ({ facts, arrays }: Saved): Readonly<Record<string, Saved>> => {
  let first = 0
  return Object.fromEntries(
    Object.entries(facts as Record<string, { facts: Saved['facts']; arrays: number }>).map(
      ([name, { facts, arrays: count }]) => {
        const own = arrays.slice(first, first + count)
        first += count
        return [name, { facts, arrays: own }]
      },
    ),
  )
}

/** Identities that are numbers of the protocol, such as message IDs: named for the bounds of a search, and beyond. */

/** Names of 0, 1, ...: those that a schema lists, and the name of any number, also where nothing is bounded. */
export interface Numbered {
  readonly names: readonly string[]
  of(number: number): string
}

export const numbered = (prefix: string, count: number): Numbered => {
  const names = Array.from({ length: count }, (_, i) => `${prefix}${i}`)
  return { names, of: (number) => names[number] ?? `${prefix}${number}` }
}

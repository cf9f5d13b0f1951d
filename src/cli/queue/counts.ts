/** Numbers that a worker tells of its progress. Whatever else it says is not shown. */

/** What a worker said, when every one of these is a number. */
export const countsIn = <T extends object>(data: unknown, names: readonly (keyof T)[]): T | undefined => {
  if (typeof data !== 'object' || data === null) return undefined
  const read = data as Partial<Record<keyof T, unknown>>
  return names.every((name) => typeof read[name] === 'number') ? (read as T) : undefined
}

/** What extensions are given to read: values that nobody can change, for several models share them. */

/** The value itself, frozen with all that is in it; functions stay as they are. */
export const frozen = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.freeze(value)
  for (const part of Object.values(value)) frozen(part)
  return value
}

/** A copy of plain data, frozen with all that is in it: whoever has the value can go on changing that. */
export const frozenCopy = <T>(value: T): T => frozen(structuredClone(value))

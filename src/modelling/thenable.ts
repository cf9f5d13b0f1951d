/** Promises, which no closure of a model may return: what they come to is known only when a search is over. */

/** Whether a value has such a method; a state may have a field of that name. */
export const hasMethod = (value: unknown, name: string): boolean =>
  typeof value === 'object' &&
  value !== null &&
  name in value &&
  typeof (value as Record<string, unknown>)[name] === 'function'

/** Whether a value is a promise, or looks like one. */
export const isThenable = (value: unknown): boolean => {
  if (!hasMethod(value, 'then')) return false
  // It will fail when it goes on, and nobody waits for it.
  Promise.resolve(value).catch(() => {})
  return true
}

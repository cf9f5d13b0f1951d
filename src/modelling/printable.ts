/** Names as text: whatever a model or a file calls things, they are data and must not act where they are shown. */

/** What moves a cursor, breaks a line or turns text round: control characters, separators, and marks of direction. */
const ACTING =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g

const named = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`

/** A name on one line, in which such characters are named: `\u001b`. */
export const printable = (text: string): string => text.replaceAll(ACTING, named)

/** The same of a text of several lines. */
export const printableLines = (text: string): string =>
  text.replaceAll(ACTING, (sign) => (sign === '\n' || sign === '\t' ? sign : named(sign)))

/** A copy of plain data in which every text, names of fields included, is printable. */
export const printableData = (value: unknown): unknown => {
  if (typeof value === 'string') return printable(value)
  if (Array.isArray(value)) return value.map(printableData)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, of]) => [printable(name), printableData(of)]))
}

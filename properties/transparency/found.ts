/** What the comparisons find. Written by `npm run docs:generate -- --transparency`: read what it changes before you commit it. */

/** Of a scheme, by search and label: a verdict, with the steps of a shortest trace. */
export type Found = Readonly<Record<string, Readonly<Record<string, string>>>>

export const FOUND: Readonly<Record<string, Found>> = {}

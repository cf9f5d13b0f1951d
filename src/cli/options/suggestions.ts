/** Names that somebody may have meant. */
import { UsageError } from '../process/errors.ts'

/** Edits between two names: letters inserted, removed or replaced. */
export const distanceBetween = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1))
    }
    row = next
  }
  return row[b.length]!
}

/** Names that are told; a longer list would hide them. */
const MOST = 5

/** The known names close to `name`, nearest first; at most five. Case does not count. */
export const nearest = (name: string, known: readonly string[]): readonly string[] => {
  const wanted = name.toLowerCase()
  const allowed = Math.max(2, Math.floor(wanted.length / 3))
  return known
    .map((candidate) => {
      const lower = candidate.toLowerCase()
      const partly = wanted.length > 2 && lower.includes(wanted)
      return { candidate, distance: partly ? 1 : distanceBetween(wanted, lower) }
    })
    .filter(({ distance }) => distance <= allowed)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MOST)
    .map(({ candidate }) => candidate)
}

/**
 * The mistake of naming something that does not exist: "No scheme is called 'x'. Did you mean 'y'?", or, where no name is
 * near, the first of the known names and how many more.
 */
export const unknownName = (
  what: string,
  name: string,
  known: readonly string[],
  hint?: string,
): UsageError => {
  const near = nearest(name, known).map((candidate) => `'${candidate}'`)
  const told =
    near.length > 0
      ? `Did you mean ${orText(near)}?`
      : `Known: ${known.slice(0, MOST).join(', ') || 'none'}${known.length > MOST ? ` and ${known.length - MOST} more` : ''}.`
  return new UsageError({
    problem: `No ${what} is called '${name}'. ${told}`,
    ...(hint !== undefined && { hint }),
  })
}

/** `a`, `a or b`, `a, b or c`. */
const orText = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)!}`

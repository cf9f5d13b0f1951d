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

/** The known names close to `name`, nearest first; at most three. Case does not count. */
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
    .slice(0, 3)
    .map(({ candidate }) => candidate)
}

/** The mistake of naming something that does not exist: "No scheme is called 'x'. Did you mean 'y'? Known: ...". */
export const unknownName = (
  what: string,
  name: string,
  known: readonly string[],
  hint?: string,
): UsageError => {
  const near = nearest(name, known).map((candidate) => `'${candidate}'`)
  const meant = near.length === 0 ? '' : ` Did you mean ${near.join(' or ')}?`
  return new UsageError({
    problem: `No ${what} is called '${name}'.${meant} Known: ${known.join(', ') || 'none'}.`,
    ...(hint !== undefined && { hint }),
  })
}

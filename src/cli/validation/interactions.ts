/** What extensions do to each other: a property, or a claim of one of them, that stands with each alone and not with all. */
import { type ClaimVerdict, type Finding, isBad, type Row, refutes } from './claims.ts'

/** A property that is violated with all together. */
export interface Interaction extends Row {
  /** The extension whose claim it was, which stands with it alone; undefined where the property is kept with each alone. */
  readonly claimedBy?: string
  /** What the search with that one, or with the first, alone found. */
  readonly alone?: Finding
}

const isKept = ({ judgement: { verdict } }: Finding): boolean => verdict === 'holds' || verdict === 'vacuous'

/** The row of another variant that judges the same under the same attacker. */
const sameIn = (rows: readonly Row[], row: Row): Row | undefined =>
  rows.find(
    (one) =>
      one.scheme === row.scheme &&
      one.search === row.search &&
      one.label === row.label &&
      // Attackers that make no difference to one extension may make one to all together.
      one.found.trial.attackers.includes(row.found.trial.attackers[0]!),
  )

/** `rows`: with all together; `alone`: with one, by its name. A search with one that was cut says nothing of it. */
export const interactionsOf = (
  rows: readonly Row[],
  claims: readonly ClaimVerdict[],
  alone: ReadonlyMap<string, readonly Row[]>,
): readonly Interaction[] => {
  if (alone.size < 2) return []
  return rows
    .filter((row) => isBad(row.found))
    .flatMap((row): readonly Interaction[] => {
      // A property of an extension is judged only where that extension is.
      const known = [...alone.values()].flatMap((own) => sameIn(own, row)?.found ?? [])
      if (known.every(isKept)) return [{ ...row, ...(known[0] && { alone: known[0] }) }]
      return claims
        .filter(({ claim, rows: judging }) => judging.includes(row) && refutes(row, claim))
        .flatMap(({ extension }) => {
          const own = sameIn(alone.get(extension)!, row)
          return own && isKept(own.found) ? [{ ...row, claimedBy: extension, alone: own.found }] : []
        })
        .slice(0, 1)
    })
}

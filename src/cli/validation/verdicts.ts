/** What the searches of a validation say together: claims, new violations, prices, an unmodified peer, interactions. */
import type { Claim } from '../../../model/extending/extension.ts'
import type { Used } from '../../../model/extending/used.ts'
import type { Trial, Variant } from '../../../properties/validation/trials.ts'
import { labelOf } from '../../modelling/property.ts'
import type { Judgement, Outcome } from '../../search/outcome.ts'

/** A search with what it found. */
export interface Searched {
  readonly trial: Trial
  readonly outcome: Outcome
}

/** What one search says of one property. */
export interface Finding {
  readonly trial: Trial
  readonly label: string
  readonly judgement: Judgement
  /** Distinct states of the search. */
  readonly states: number
}

/** One property in one search, with and without. */
export interface Row {
  readonly scheme: string
  readonly search: string
  readonly label: string
  readonly without?: Finding
  readonly found: Finding
}

export type Status = 'confirmed' | 'refuted' | 'undecided' | 'idle' | 'vacuous'

/** What became of a claim in one scheme. */
export interface ClaimVerdict {
  readonly extension: string
  readonly claim: Claim
  readonly scheme: string
  readonly status: Status
  readonly rows: readonly Row[]
  /** The row that says so: of a refuted claim that with the shortest counterexample. */
  readonly shown: Row
}

/** What became of a claim of several parts in one scheme. */
export interface JointVerdict {
  readonly extension: string
  /** The claim in a few words. */
  readonly name: string
  readonly scheme: string
  readonly status: Status
  readonly parts: readonly ClaimVerdict[]
}

/** Everything that a validation says. */
export interface ValidationVerdict {
  readonly used: readonly Used[]
  readonly claims: readonly ClaimVerdict[]
  readonly joint: readonly JointVerdict[]
  /** Violated with the extension, or with an unmodified peer, and not without. */
  readonly broken: readonly Row[]
  /** Violated with the extension where somebody interferes, and not where nobody does. */
  readonly attacks: readonly Row[]
  /** Violated without, and not with, and not claimed. */
  readonly repaired: readonly Row[]
  /** Measures whose reading changes. */
  readonly prices: readonly Row[]
  /** Rows in which an unmodified peer makes a verdict differ from that without the extension, and rows in all. */
  readonly interoperability: { readonly rows: number; readonly differing: readonly Row[] }
  /** Holds with each extension alone and is violated with all together. */
  readonly interactions: readonly Row[]
  /** Searches that were cut. */
  readonly cut: readonly Searched[]
}

const isBad = (finding: Finding | undefined): boolean => finding?.judgement.verdict === 'violated'

const isKept = ({ judgement: { verdict } }: Finding): boolean => verdict === 'holds' || verdict === 'vacuous'

/** The rows of a variant. */
const rowsOf = (searched: readonly Searched[], variant: Variant): readonly Row[] => {
  const findings = (of: Searched): readonly Finding[] =>
    of.outcome.judgements.map((judgement) => ({
      trial: of.trial,
      label: labelOf(of.outcome.model.properties.find(({ name }) => name === judgement.property)!),
      judgement,
      states: of.outcome.distinct,
    }))
  const before = searched.filter(({ trial }) => trial.variant === 'without')
  return searched
    .filter(({ trial }) => trial.variant === variant)
    .flatMap((one) => {
      const { scheme, search, attackers } = one.trial
      const base = before.find(
        ({ trial }) =>
          trial.scheme === scheme && trial.search === search && trial.attackers.includes(attackers[0]!),
      )
      const known = base ? findings(base) : []
      return findings(one).map((found): Row => {
        const without = known.find(({ label }) => label === found.label)
        return { scheme, search, label: found.label, found, ...(without && { without }) }
      })
    })
}

const lengthOf = ({ found }: Row): number => found.judgement.path?.length ?? Number.POSITIVE_INFINITY
const shortest = (rows: readonly Row[]): Row => [...rows].sort((a, b) => lengthOf(a) - lengthOf(b))[0]!

/** What becomes of a claim by the rows that judge it; there is one at least. */
const judgedBy = (
  { claim }: Claim,
  rows: readonly Row[],
): { readonly status: Status; readonly shown: Row } => {
  const against = rows.filter(
    ({ found, without }) => isBad(found) && (claim === 'repairs' || !isBad(without)),
  )
  if (against.length > 0) return { status: 'refuted', shown: shortest(against) }
  const cut = rows.find(({ found }) => found.judgement.verdict === 'unknown')
  if (cut) return { status: 'undecided', shown: cut }
  // What is violated without is not there to be kept; what is not, needs no repair.
  const relevant = rows.filter(({ without }) => isBad(without) === (claim === 'repairs'))
  if (relevant.length === 0) return { status: 'idle', shown: rows[0]! }
  const spoken = relevant.find(({ found }) => found.judgement.verdict !== 'vacuous')
  return spoken ? { status: 'confirmed', shown: spoken } : { status: 'vacuous', shown: relevant[0]! }
}

/** Claims of several parts: as good as their worst part. One that has nothing to repair takes nothing away. */
const jointOf = (claims: readonly ClaimVerdict[]): readonly JointVerdict[] => {
  const groups = new Map<string, ClaimVerdict[]>()
  for (const one of claims) {
    if (one.claim.partOf === undefined) continue
    const key = [one.extension, one.claim.partOf, one.scheme].join()
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  const worst = ['refuted', 'undecided', 'vacuous', 'confirmed', 'idle'] as const
  return [...groups.values()].map((parts): JointVerdict => {
    const { extension, claim, scheme } = parts[0]!
    const status = worst.find((one) => parts.some((part) => part.status === one))!
    return { extension, name: claim.partOf!, scheme, status, parts }
  })
}

/** Joins what all searches found. */
export const verdictOf = (used: readonly Used[], searched: readonly Searched[]): ValidationVerdict => {
  const rows = rowsOf(searched, 'with')
  const unmodified = rowsOf(searched, 'unmodified')
  const schemes = [...new Set(searched.map(({ trial }) => trial.scheme))]
  const claims = used.flatMap(({ extension }) =>
    extension.claims.flatMap((claim) =>
      schemes.flatMap((scheme): readonly ClaimVerdict[] => {
        if (claim.schemes && !claim.schemes.includes(scheme)) return []
        const judging = rows.filter(
          (row) =>
            row.scheme === scheme &&
            row.label === claim.property &&
            (claim.searches?.includes(row.search) ?? true),
        )
        if (judging.length === 0) return []
        return [{ extension: extension.name, claim, scheme, rows: judging, ...judgedBy(claim, judging) }]
      }),
    ),
  )
  const claimed = (row: Row): boolean => claims.some((one) => one.rows.includes(row))
  const alone = used.map(({ extension }) => rowsOf(searched, `only ${extension.name}`))
  const sameRow = (a: Row, b: Row): boolean =>
    a.scheme === b.scheme &&
    a.search === b.search &&
    a.label === b.label &&
    a.found.trial.attackers[0] === b.found.trial.attackers[0]
  const calm = rows.filter(({ found }) => found.trial.attackers.includes('A0'))
  return {
    used,
    claims,
    joint: jointOf(claims),
    attacks: rows.filter(
      (row) =>
        isBad(row.found) &&
        !row.found.trial.attackers.includes('A0') &&
        calm.some(
          (one) =>
            one.scheme === row.scheme &&
            one.search === row.search &&
            one.label === row.label &&
            !isBad(one.found),
        ),
    ),
    broken: [
      ...rows.filter((row) => isBad(row.found) && !isBad(row.without) && !(claimed(row) && !row.without)),
      ...unmodified.filter((row) => isBad(row.found) && !isBad(row.without)),
    ],
    repaired: rows.filter(
      (row) => isBad(row.without) && row.found.judgement.verdict === 'holds' && !claimed(row),
    ),
    prices: rows.filter(
      ({ found, without }) =>
        found.judgement.kind === 'measure' && found.judgement.value !== without?.judgement.value,
    ),
    interoperability: {
      rows: unmodified.filter(({ without }) => without).length,
      differing: unmodified.filter(
        ({ found, without }) =>
          without &&
          (found.judgement.verdict !== without.judgement.verdict ||
            found.judgement.value !== without.judgement.value),
      ),
    },
    interactions: rows.filter(
      (row) =>
        used.length > 1 &&
        isBad(row.found) &&
        // A search with one alone that was cut says nothing of what holds with it.
        alone.every((own) => own.filter((one) => sameRow(one, row)).every((one) => isKept(one.found))),
    ),
    cut: searched.filter(({ outcome }) => !outcome.complete),
  }
}

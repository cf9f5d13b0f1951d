/** What the searches of a validation say together: claims, new violations, prices, an unmodified peer, interactions. */
import type { Used } from '../../../model/extending/used.ts'
import type { Trial, Variant } from '../../../properties/validation/trials.ts'
import { labelOf } from '../../modelling/property.ts'
import type { Outcome } from '../../search/outcome.ts'
import {
  type ClaimVerdict,
  type Finding,
  isBad,
  type JointVerdict,
  jointOf,
  judgedBy,
  type Row,
} from './claims.ts'
import { type Interaction, interactionsOf } from './interactions.ts'

/** A search with what it found. */
export interface Searched {
  readonly trial: Trial
  readonly outcome: Outcome
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
  readonly interactions: readonly Interaction[]
  /** Searches that were cut. */
  readonly cut: readonly Searched[]
}

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
  const alone = new Map(used.map(({ extension: { name } }) => [name, rowsOf(searched, `only ${name}`)]))
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
    interactions: interactionsOf(rows, claims, alone),
    cut: searched.filter(({ outcome }) => !outcome.complete),
  }
}

/** What the searches of a validation say together: claims, new violations, prices, an unmodified peer, interactions. */
import type { Claim } from '../../../model/extending/extension.ts'
import type { Used } from '../../../model/extending/used-extension.ts'
import type { Assumption } from '../../../properties/validation/assumptions.ts'
import type { Trial, Variant } from '../../../properties/validation/trials.ts'
import { labelOf } from '../../modelling/property.ts'
import type { Outcome } from '../../search/engine/outcome.ts'
import {
  type ClaimVerdict,
  type Finding,
  isBad,
  isLost,
  type JointVerdict,
  jointOf,
  judgedBy,
  type Row,
  stepsOf,
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
  /** Violated without and with. */
  readonly remaining: readonly Row[]
  /** Of those, what is violated in fewer steps with. */
  readonly sooner: readonly Row[]
  /** What is put to the test without, and not with. */
  readonly lost: readonly Row[]
  /** Actions of the extensions that are taken in no search. */
  readonly neverTaken: readonly string[]
  /** Claims that no search judged, with the attackers and searches that were asked for. */
  readonly unjudged: readonly UnjudgedClaim[]
  readonly assumptions: readonly Assumption[]
  /** Measures whose reading changes. */
  readonly prices: readonly Row[]
  /** Rows in which an unmodified peer makes a verdict differ from that without the extension, and rows in all. */
  readonly interoperability: { readonly rows: number; readonly differing: readonly Row[] }
  readonly interactions: readonly Interaction[]
  /** Searches that were cut. */
  readonly cut: readonly Searched[]
}

/** A claim of an extension that nothing judged in a scheme. */
export interface UnjudgedClaim {
  readonly extension: string
  readonly claim: Claim
  readonly scheme: string
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

/** Own actions that no complete search takes; undecided, and so none, where one of them was cut. */
const neverTaken = (searched: readonly Searched[]): readonly string[] => {
  const all = searched.filter(({ trial }) => trial.variant === 'with')
  if (all.some(({ outcome }) => !outcome.complete)) return []
  const names = new Set(all.flatMap(({ trial }) => trial.ownActions))
  const taken = new Set(
    all.flatMap(({ outcome }) =>
      outcome.coverage.flatMap(({ action, taken }) => (taken > 0 ? [action] : [])),
    ),
  )
  return [...names].filter((name) => !taken.has(name))
}

/** What all searches with extensions rest on, each once. */
const assumptionsOf = (searched: readonly Searched[]): readonly Assumption[] => {
  const all = searched
    .filter(({ trial }) => trial.variant === 'with')
    .flatMap(({ trial }) => trial.assumptions)
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()]
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
  const unjudged = used.flatMap(({ extension }) =>
    extension.claims.flatMap((claim) =>
      schemes
        .filter((scheme) => claim.schemes?.includes(scheme) ?? true)
        .filter((scheme) => !claims.some((one) => one.claim === claim && one.scheme === scheme))
        .map((scheme): UnjudgedClaim => ({ extension: extension.name, claim, scheme })),
    ),
  )
  const remaining = rows.filter((row) => isBad(row.found) && isBad(row.without))
  const claimed = (row: Row): boolean => claims.some((one) => one.rows.includes(row))
  const alone = new Map(used.map(({ extension: { name } }) => [name, rowsOf(searched, `only ${name}`)]))
  const calm = rows.filter(({ found }) => found.trial.attackers.includes('A0'))
  return {
    used,
    claims,
    joint: jointOf(claims),
    remaining,
    sooner: remaining.filter(({ found, without }) => stepsOf(found) < stepsOf(without!)),
    lost: rows.filter(isLost),
    neverTaken: neverTaken(searched),
    unjudged,
    assumptions: assumptionsOf(searched),
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

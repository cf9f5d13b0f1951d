/** Claims, and what becomes of them by what searches say with an extension and without. */
import type { Claim } from '../../../model/extending/extension.ts'
import type { Trial } from '../../../properties/validation/trials.ts'
import type { Judgement } from '../../search/engine/outcome.ts'

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

/** Whether a property is violated in what was found. */
export const isBad = (finding: Finding | undefined): boolean => finding?.judgement.verdict === 'violated'

/** Steps of a counterexample. */
export const stepsOf = ({ judgement: { path } }: Finding): number => (path?.length ?? Infinity) - 1

const lengthOf = ({ found }: Row): number => found.judgement.path?.length ?? Number.POSITIVE_INFINITY
const largest = (rows: readonly Row[]): Row | undefined =>
  [...rows].sort((a, b) => b.found.states - a.found.states)[0]
const shortest = (rows: readonly Row[]): Row => [...rows].sort((a, b) => lengthOf(a) - lengthOf(b))[0]!

/** Whether a row that judges a claim refutes it. */
export const refutes = ({ found, without }: Row, { claim }: Claim): boolean =>
  isBad(found) && (claim === 'repairs' || !isBad(without))

/** What one row says of a claim. */
export const statusOf = (row: Row, claim: Claim): Status => {
  const { verdict } = row.found.judgement
  if (refutes(row, claim)) return 'refuted'
  if (verdict === 'unknown') return 'undecided'
  // What is violated without is not there to be kept; what is not, needs no repair.
  if (isBad(row.without) !== (claim.claim === 'repairs')) return 'idle'
  return verdict === 'vacuous' ? 'vacuous' : 'confirmed'
}

/** Whether the situation that a property speaks of arises without an extension, and not with it. */
export const isLost = ({ found, without }: Row): boolean =>
  found.judgement.verdict === 'vacuous' &&
  found.judgement.kind !== 'measure' &&
  without !== undefined &&
  without.judgement.verdict !== 'vacuous' &&
  without.judgement.verdict !== 'unknown'

/** What becomes of a claim by the rows that judge it; there is one at least. */
export const judgedBy = (
  claim: Claim,
  rows: readonly Row[],
): { readonly status: Status; readonly shown: Row } => {
  const of = (status: Status): readonly Row[] => rows.filter((row) => statusOf(row, claim) === status)
  const against = of('refuted')
  if (against.length > 0) return { status: 'refuted', shown: shortest(against) }
  const cut = of('undecided')[0]
  if (cut) return { status: 'undecided', shown: cut }
  // What no longer arises is not repaired, whatever other searches say. What is kept is kept where it arises.
  const lost = claim.claim === 'repairs' ? of('vacuous').find(isLost) : undefined
  if (lost) return { status: 'vacuous', shown: lost }
  const spoken = largest(of('confirmed'))
  if (spoken) return { status: 'confirmed', shown: spoken }
  const silent = of('vacuous')[0]
  return silent ? { status: 'vacuous', shown: silent } : { status: 'idle', shown: rows[0]! }
}

/** Claims of several parts: as good as their worst part. One that has nothing to repair takes nothing away. */
export const jointOf = (claims: readonly ClaimVerdict[]): readonly JointVerdict[] => {
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

/** Claims, and what becomes of them by what searches say with an extension and without. */
import type { Claim } from '../../../model/extending/extension.ts'
import type { Trial } from '../../../properties/validation/trials.ts'
import type { Judgement } from '../../search/outcome.ts'

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

const lengthOf = ({ found }: Row): number => found.judgement.path?.length ?? Number.POSITIVE_INFINITY
const largest = (rows: readonly Row[]): Row | undefined =>
  [...rows].sort((a, b) => b.found.states - a.found.states)[0]
const shortest = (rows: readonly Row[]): Row => [...rows].sort((a, b) => lengthOf(a) - lengthOf(b))[0]!

/** Whether a row that judges a claim refutes it. */
export const refutes = ({ found, without }: Row, { claim }: Claim): boolean =>
  isBad(found) && (claim === 'repairs' || !isBad(without))

/** What becomes of a claim by the rows that judge it; there is one at least. */
export const judgedBy = (
  claim: Claim,
  rows: readonly Row[],
): { readonly status: Status; readonly shown: Row } => {
  const against = rows.filter((row) => refutes(row, claim))
  if (against.length > 0) return { status: 'refuted', shown: shortest(against) }
  const cut = rows.find(({ found }) => found.judgement.verdict === 'unknown')
  if (cut) return { status: 'undecided', shown: cut }
  // What is violated without is not there to be kept; what is not, needs no repair.
  const relevant = rows.filter(({ without }) => isBad(without) === (claim.claim === 'repairs'))
  if (relevant.length === 0) return { status: 'idle', shown: rows[0]! }
  const spoken = largest(relevant.filter(({ found }) => found.judgement.verdict !== 'vacuous'))
  return spoken ? { status: 'confirmed', shown: spoken } : { status: 'vacuous', shown: relevant[0]! }
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

/** One search of a result, as JSON. */
import type { BitstateFill, Cut } from '../../search/engine/outcome.ts'
import type { Profile } from '../../search/engine/profile.ts'
import type { SuiteOutcome } from '../../search/suite.ts'
import type { Symmetry } from '../../symmetry/symmetry.ts'
import type { JudgedCount } from './judged-suite.ts'

/** One search in JSON. */
export interface SearchJson {
  readonly name: string
  readonly distinct: number
  readonly generated: number
  readonly depth: number
  /** States beyond the constraint of the model, which were not expanded. */
  readonly beyond?: number
  readonly complete: boolean
  /** Why it was cut, and how many states it knew and did not expand. */
  readonly cut?: Cut
  readonly frontier?: number
  /** Whether states were compared whole; else a bound on the probability that one was missed. */
  readonly exact: boolean
  readonly missProbability: number
  readonly elapsedSeconds: number
  /** The declared number of distinct states, if one is declared. */
  readonly declared?: number
  /** Whether it is that number; true of a search that was cut. */
  readonly asDeclared: boolean
  /** Identities that were permuted, and those that were not with a reason; states are then orbits. */
  readonly symmetry?: Symmetry
  /** Runs of guards, effects and tests that were made twice and compared. */
  readonly checkedTwice?: number
  /** Present where symmetry was supposed and not shown: nothing holds then. */
  readonly assumesSymmetry?: boolean
  /** Where time and states went, if it was asked for. */
  readonly profile?: Profile
  /** Of a bitstate search: its bits, those set, and how many states it is expected to have left out. */
  readonly bitstate?: BitstateFill
}

/** Makes it, with the declared count of states if one of these is of it. */
export const searchJson = (
  { focus: { name }, outcome }: SuiteOutcome['outcomes'][number],
  counts: readonly JudgedCount[],
): SearchJson => {
  const { distinct, generated, depth, complete, cut, frontier, exact, symmetry, profile, bitstate } = outcome
  const { checkedTwice, assumesSymmetry } = outcome
  const count = counts.find(({ focus }) => focus === name)
  return {
    name,
    distinct,
    generated,
    depth,
    ...(outcome.beyond !== undefined && { beyond: outcome.beyond }),
    complete,
    ...(cut && { cut, frontier }),
    exact,
    missProbability: outcome.missProbability,
    elapsedSeconds: rounded(outcome.elapsedSeconds),
    ...(count && { declared: count.declared }),
    asDeclared: count?.asDeclared ?? true,
    ...(symmetry && { symmetry }),
    ...(assumesSymmetry && { assumesSymmetry }),
    ...(checkedTwice !== undefined && { checkedTwice }),
    ...(profile && { profile }),
    ...(bitstate && { bitstate }),
  }
}

/** Seconds in milliseconds at most. */
export const rounded = (seconds: number): number => Number(seconds.toFixed(3))

/** What a search says: verdicts, counts, and how much of the space supports them. */
import type { Model } from '../../modelling/model.ts'
import type { Property } from '../../modelling/property.ts'
import type { Symmetry } from '../../symmetry/symmetry.ts'
import type { Profile } from './profile.ts'

/**
 * The answer for one property. `holds`, `unreached`, `measured` and `vacuous` are said only after a complete search;
 * `unknown` is said whenever a search was cut before it could tell.
 */
export type Verdict = 'holds' | 'violated' | 'reached' | 'unreached' | 'measured' | 'vacuous' | 'unknown'

/** Step numbers: the initial instance, then an action instance for each step. */
export type Path = readonly number[]

/** How much supports the comparison of a model with a specification. */
export interface Compared {
  /** States of the model with what its observer remembers and what was seen last. */
  readonly states: number
  /** The same of the specification. */
  readonly specification: number
  /** Pairs of a state and a set of places in which the specification can be then. */
  readonly pairs: number
  readonly sets: number
  /** Places of the largest set. */
  readonly largest: number
  /** Why it ended early. */
  readonly cut?: Cut
}

/** The answer for one property with the path that shows it. */
export interface Judgement {
  readonly property: string
  readonly kind: Property['kind'] | 'deadlock'
  readonly verdict: Verdict
  /** The largest reading of a measure; of a search that was cut, the largest so far. */
  readonly value?: number
  /** A shortest counterexample (violated), witness (reached), or path to a step that reads `value`; any, if bitstate. */
  readonly path?: Path
  /** Of a swarm: what its other searches found, shortest first. */
  readonly others?: readonly Path[]
  /** Of a property of whole runs that is violated: what else would have to be fair for it to hold. */
  readonly missing?: string
  /** Of a property of all that is seen. */
  readonly compared?: Compared
  /** A shortest path into the situation the property speaks of. */
  readonly situation?: Path
}

/** What one action did in a search; with symmetry, in the representatives of orbits. */
export interface Coverage {
  readonly action: string
  /** Expanded states in which some instance was enabled. */
  readonly enabled: number
  /** Instances taken, which is every enabled one. */
  readonly taken: number
  /** New states first reached by it. */
  readonly fresh: number
}

/**
 * Why a search ended before it was complete; `bitstate`: it kept too little of its states to be sure that it was;
 * `failed`: it was tried several times on a queue, and none of its workers came to an end.
 */
export type Cut = 'states' | 'seconds' | 'bytes' | 'interrupt' | 'bitstate' | 'failed'

/** What became of the bits of a bitstate search. */
export interface BitstateFill {
  readonly bits: number
  readonly set: number
  readonly hashes: number
  /** How many states that it met are expected to have been taken for known and left out: an estimate from the fill. */
  readonly omitted: number
  /** Steps of a path at most, and states that were not expanded for lying so deep. */
  readonly depth: number
  readonly bound: number
  readonly seed: number
  /** Of a swarm: how many searches these are, each with a seed higher by one; then `set` is the most of them. */
  readonly searches?: number
}

/** Everything a search found out. With symmetry, states are counted as representatives of their orbits. */
export interface Outcome {
  readonly model: Model
  /** The identities that were permuted, and those that were not; absent where symmetry was not asked for. */
  readonly symmetry?: Symmetry
  readonly judgements: readonly Judgement[]
  readonly distinct: number
  /** Initial states and every enabled instance of every expanded state, as TLC counts. */
  readonly generated: number
  /** States on the longest shortest path, as TLC counts. */
  readonly depth: number
  /** States beyond the constraint of the model, which were judged and not expanded: `distinct` leaves them out. */
  readonly beyond?: number
  /** Expanded states without a successor. */
  readonly stuck: number
  readonly coverage: readonly Coverage[]
  /** Present when it was asked for. */
  readonly profile?: Profile
  readonly complete: boolean
  /** Present when the search was cut. */
  readonly cut?: Cut
  /** States known but not expanded; 0 after a complete search. */
  readonly frontier: number
  /** Runs of guards, effects and tests that were made twice, with others in between, and compared; absent where none are. */
  readonly checkedTwice?: number
  /** Whether it was supposed and not shown that the model treats the permuted identities alike: then nothing holds. */
  readonly assumesSymmetry?: boolean
  /** Distinct states that the whole search would have, of a search that was cut; absent when nothing can be said. */
  readonly expected?: number
  readonly exact: boolean
  /** Upper bound on the probability that a state was missed; 0 when exact. */
  readonly missProbability: number
  readonly elapsedSeconds: number
  /** Bytes of visited set, states, parents and edges. */
  readonly bytes: number
  /** Present for a bitstate search. */
  readonly bitstate?: BitstateFill
}

/** n^2 / 2^65: the bound on a collision among `n` fingerprints of 64 bits. */
export const missProbabilityOf = (n: number): number => (n / 2 ** 32) * (n / 2 ** 33)

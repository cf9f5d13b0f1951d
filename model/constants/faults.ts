/** What fails, as a cluster file states it: every bound of a search that is a fault of members or of the synch channel. */
import type { Scope } from './scope.ts'

/** Bounds that a cluster file states elsewhere than under `failures`. */
type Elsewhere = 'members' | 'synchLosses' | 'synch' | 'attacker'

/** Bounds that say how much a search looks at, which is not the owner's to state. */
type HowMuch =
  | 'requests'
  | 'probes'
  | 'window'
  | 'esp'
  | 'retransmissions'
  | 'network'
  | 'spi'
  | 'addresses'
  | 'hints'

/** All other bounds: a new one is a failure until it is said to be something else. */
export type Fault = Exclude<keyof Scope, Elsewhere | HowMuch>

/** One failure in words; `most` is absent where it may happen or not. */
export interface FaultWords {
  readonly means: string
  readonly most?: number
}

/** What can fail in one run. */
export const FAULT_WORDS: Readonly<Record<Fault, FaultWords>> = {
  crashes: { means: 'Members that crash in one run.', most: 3 },
  returns: { means: 'Crashed members that come back, empty.', most: 3 },
  handovers: { means: 'Times that the load moves without a fault.', most: 3 },
  splits: { means: 'Whether the synch channel may be cut.' },
  heals: { means: 'Times that a cut channel works again.', most: 1 },
  hangs: { means: 'Standbys that hang: up for the others, but they acknowledge nothing.', most: 1 },
  suspicions: { means: 'Members that are taken for down and are up.', most: 1 },
}

export const FAULT = Object.keys(FAULT_WORDS) as readonly Fault[]

/** Those of some bounds that are failures. */
export const faultsOf = (bounds: Partial<Pick<Scope, Fault>>): Partial<Pick<Scope, Fault>> =>
  Object.fromEntries(FAULT.flatMap((fault) => (bounds[fault] === undefined ? [] : [[fault, bounds[fault]]])))

/** A scope: the bounds of a search, which cut the state space. A bound of zero removes an aspect of the model together with its bits. */
import type { EspScope } from './esp-policies.ts'
import type { Side, STARTED } from './parties.ts'

/** How many exchanges of each kind a side may start. */
export type Requests = { readonly [exchange in (typeof STARTED)[number]]?: number }

/** The bounds of a search. */
export interface Scope {
  /** Members of a cluster. */
  readonly members: 2 | 3
  /** Exchanges that each side may start. */
  readonly requests: { readonly [side in Side]: Requests }
  /** Whether each side may probe with a liveness check at the end of its run. */
  readonly probes: { readonly [side in Side]: boolean }
  /** Requests that each side may have outstanding. */
  readonly window: 1 | 2
  readonly esp: EspScope
  /** Members that crash, and crashed members that come back empty. */
  readonly crashes: number
  readonly returns: number
  /** Times that the load moves to another member without a fault: by command, by rebalancing, or with the lock. */
  readonly handovers: number
  /** Whether the synch channel may be cut, each side then taking the other for down. */
  readonly splits: boolean
  /** Times that a cut channel heals; after that it is not cut again. */
  readonly heals: number
  /** Standbys that hang: up for the others, but they take nothing in and acknowledge nothing. */
  readonly hangs: number
  /** Members that are taken for down and are not, while the synch channel works. */
  readonly suspicions: number
  /** Synch messages that the channel loses. */
  readonly synchLosses: number
  /** Retransmissions before a side may give up an exchange and with it the IKE SA. */
  readonly retransmissions: number
  /** Different IKE messages in the network at one time. */
  readonly network: number
  /** Synch messages in flight from one member to another. */
  readonly synch: number
  /** SPI values of each kind, SAs that are set up, and peers that they are set up with; 0 SAs: none is followed. */
  readonly spi: { readonly values: number; readonly allocations: number; readonly peers: 1 | 2 }
  /** Tunnel packets of the peer whose way is followed, and IKE SAs that it sets up anew. */
  readonly addresses: { readonly packets: number; readonly renewals: 0 | 1 }
  /** Unprotected hints that members give and an attacker forges. */
  readonly hints: number
  /** What an attacker can do: A0 listen; A1 also replay and forge what is not protected; A2 also delay and drop. */
  readonly attacker: 'A0' | 'A1' | 'A2'
}

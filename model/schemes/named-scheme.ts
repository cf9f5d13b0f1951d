/** What a row of the matrix is. */
import type { Fault } from '../constants/faults.ts'
import type { FocusName } from '../constants/focus-name.ts'
import type { Scheme } from '../constants/scheme.ts'
import type { Scope } from '../constants/scope.ts'

export { FOCUS, type FocusName } from '../constants/focus-name.ts'

/** What traffic from the cluster costs. */
export const OUTBOUND_PRICES: readonly FocusName[] = ['price-of-packets', 'packets-lost-out']

/** What traffic costs in each direction. */
export const PACKET_PRICES: readonly FocusName[] = [...OUTBOUND_PRICES, 'packets-lost-in']

/** What every standby is judged by. */
export const STANDBY: readonly FocusName[] = [
  'own-requests',
  'peer-requests',
  'together',
  'second-failover',
  'peer-survives',
  'outbound',
  'inbound',
  'inbound-delayed',
  'price-of-exchanges',
  'price-of-takeover',
  ...PACKET_PRICES,
]

/** And what says more only of schemes that differ in it. */
export const WIDER: readonly FocusName[] = [...STANDBY, 'deletions', 'rekey-child', 'rekey-ike', 'window-2']

/** The single gateway: its promises must hold against every attacker, and to the end of the sequence space. */
export const GATEWAY: readonly FocusName[] = [
  ...WIDER,
  'outbound-delayed',
  'sequence-space',
  'outbound-rekey',
  'inbound-rekey',
  'wide-outbound',
  'wide-inbound',
]

/**
 * What a cluster of its own changes in the scopes that judge it. What a search leaves at none stays at none, since it
 * looks at other things; an attacker is weakened, never added.
 */
export interface OwnBounds
  extends Partial<Pick<Scope, Fault | 'members' | 'synchLosses' | 'synch' | 'attacker'>> {
  /** Width of the receive window. */
  readonly window?: number
  /** Packets of the cluster or of the peer that are needed to see the margin, at least. */
  readonly packets?: number
  /** At real numbers: all of them times `per`. */
  readonly wide?: { readonly per: number; readonly window?: number }
}

/** A scheme with a name and one sentence, and the searches that judge it. */
export interface NamedScheme {
  /** kebab-case, by what it does. */
  readonly name: string
  readonly about: string
  readonly scheme: Scheme
  readonly judgedBy: readonly FocusName[]
  /** Absent: the scopes as they are. */
  readonly bounds?: OwnBounds
}

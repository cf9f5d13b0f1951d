/** A focus: one search of a scheme, with the scope that switches on what its properties need. */
import type { Constants, Scheme, Scope } from '../model/constants.ts'
import type { FocusName } from '../model/schemes/named-scheme.ts'
import { nothing } from '../model/schemes/policies.ts'
import type { Property } from '../src/modelling/property.ts'
import type { ScopeName } from '../src/search/suite.ts'

export interface FocusPlan {
  readonly name: FocusName
  /** One phrase: what this scope switches on. */
  readonly about: string
  /** The bounds; `small` and `large` name what differs from the default. At `skipped` it is not searched. */
  readonly scope: Scope
  readonly small?: Partial<Scope> | 'skipped'
  readonly large?: Partial<Scope>
  /** For the scope `wide`, and no other. */
  readonly wide?: true
  properties(constants: Constants): readonly Property[]
  /**
   * The scheme with every policy that plays no part in this scope set to that of `nothing`, so that schemes which
   * differ only there share the search.
   */
  relevant(scheme: Scheme): Scheme
}

/** Nothing happens but what a focus switches on: one crash, one return, one lost synch message. */
export const quiet: Scope = {
  members: 2,
  requests: { cluster: {}, peer: {} },
  probes: { cluster: false, peer: false },
  window: 1,
  esp: { outbound: 0, inbound: 0, window: 2, wireBits: 6 },
  crashes: 1,
  returns: 1,
  handovers: 0,
  splits: false,
  heals: 0,
  hangs: 0,
  suspicions: 0,
  synchLosses: 1,
  retransmissions: 1,
  network: 3,
  synch: 2,
  spi: { values: 0, allocations: 0, peers: 1 },
  addresses: { packets: 0, renewals: 0 },
  hints: 0,
  attacker: 'A0',
}

/** Where no packet is sent, the ESP policies play no part. */
export const withoutEsp = (scheme: Scheme): Scheme => ({ ...scheme, esp: nothing.esp })

/** The bounds of a plan at a scope. A single gateway has nobody to fail over to. */
export const scopeOf = ({ scope, small, large }: FocusPlan, name: ScopeName, scheme: Scheme): Scope => ({
  ...scope,
  ...(name === 'small' && small !== 'skipped' && small),
  ...(name === 'large' && large),
  ...(!scheme.cluster && {
    crashes: 0,
    returns: 0,
    handovers: 0,
    splits: false,
    heals: 0,
    hangs: 0,
    suspicions: 0,
    synchLosses: 0,
  }),
})

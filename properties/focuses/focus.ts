/** A focus: one search of a scheme, with the scope that switches on what its properties need. */
import type { Constants, Scheme, Scope } from '../../model/constants/constants.ts'
import type { EspScope } from '../../model/constants/esp-policies.ts'
import { FAULT, type Fault } from '../../model/constants/faults.ts'
import type { FocusName, OwnBounds } from '../../model/schemes/named-scheme.ts'
import { nothing } from '../../model/schemes/policies.ts'
import type { Property } from '../../src/modelling/property.ts'
import type { ScopeName } from '../../src/search/suite.ts'

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

/** The faults of a cluster, which a single gateway has not. */
const NOTHING_FAILS = {
  ...Object.fromEntries(FAULT.map((fault) => [fault, typeof quiet[fault] === 'boolean' ? false : 0])),
  synchLosses: 0,
} as Pick<Scope, Fault | 'synchLosses'>

/** The bounds of a plan at a scope. A single gateway has nobody to fail over to. */
export const scopeOf = ({ scope, small, large }: FocusPlan, name: ScopeName, scheme: Scheme): Scope => ({
  ...scope,
  ...(name === 'small' && small !== 'skipped' && small),
  ...(name === 'large' && large),
  ...(!scheme.cluster && NOTHING_FAILS),
})

const ATTACKERS = ['A0', 'A1', 'A2'] as const

/** A scope with the bounds of one cluster. */
export const boundedBy = (scope: Scope, bounds: OwnBounds = {}): Scope => {
  const { window, packets = 0, wide, attacker = 'A2', members, splits = true, synch = 0, ...faults } = bounds
  const { esp } = scope
  // What the search does not look at stays out of it.
  const faultsIn = Object.entries(faults).filter(([name]) => scope[name as keyof typeof faults] !== 0)
  const direction = (sent: number): number => (sent > 4 && !wide ? Math.max(sent, packets) : sent)
  return {
    ...scope,
    ...Object.fromEntries(faultsIn),
    ...(members !== undefined && { members }),
    splits: scope.splits && splits,
    synch: Math.max(scope.synch, synch),
    attacker: ATTACKERS[Math.min(ATTACKERS.indexOf(attacker), ATTACKERS.indexOf(scope.attacker))]!,
    esp: {
      ...esp,
      outbound: direction(esp.outbound),
      inbound: direction(esp.inbound),
      ...(window !== undefined && { window: Math.max(window, esp.window) }),
      ...(wide && esp.bursts && wideEsp(esp, wide)),
    },
  }
}

/** The numbers of RFC 6027 in another proportion. */
const wideEsp = (esp: EspScope, { per, window }: NonNullable<OwnBounds['wide']>): Partial<EspScope> => {
  const times = (number: number): number => (number === 0 ? 0 : Math.max(1, Math.round(number * per)))
  const all = (numbers: readonly number[] = []) => [...new Set(numbers.map(times))]
  return {
    outbound: times(esp.outbound),
    inbound: times(esp.inbound),
    ...(esp.from !== undefined && { from: times(esp.from) }),
    ...(esp.bursts && { bursts: all(esp.bursts) }),
    ...(esp.copied && { copied: all(esp.copied) }),
    ...(window !== undefined && { window }),
  }
}

/** The matrix: every clustering scheme with the searches that judge it. */
import { cluster } from '../model/cluster.ts'
import type { Constants, Scheme, Scope } from '../model/constants.ts'
import { SCHEMES } from '../model/schemes.ts'
import { childrenOf } from '../model/state.ts'
import type { Property } from '../src/modelling/property.ts'
import type { Focus, Suite } from '../src/search/suite.ts'
import { messageIdProperties } from './message-ids.ts'
import { childSasMirrored, clusterCanExchange, peerCanExchange } from './missing-synch.ts'
import { outboundCounterProperties } from './outbound-counters.ts'

/** Nothing happens but what a focus switches on: one crash, one return, one lost synch message. */
const quiet: Scope = {
  requests: { cluster: 0, peer: 0 },
  probes: { cluster: false, peer: false },
  packets: 0,
  crashes: 1,
  returns: 1,
  synchLosses: 1,
  retransmissions: 1,
  network: 3,
  synch: 2,
}

interface FocusPlan {
  readonly name: string
  readonly about: string
  readonly scope: Scope
  properties(constants: Constants): readonly Property[]
}

/** The searches of each scheme. Each is explored completely. */
const FOCUSES: readonly FocusPlan[] = [
  {
    name: 'own-requests',
    about: 'exchanges that the cluster starts',
    scope: { ...quiet, requests: { cluster: 2, peer: 0 }, probes: { cluster: true, peer: false } },
    properties: (constants) => [
      ...messageIdProperties(constants),
      clusterCanExchange,
      childSasMirrored(childrenOf(constants)),
    ],
  },
  {
    name: 'peer-requests',
    about: 'exchanges that the peer starts',
    scope: { ...quiet, requests: { cluster: 0, peer: 2 }, probes: { cluster: false, peer: true } },
    properties: (constants) => [
      ...messageIdProperties(constants),
      peerCanExchange,
      childSasMirrored(childrenOf(constants)),
    ],
  },
  {
    name: 'packets',
    about: 'ESP packets',
    scope: { ...quiet, packets: 8, synch: 1 },
    properties: outboundCounterProperties,
  },
]

/** The model of a focus of a scheme. */
export const focusModel = (scheme: Scheme, name: string, plan: FocusPlan): Focus => {
  const scope = scheme.members === 1 ? { ...plan.scope, crashes: 0, returns: 0, synchLosses: 0 } : plan.scope
  const constants = { scheme, scope }
  return { name: plan.name, about: plan.about, model: cluster(`${name}, ${plan.name}`, constants, plan.properties(constants)) }
}

/** Every scheme with its searches and declared verdicts. */
export const schemes: readonly Suite[] = SCHEMES.map(
  ({ name, about, scheme }): Suite => ({
    name,
    about,
    focuses: FOCUSES.map((plan) => focusModel(scheme, name, plan)),
  }),
)

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
  retransmissions: 2,
  network: 4,
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
  {
    name: 'together',
    about: 'a little of everything at once, for failures that cross the other scopes',
    scope: {
      ...quiet,
      requests: { cluster: 1, peer: 1 },
      probes: { cluster: false, peer: true },
      packets: 2,
      returns: 0,
      network: 3,
      retransmissions: 1,
    },
    properties: (constants) => [
      ...messageIdProperties(constants),
      peerCanExchange,
      childSasMirrored(childrenOf(constants)),
      ...outboundCounterProperties(constants),
    ],
  },
]

/** What each scheme is declared to violate; everything else is declared to hold. */
const VIOLATES: Readonly<Record<string, readonly string[]>> = {
  'single-gateway': [],
  'no-synch': ['LIV-1c', 'LIV-1p'],
  'synch-sas': ['MID-1', 'MID-3', 'MID-4', 'LIV-1c', 'LIV-1p', 'CHD-1', 'SEQ-1', 'IV-1'],
  'synch-ike': ['MID-1', 'MID-3', 'MID-4', 'LIV-1c', 'LIV-1p', 'CHD-1', 'SEQ-1', 'IV-1'],
  'esp-as-is': ['MID-1', 'MID-3', 'MID-4', 'LIV-1c', 'LIV-1p', 'CHD-1', 'SEQ-1', 'IV-1'],
  'esp-jump': ['MID-1', 'MID-3', 'MID-4', 'LIV-1c', 'LIV-1p', 'CHD-1', 'SEQ-1', 'IV-1'],
  'esp-wide-jump': ['MID-1', 'MID-3', 'MID-4', 'LIV-1c', 'LIV-1p', 'CHD-1'],
  'esp-wide-jump-own-iv': ['MID-1', 'MID-3', 'MID-4', 'LIV-1c', 'LIV-1p', 'CHD-1', 'IV-1'],
  'acked-counters': ['LIV-1c', 'LIV-1p', 'CHD-1'],
  'acked-answers': ['LIV-1c', 'CHD-1'],
  'acked-requests': ['LIV-1p'],
  'acked-everything': [],
}

const LABELS = ['MID-1', 'MID-3', 'MID-4', 'LIV-1c', 'LIV-1p', 'CHD-1', 'SEQ-1', 'IV-1'] as const

/** The searches of a scheme. */
export const focusesOf = (name: string, scheme: Scheme): readonly Focus[] =>
  FOCUSES.map((plan) => {
    const scope =
      scheme.members === 1 ? { ...plan.scope, crashes: 0, returns: 0, synchLosses: 0 } : plan.scope
    const constants = { scheme, scope }
    const model = cluster(`${name}, ${plan.name}`, constants, plan.properties(constants))
    return { name: plan.name, about: plan.about, model }
  })

/** Every scheme with its searches and declared verdicts. */
export const schemes: readonly Suite[] = SCHEMES.map(
  ({ name, about, scheme }): Suite => ({
    name,
    about,
    focuses: focusesOf(name, scheme),
    expects: Object.fromEntries(
      LABELS.map((label) => [label, VIOLATES[name]?.includes(label) ? 'violated' : 'holds'] as const),
    ),
  }),
)

/** The matrix: every clustering scheme with the searches that judge it. */
import { cluster } from '../model/cluster.ts'
import type { Constants, Scheme, Scope } from '../model/constants.ts'
import { SCHEMES } from '../model/schemes.ts'
import { childrenOf } from '../model/state.ts'
import type { Property } from '../src/modelling/property.ts'
import {
  type Focus,
  focusOf,
  type Matrix,
  type ScopeName,
  type Suite,
  type Verdict,
} from '../src/search/suite.ts'
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
    scope: { ...quiet, packets: 8 },
    properties: outboundCounterProperties,
  },
  {
    name: 'together',
    about: 'exchanges in both directions and packets at once, for failures that cross the other scopes',
    scope: {
      ...quiet,
      requests: { cluster: 1, peer: 1 },
      probes: { cluster: false, peer: true },
      packets: 1,
      returns: 0,
      network: 3,
      retransmissions: 1,
    },
    properties: (constants) => [
      ...messageIdProperties(constants),
      peerCanExchange,
      childSasMirrored(childrenOf(constants)),
    ],
  },
  {
    name: 'second-failover',
    about: 'two crashes, the second after the first member has returned',
    scope: {
      ...quiet,
      probes: { cluster: true, peer: true },
      crashes: 2,
      synchLosses: 0,
      network: 2,
      retransmissions: 0,
    },
    properties: (constants) => [
      ...messageIdProperties(constants),
      clusterCanExchange,
      peerCanExchange,
      childSasMirrored(childrenOf(constants)),
    ],
  },
]

const IKE = ['MID-1', 'MID-3', 'MID-4', 'LIV-1c', 'LIV-1p', 'CHD-1'] as const
const LABELS = [...IKE, 'SEQ-1', 'IV-1'] as const
type Label = (typeof LABELS)[number]

/** What is declared of each scheme. What it does not name is declared to hold. */
const DECLARED: Readonly<Record<string, { violated?: readonly Label[]; vacuous?: readonly Label[] }>> = {
  'single-gateway': {},
  // A member that takes over without any state does nothing that could break these.
  'no-synch': {
    violated: ['LIV-1c', 'LIV-1p', 'CHD-1'],
    vacuous: ['MID-1', 'MID-3', 'MID-4', 'SEQ-1', 'IV-1'],
  },
  'synch-sas': { violated: LABELS },
  'synch-ike': { violated: LABELS },
  'esp-as-is': { violated: LABELS },
  'esp-jump': { violated: LABELS },
  'esp-wide-jump': { violated: IKE },
  'esp-wide-jump-late': { violated: LABELS },
  'esp-wide-jump-own-iv': { violated: [...IKE, 'IV-1'] },
  'acked-counters': { violated: ['LIV-1c', 'LIV-1p', 'CHD-1'] },
  'acked-answers': { violated: ['LIV-1c', 'CHD-1'] },
  'acked-requests': { violated: ['LIV-1p'] },
  'acked-everything': {},
  'acked-no-resynch': { violated: ['LIV-1c', 'LIV-1p', 'CHD-1'] },
}

const declaredVerdict = (scheme: string, label: Label): Verdict => {
  const { violated = [], vacuous = [] } = DECLARED[scheme] ?? {}
  return violated.includes(label) ? 'violated' : vacuous.includes(label) ? 'vacuous' : 'holds'
}

/** The searches of a scheme. */
export const focusesOf = (name: string, scheme: Scheme): readonly Focus[] =>
  FOCUSES.map((plan) => {
    const scope =
      scheme.members === 1 ? { ...plan.scope, crashes: 0, returns: 0, synchLosses: 0 } : plan.scope
    const constants = { scheme, scope }
    return focusOf({
      name: plan.name,
      about: plan.about,
      make: () => cluster(`${name}, ${plan.name}`, constants, plan.properties(constants)),
    })
  })

/** Every scheme with its searches and declared verdicts. */
export const schemes: readonly Suite[] = SCHEMES.map(
  ({ name, about, scheme }): Suite => ({
    name,
    about,
    focuses: focusesOf(name, scheme),
    expects: Object.fromEntries(LABELS.map((label) => [label, declaredVerdict(name, label)])),
  }),
)

/** The matrix of a scope; there is one scope as yet. */
export const matrixOf = (_scope: ScopeName): Matrix => ({
  suites: schemes,
  groups: [
    { title: 'IKE counters (RFC 6027 3.3)', labels: ['MID-1', 'MID-3', 'MID-4'] },
    { title: 'Missing synch messages (RFC 6027 3.6)', labels: ['LIV-1c', 'LIV-1p', 'CHD-1'] },
    { title: 'Outbound counters (RFC 6027 3.4 and 3.7.1)', labels: ['SEQ-1', 'IV-1'] },
  ],
  baseline: { suite: 'single-gateway', labels: LABELS },
})

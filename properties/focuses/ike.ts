/** Searches about the IKE SA: RFC 6027 sections 3.2, 3.3, 3.6. */
import { type FocusPlan, quiet, withoutEsp } from '../focus.ts'
import { messageIdProperties } from '../message-ids.ts'
import { childSasMirrored, clusterCanExchange, peerCanExchange } from '../missing-synch.ts'

export const ikeFocuses: readonly FocusPlan[] = [
  {
    name: 'own-requests',
    about: 'exchanges that the cluster starts',
    scope: {
      ...quiet,
      requests: { cluster: { createChild: 2 }, peer: {} },
      probes: { cluster: true, peer: false },
    },
    relevant: withoutEsp,
    properties: (constants) => [
      ...messageIdProperties(constants),
      clusterCanExchange,
      childSasMirrored(constants),
    ],
  },
  {
    name: 'peer-requests',
    about: 'exchanges that the peer starts',
    scope: {
      ...quiet,
      requests: { cluster: {}, peer: { createChild: 2 } },
      probes: { cluster: false, peer: true },
    },
    relevant: withoutEsp,
    properties: (constants) => [
      ...messageIdProperties(constants),
      peerCanExchange,
      childSasMirrored(constants),
    ],
  },
  {
    name: 'together',
    about: 'exchanges in both directions and packets at once, for failures that cross the other scopes',
    scope: {
      ...quiet,
      requests: { cluster: { createChild: 1 }, peer: { createChild: 1 } },
      probes: { cluster: false, peer: true },
      esp: { ...quiet.esp, outbound: 1 },
      returns: 0,
    },
    relevant: (scheme) => scheme,
    properties: (constants) => [
      ...messageIdProperties(constants),
      peerCanExchange,
      childSasMirrored(constants),
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
    relevant: withoutEsp,
    properties: (constants) => [
      ...messageIdProperties(constants),
      clusterCanExchange,
      peerCanExchange,
      childSasMirrored(constants),
    ],
  },
]

/** Searches about the IKE SA: RFC 6027 sections 3.2, 3.3, 3.6. */
import type { Constants } from '../../model/constants.ts'
import { type FocusPlan, quiet, withoutEsp } from '../focus.ts'
import { messageIdProperties } from '../message-ids.ts'
import { childSasMirrored, clusterCanExchange, peerCanExchange } from '../missing-synch.ts'

const everything = (constants: Constants) => [
  ...messageIdProperties(constants),
  ...(constants.scope.probes.cluster ? [clusterCanExchange] : []),
  ...(constants.scope.probes.peer ? [peerCanExchange] : []),
  childSasMirrored(constants),
]

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
      packets: 1,
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
  {
    name: 'deletions',
    about: 'a child SA that either side deletes, both at once included',
    scope: {
      ...quiet,
      requests: { cluster: { deleteChild: 1 }, peer: { deleteChild: 1 } },
      probes: { cluster: true, peer: true },
      returns: 0,
    },
    relevant: withoutEsp,
    properties: everything,
  },
  {
    name: 'rekey-child',
    about: 'a child SA that either side rekeys, both at once included',
    scope: {
      ...quiet,
      requests: { cluster: { rekeyChild: 1 }, peer: { rekeyChild: 1 } },
      returns: 0,
      retransmissions: 0,
    },
    relevant: withoutEsp,
    properties: everything,
  },
  {
    name: 'rekey-ike',
    about: 'an IKE SA that either side rekeys, both at once included',
    scope: {
      ...quiet,
      requests: { cluster: { rekeyIke: 1 }, peer: { rekeyIke: 1 } },
      probes: { cluster: false, peer: true },
      network: 2,
      returns: 0,
      retransmissions: 0,
    },
    relevant: withoutEsp,
    properties: everything,
  },
  {
    name: 'window-2',
    about: 'two requests outstanding at one time',
    scope: {
      ...quiet,
      window: 2,
      requests: { cluster: { createChild: 2 }, peer: { createChild: 1 } },
      probes: { cluster: false, peer: true },
      returns: 0,
      retransmissions: 0,
      network: 3,
    },
    relevant: withoutEsp,
    properties: everything,
  },
  {
    name: 'handover',
    about: 'a member that hands over without a fault, by command or rebalancing',
    scope: {
      ...quiet,
      requests: { cluster: { createChild: 1 }, peer: { createChild: 1 } },
      probes: { cluster: true, peer: true },
      crashes: 0,
      returns: 0,
      handovers: 1,
      retransmissions: 0,
    },
    relevant: withoutEsp,
    properties: everything,
  },
  {
    name: 'split-brain',
    about: 'a synch channel that is cut, so that two members act',
    scope: {
      ...quiet,
      requests: { cluster: { createChild: 1 }, peer: { createChild: 1 } },
      probes: { cluster: true, peer: true },
      crashes: 0,
      returns: 0,
      splits: true,
      synchLosses: 0,
      retransmissions: 0,
    },
    relevant: withoutEsp,
    properties: everything,
  },
  {
    name: 'three-members',
    about: 'three members of which two crash',
    scope: {
      ...quiet,
      members: 3,
      requests: { cluster: { createChild: 1 }, peer: {} },
      probes: { cluster: true, peer: true },
      crashes: 2,
      returns: 0,
      synchLosses: 0,
      retransmissions: 0,
      network: 2,
    },
    relevant: withoutEsp,
    properties: everything,
  },
]

/** Searches about addresses: RFC 6027 sections 2 and 3.8. */
import {
  oneAddress,
  packetsFindTheCluster,
  peerCanExchangeAcross,
  peerComesBack,
} from '../requirements/addresses.ts'
import { clusterCanExchange } from '../requirements/missing-synch.ts'
import { type FocusPlan, quiet, withoutEsp } from './focus.ts'

const probes = { cluster: true, peer: true }

export const addressFocuses: readonly FocusPlan[] = [
  {
    name: 'addresses',
    about: 'a liveness check of each side, a tunnel packet of each, and a crash',
    scope: {
      ...quiet,
      probes,
      esp: { ...quiet.esp, outbound: 1 },
      returns: 0,
      synchLosses: 0,
      retransmissions: 0,
      network: 2,
      addresses: { packets: 1, renewals: 0 },
    },
    small: { probes: { cluster: true, peer: false } },
    large: { returns: 1, retransmissions: 1 },
    relevant: withoutEsp,
    properties: (constants) => [
      oneAddress(constants),
      packetsFindTheCluster(constants),
      ...(constants.scope.probes.cluster ? [clusterCanExchange(constants)] : []),
      ...(constants.scope.probes.peer ? [peerCanExchangeAcross(constants)] : []),
    ],
  },
  {
    name: 'outages',
    about: 'a crash, a peer that gives up and comes again, and its tunnel packets',
    scope: {
      ...quiet,
      probes: { cluster: false, peer: true },
      synchLosses: 0,
      network: 2,
      addresses: { packets: 1, renewals: 1 },
    },
    small: { returns: 0, retransmissions: 0 },
    large: { crashes: 2, returns: 1, addresses: { packets: 2, renewals: 1 } },
    relevant: withoutEsp,
    properties: (constants) => [packetsFindTheCluster(constants), peerComesBack(constants)],
  },
  {
    name: 'planned',
    about: 'a failover by command, without a fault',
    scope: {
      ...quiet,
      crashes: 0,
      returns: 0,
      handovers: 1,
      synchLosses: 0,
      network: 2,
      addresses: { packets: 2, renewals: 1 },
    },
    small: { addresses: { packets: 1, renewals: 1 } },
    large: { handovers: 2, network: 3 },
    relevant: withoutEsp,
    properties: (constants) => [packetsFindTheCluster(constants)],
  },
]

/** Searches about addresses: RFC 6027 sections 2 and 3.8. */
import { oneAddress, packetsFindTheCluster, peerComesBack } from '../addresses.ts'
import { type FocusPlan, quiet, withoutEsp } from '../focus.ts'
import { clusterCanExchange, peerCanExchange } from '../missing-synch.ts'

const probes = { cluster: true, peer: true }

export const addressFocuses: readonly FocusPlan[] = [
  {
    name: 'addresses',
    about: 'a liveness check of each side, a tunnel packet of each, and a crash',
    scope: {
      ...quiet,
      probes,
      packets: 1,
      returns: 0,
      network: 2,
      addresses: { packets: 1, renewals: 1 },
    },
    small: { addresses: { packets: 1, renewals: 0 } },
    large: { returns: 1, network: 3 },
    relevant: withoutEsp,
    properties: (constants) => [
      oneAddress(constants),
      packetsFindTheCluster(constants),
      peerComesBack(constants),
      clusterCanExchange,
      peerCanExchange,
    ],
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

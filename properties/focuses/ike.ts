/** Searches about the IKE SA: RFC 6027 sections 2, 3.2, 3.3, 3.6 and 3.7. */
import type { Constants } from '../../model/constants/constants.ts'
import type { Property } from '../../src/modelling/property.ts'
import {
  acknowledgementsPerExchange,
  exchangesToRecover,
  synchPerExchange,
  waitsPerExchange,
} from '../measures/exchanges.ts'
import { countersAgree } from '../requirements/agreement.ts'
import { eitherCanExchange, noKnownAnomaly, peerIsNeverSilenced } from '../requirements/anomalies.ts'
import { messageIdProperties } from '../requirements/message-ids.ts'
import { childSasMirrored, clusterCanExchange, peerCanExchange } from '../requirements/missing-synch.ts'
import { type FocusPlan, quiet, withoutEsp } from './focus.ts'

/** Every property of the IKE SA that the bounds can judge. */
export const ikeProperties = (constants: Constants): readonly Property[] => {
  const { probes } = constants.scope
  return [
    ...messageIdProperties(constants),
    countersAgree(constants),
    ...(probes.cluster ? [clusterCanExchange(constants)] : []),
    ...(probes.peer ? [peerCanExchange(constants)] : []),
    childSasMirrored(constants),
    noKnownAnomaly(constants),
    ...(probes.cluster && probes.peer ? [eitherCanExchange(constants)] : []),
  ]
}

const plan = (focus: Omit<FocusPlan, 'relevant' | 'properties'>): FocusPlan => ({
  ...focus,
  relevant: withoutEsp,
  properties: ikeProperties,
})

/** No member returns and nobody retransmits more than it must. */
const brief = { ...quiet, returns: 0, retransmissions: 0, network: 2 }

export const ikeFocuses: readonly FocusPlan[] = [
  plan({
    name: 'own-requests',
    about: 'exchanges that the cluster starts',
    large: { network: 4 },
    scope: {
      ...quiet,
      requests: { cluster: { createChild: 2 }, peer: {} },
      probes: { cluster: true, peer: false },
    },
    small: { requests: { cluster: { createChild: 1 }, peer: {} }, retransmissions: 0, network: 2 },
  }),
  plan({
    name: 'peer-requests',
    about: 'exchanges that the peer starts',
    large: { network: 4 },
    scope: {
      ...quiet,
      requests: { cluster: {}, peer: { createChild: 2 } },
      probes: { cluster: false, peer: true },
    },
    small: { requests: { cluster: {}, peer: { createChild: 1 } }, retransmissions: 0, network: 2 },
  }),
  plan({
    name: 'own-briefly',
    about: 'an exchange that the cluster starts, and its liveness check; no member returns',
    large: { synchLosses: 2 },
    small: 'skipped',
    scope: {
      ...brief,
      requests: { cluster: { createChild: 1 }, peer: {} },
      probes: { cluster: true, peer: false },
    },
  }),
  plan({
    name: 'peer-briefly',
    about: 'an exchange that the peer starts, and its liveness check; no member returns',
    large: { synchLosses: 2 },
    small: 'skipped',
    scope: {
      ...brief,
      requests: { cluster: {}, peer: { createChild: 1 } },
      probes: { cluster: false, peer: true },
    },
  }),
  {
    ...plan({
      name: 'together',
      about: 'exchanges in both directions and packets at once, for failures that cross the other scopes',
      small: 'skipped',
      scope: {
        ...quiet,
        requests: { cluster: { createChild: 1 }, peer: { createChild: 1 } },
        probes: { cluster: false, peer: true },
        esp: { ...quiet.esp, outbound: 1 },
        returns: 0,
      },
    }),
    relevant: (scheme) => scheme,
  },
  plan({
    name: 'second-failover',
    about: 'two crashes, the second after the first member has returned',
    small: 'skipped',
    scope: {
      ...quiet,
      probes: { cluster: true, peer: true },
      crashes: 2,
      synchLosses: 0,
      network: 2,
      retransmissions: 0,
    },
  }),
  {
    ...plan({
      name: 'peer-survives',
      about: 'a liveness check of the peer and two crashes, the second after the first member has returned',
      small: 'skipped',
      scope: {
        ...quiet,
        probes: { cluster: false, peer: true },
        crashes: 2,
        synchLosses: 0,
        network: 2,
        retransmissions: 0,
      },
    }),
    properties: (constants) => [peerIsNeverSilenced(constants), childSasMirrored(constants)],
  },
  plan({
    name: 'deletions',
    about: 'a child SA that either side deletes, both at once included',
    large: { network: 3, retransmissions: 1 },
    small: 'skipped',
    scope: {
      ...brief,
      requests: { cluster: { deleteChild: 1 }, peer: { deleteChild: 1 } },
      probes: { cluster: false, peer: true },
    },
  }),
  plan({
    name: 'rekey-child',
    about: 'a child SA that either side rekeys, both at once included',
    large: { returns: 1 },
    small: 'skipped',
    scope: { ...brief, requests: { cluster: { rekeyChild: 1 }, peer: { rekeyChild: 1 } } },
  }),
  plan({
    name: 'rekey-ike',
    about: 'an IKE SA that either side rekeys, both at once included',
    large: { probes: { cluster: false, peer: true } },
    small: 'skipped',
    scope: { ...brief, requests: { cluster: { rekeyIke: 1 }, peer: { rekeyIke: 1 } } },
  }),
  plan({
    name: 'window-2',
    about: 'two requests of the cluster outstanding at one time',
    large: { requests: { cluster: { createChild: 2 }, peer: { createChild: 1 } } },
    small: 'skipped',
    scope: {
      ...brief,
      window: 2,
      requests: { cluster: { createChild: 2 }, peer: {} },
      probes: { cluster: true, peer: false },
    },
  }),
  plan({
    name: 'handover',
    about: 'a member that hands over without a fault, by command or rebalancing',
    large: { synchLosses: 1 },
    small: 'skipped',
    scope: {
      ...brief,
      requests: { cluster: { createChild: 1 }, peer: { createChild: 1 } },
      probes: { cluster: false, peer: true },
      crashes: 0,
      handovers: 1,
      synchLosses: 0,
    },
  }),
  plan({
    name: 'split-brain',
    about: 'a synch channel that is cut, each member taking the other for down',
    small: 'skipped',
    scope: {
      ...brief,
      requests: { cluster: { createChild: 1 }, peer: { createChild: 1 } },
      probes: { cluster: false, peer: true },
      crashes: 0,
      splits: true,
      synchLosses: 0,
    },
  }),
  plan({
    name: 'healed-split',
    about: 'a synch channel that is cut and works again, and a crash',
    small: 'skipped',
    scope: {
      ...brief,
      probes: { cluster: false, peer: true },
      splits: true,
      heals: 1,
      synchLosses: 0,
    },
  }),
  {
    ...plan({
      name: 'hung-standby',
      about: 'a standby that hangs, so that it acknowledges nothing',
      small: 'skipped',
      scope: { ...brief, probes: { cluster: true, peer: true }, crashes: 0, hangs: 1, synchLosses: 0 },
    }),
    // Nothing is sent any more once it hangs: what is transparent is judged by that.
    properties: (constants) => [
      clusterCanExchange(constants),
      peerCanExchange(constants),
      peerIsNeverSilenced(constants),
      eitherCanExchange(constants),
    ],
  },
  plan({
    name: 'suspected',
    about: 'a member that is taken for down and is up, and a crash',
    large: { hangs: 1 },
    small: 'skipped',
    scope: {
      ...brief,
      probes: { cluster: true, peer: false },
      suspicions: 1,
      synchLosses: 0,
    },
  }),
  plan({
    name: 'sharing-own',
    about: 'members that share the load and start exchanges; no fault but a lost synch message',
    scope: {
      ...brief,
      requests: { cluster: { createChild: 1 }, peer: {} },
      probes: { cluster: true, peer: false },
      crashes: 0,
      handovers: 1,
    },
    large: { requests: { cluster: { createChild: 2 }, peer: {} } },
  }),
  plan({
    name: 'sharing-peer',
    about: 'members that share the load while the peer starts exchanges; no fault but a lost synch message',
    small: 'skipped',
    scope: {
      ...brief,
      requests: { cluster: {}, peer: { createChild: 1 } },
      probes: { cluster: false, peer: true },
      crashes: 0,
      handovers: 1,
    },
    large: { requests: { cluster: {}, peer: { createChild: 2 } } },
  }),
  plan({
    name: 'three-members',
    about: 'three members of which two crash',
    large: { requests: { cluster: { createChild: 1 }, peer: { createChild: 1 } } },
    small: 'skipped',
    scope: {
      ...brief,
      members: 3,
      requests: { cluster: { createChild: 1 }, peer: {} },
      probes: { cluster: true, peer: false },
      crashes: 2,
      synchLosses: 0,
    },
  }),
  {
    ...plan({
      name: 'price-of-exchanges',
      about: 'exchanges when nothing fails, for what they cost',
      small: 'skipped',
      scope: {
        ...brief,
        requests: { cluster: { createChild: 1 }, peer: { createChild: 1 } },
        crashes: 0,
        synchLosses: 0,
      },
    }),
    properties: (constants) => [
      synchPerExchange(constants),
      acknowledgementsPerExchange(constants),
      waitsPerExchange(constants),
    ],
  },
  {
    ...plan({
      name: 'price-of-takeover',
      about: 'the exchanges before and after a takeover, for what it costs',
      small: 'skipped',
      scope: {
        ...brief,
        requests: { cluster: { createChild: 1 }, peer: { createChild: 1 } },
        probes: { cluster: true, peer: true },
        handovers: 0,
      },
    }),
    properties: (constants) => [exchangesToRecover(constants)],
  },
]

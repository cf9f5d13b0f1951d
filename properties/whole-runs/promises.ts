/**
 * Properties of whole runs: that what should happen after a failover does happen, if the network delivers what is sent again
 * and again. The other properties say what must not happen, and `LIV-1` that an exchange is still possible.
 */

import { type Constants, MEMBER, type Member, membersOf, type Side } from '../../model/constants/constants.ts'
import { DELIVERIES } from '../../model/ends/deliveries.ts'
import { actsOnIke } from '../../model/gateway/roles.ts'
import { holdsSa, isBusy } from '../../model/ike/message-ids.ts'
import { type ClusterSchema, type ClusterView, ikesOf } from '../../model/state/cluster-state.ts'
import {
  type Fairness,
  leadsTo,
  type Property,
  strongly,
  type Temporal,
  weakly,
} from '../../src/modelling/property.ts'

/** Whatever can arrive again and again arrives: a network that loses some of it delivers what is sent again. */
const ARRIVES = [...DELIVERIES, 'ReceivesSynch']

/** What ends do of themselves when nothing prevents it. */
const DONE = [
  'ClusterAsks',
  'ClusterRetransmits',
  'ClusterReleasesRequest',
  'ClusterReleasesAnswer',
  'PeerAsks',
  'PeerRetransmits',
  'TakesOver',
]

/** An end that waits long enough gives up. */
const TIRES = ['ClusterGivesUp', 'PeerGivesUp']

/** The fairness of runs, for the actions that a model has. */
const fairness = (has: (action: string) => boolean, done: readonly string[]): readonly Fairness[] => [
  ...ARRIVES.filter(has).map((action) => strongly(action)),
  ...done.filter(has).map((action) => weakly(action)),
  // Old messages do not fill the network for ever.
  ...(has('NetworkLoses') ? [strongly('NetworkLoses', { each: 'm' })] : []),
]

/**
 * REC-2. Judged by liveness checks: each end has one, which it starts anew when a member takes over.
 *
 * INTERPRETATION: runs in which an end gives up are not blamed here, for when it does so is a matter of timers.
 */
const trafficFlowsAgain = (constants: Constants, has: (action: string) => boolean): Temporal =>
  leadsTo<ClusterSchema>('TrafficFlowsAgain', {
    label: 'REC-2',
    sentence:
      'After a takeover liveness checks of both ends are answered, if what is sent again and again arrives, unless an end gives up.',
    source: 'RFC 6027 section 2',
    whenever: (s) => membersOf(constants).some((m) => m !== MEMBER[0] && actsOnIke(s, m)),
    holds: (s) =>
      s.gaveUp ||
      !membersOf(constants).some((m) => actsOnIke(s, m)) ||
      (s.probe.cluster === 'answered' && s.probe.peer === 'answered'),
    fair: fairness(has, DONE),
  })

/** LIV-2, of the exchanges of one end. A request that is held back has not been sent, and no timer ends it. */
const exchangesEnd = (side: Side, constants: Constants, has: (action: string) => boolean): Temporal => {
  const ikes = ikesOf(constants)
  const busy = (s: ClusterView): boolean =>
    !s.gaveUp &&
    (side === 'peer'
      ? isBusy(s.peer, ikes)
      : membersOf(constants).some((m) => actsOnIke(s, m) && isBusy(s.member[m], ikes)))
  return leadsTo<ClusterSchema>(side === 'peer' ? 'PeerExchangesEnd' : 'ClusterExchangesEnd', {
    label: side === 'peer' ? 'LIV-2p' : 'LIV-2c',
    sentence: `Every exchange that the ${side} starts ends: it is answered, or an end gives up.`,
    source: 'RFC 7296 section 2.4; RFC 6027 section 3.6',
    whenever: busy,
    holds: (s) => !busy(s),
    fair: fairness(has, [...DONE, ...TIRES]),
  })
}

/** SYN-2. */
const standbyIsInSynch = (constants: Constants, has: (action: string) => boolean): Temporal => {
  const members = membersOf(constants)
  const knowsLess = (s: ClusterView, m: Member): boolean =>
    s.member[m].up &&
    !actsOnIke(s, m) &&
    members.some((acting) => {
      if (acting === m || !actsOnIke(s, acting) || !holdsSa(s.member[acting])) return false
      const [here, there] = [s.member[m], s.member[acting]]
      const [own, others] = [here.ike[here.current]!, there.ike[there.current]!]
      return !own.sa || own.nextSend !== others.nextSend || own.expects !== others.expects
    })
  const behind = (s: ClusterView): boolean => !s.gaveUp && members.some((m) => knowsLess(s, m))
  return leadsTo<ClusterSchema>('StandbyIsInSynch', {
    label: 'SYN-2',
    sentence:
      'A standby, also one that has returned, comes to know the IKE SA and the counters of the member that acts.',
    source: 'RFC 6027 section 3.6',
    whenever: behind,
    holds: (s) => !behind(s),
    fair: fairness(has, DONE),
  })
}

/** All of them, for a model with these actions. */
export const promises = (constants: Constants, actions: readonly string[]): readonly Property[] => {
  const has = (action: string): boolean => actions.includes(action)
  return [
    trafficFlowsAgain(constants, has),
    exchangesEnd('cluster', constants, has),
    exchangesEnd('peer', constants, has),
    standbyIsInSynch(constants, has),
  ]
}

/** RFC 6027 sections 2 and 3.7: who acts on an IKE SA when several members could. */
import type { NamedScheme } from './named-scheme.ts'
import { everything, ike } from './policies.ts'

/** Load sharing, handing over without a fault, and a cluster that falls apart. */
export const loadSharingIke: readonly NamedScheme[] = [
  {
    name: 'share-ike-freely',
    about: 'Every member acts on the IKE SA and tells the others after each exchange.',
    scheme: { ...ike, ikeBy: 'all' },
    judgedBy: ['sharing-own', 'sharing-peer'],
  },
  {
    name: 'share-ike-freely-acked',
    about: 'As share-ike-freely, but every IKE event waits until the others have acknowledged it.',
    scheme: { ...everything, ikeBy: 'all' },
    judgedBy: ['sharing-own', 'sharing-peer'],
  },
  {
    name: 'share-ike-lock',
    about: 'The member that holds a lock acts; it is passed on with the counters in a synch message.',
    scheme: { ...ike, ikeBy: 'lock', carriesAnswer: true, carriesRequest: true },
    judgedBy: ['sharing-own', 'sharing-peer'],
  },
  {
    name: 'share-ike-lock-acked',
    about: 'As share-ike-lock, but the synch message with the lock is acknowledged, as everything else is.',
    scheme: { ...everything, ikeBy: 'lock', drains: true },
    judgedBy: ['sharing-own', 'sharing-peer'],
  },
  {
    name: 'hand-over-at-once',
    about: 'Sticky per peer, everything acknowledged; rebalancing does not wait for what is under way.',
    scheme: everything,
    judgedBy: ['handover', 'sharing-own', 'sharing-peer'],
  },
  {
    name: 'hand-over-unsynched',
    about: 'Sticky per peer with the synch of synch-ike; rebalancing waits until the other has read it all.',
    scheme: { ...ike, drains: true },
    judgedBy: ['handover', 'sharing-own', 'sharing-peer'],
  },
  {
    name: 'hand-over-drained',
    about:
      'Sticky per peer, everything acknowledged; rebalancing waits until nothing is under way between members.',
    scheme: { ...everything, drains: true },
    judgedBy: ['handover', 'sharing-own', 'sharing-peer'],
  },
  {
    name: 'split-all-go-on',
    about: 'Everything acknowledged; when the synch channel is cut, each member goes on for itself.',
    scheme: everything,
    judgedBy: ['split-brain', 'healed-split'],
  },
  {
    name: 'split-one-goes-on',
    about: 'Everything acknowledged; when the synch channel is cut, a witness lets one member go on.',
    scheme: { ...everything, whenCut: 'oneGoesOn' },
    judgedBy: ['split-brain', 'healed-split'],
  },
]

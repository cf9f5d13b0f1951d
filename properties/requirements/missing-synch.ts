/** RFC 6027 section 3.6, missing synch messages: an IKE SA that cannot be used any more, and child SAs at one end only. */
import { type Constants, type Member, membersOf, type Side } from '../../model/constants/constants.ts'
import { isBusyWithOwn } from '../../model/extension-points/extensions.ts'
import { actsOnIke } from '../../model/gateway/roles.ts'
import { owesNothing } from '../../model/ike/exchanges.ts'
import { isBusy } from '../../model/ike/message-ids.ts'
import {
  type ClusterSchema,
  type ClusterView,
  childrenOf,
  FIRST_CHILD,
  ikesOf,
} from '../../model/state/cluster-state.ts'
import type { WireEvents } from '../../model/wire/pictures.ts'
import { type AlwaysPossible, always, alwaysPossible, type Property } from '../../src/modelling/property.ts'
import { childrenApart, doomed } from '../explanations/ends.ts'

/**
 * LIV-1. The probe is the reserve that no budget can take away.
 *
 * INTERPRETATION: judged until an end gives up. Giving up follows from a doom, but it is also what IKEv2 does when a network loses everything.
 */
const exchangePossible =
  (side: Side, name: string, sentence: string) =>
  (constants: Constants): AlwaysPossible =>
    alwaysPossible<ClusterSchema, WireEvents>(name, {
      label: side === 'cluster' ? 'LIV-1c' : 'LIV-1p',
      sentence,
      source: 'RFC 6027 section 3.6',
      explain: (story, s) => doomed(story, s, constants, [side]),
      holds: (s) => s.probe[side] === 'answered',
      whenever: (s) => !s.gaveUp,
      conditions: {
        [`an exchange of the ${side} was answered`]: (s) => s.probe[side] === 'answered',
        'no end gave up': (s) => !s.gaveUp,
      },
    })

/** LIV-1 for an exchange that the cluster starts. */
export const clusterCanExchange = exchangePossible(
  'cluster',
  'ClusterCanExchange',
  'As long as no end gives up, an exchange started by the cluster can still complete: the IKE SA is not doomed.',
)

/** LIV-1 for an exchange that the peer starts. */
export const peerCanExchange = exchangePossible(
  'peer',
  'PeerCanExchange',
  'As long as no end gives up, an exchange started by the peer can still complete: the IKE SA is not doomed.',
)

/**
 * The members that act on the IKE SA when nothing is under way that could still change a set of child SAs; none
 * otherwise. One that has lost the IKE SA is at rest too, with no child; only after an end gave up nothing is promised.
 */
const atRest = (s: ClusterView, members: readonly Member[], ikes: readonly string[]): boolean => {
  if (s.gaveUp || s.network.length > 0 || isBusy(s.peer, ikes) || !owesNothing(s.peer)) return false
  for (const channel of Object.values(s.synch)) if (channel.queue.length > 0) return false
  return members.every((m) => !actsOnIke(s, m) || (!isBusy(s.member[m], ikes) && owesNothing(s.member[m])))
}

/** CHD-1 for the bounds of `constants`. */
export const childSasMirrored = (constants: Constants): Property => {
  const children = childrenOf(constants)
  const members = membersOf(constants)
  const ikes = ikesOf(constants)
  const acting = (s: ClusterView) => members.filter((m) => actsOnIke(s, m))
  const resting = (s: ClusterView) =>
    atRest(s, members, ikes) && !isBusyWithOwn(s, constants, [...acting(s), 'P'])
  const same = (s: ClusterView): boolean =>
    acting(s).every((m) =>
      children.every((child) => s.member[m].children.has(child) === s.peer.children.has(child)),
    )
  return always<ClusterSchema, WireEvents>('ChildSasMirrored', {
    label: 'CHD-1',
    sentence: 'At rest, cluster and peer hold the same child SAs with the same keys.',
    source: 'RFC 7296 section 1.4; RFC 6027 section 3.6',
    explain: (story, s) => childrenApart(story, s, constants, children),
    holds: (s) => !resting(s) || same(s),
    conditions: {
      'nothing is under way': resting,
      'the acting members hold the child SAs of the peer': same,
    },
    situation: (s) =>
      resting(s) &&
      acting(s).length > 0 &&
      children.some((child) => (child === FIRST_CHILD) !== s.peer.children.has(child)),
  })
}

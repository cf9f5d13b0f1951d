/** RFC 6027 section 3.6, missing synch messages: an IKE SA that cannot be used any more, and child SAs at one end only. */
import type { Side } from '../model/constants.ts'
import { type ClusterSchema, type ClusterView, FIRST_CHILD, type MemberView } from '../model/state.ts'
import { always, alwaysPossible, type Property } from '../src/modelling/property.ts'

/**
 * LIV-1. The probe is the reserve that no budget can take away.
 *
 * INTERPRETATION: judged until an end gives up. Giving up follows from a doom, but it is also what IKEv2 does when a network loses everything.
 */
const exchangePossible = (side: Side, name: string, sentence: string): Property =>
  alwaysPossible<ClusterSchema>(name, {
    label: side === 'cluster' ? 'LIV-1c' : 'LIV-1p',
    sentence,
    source: 'RFC 6027 section 3.6',
    holds: (s) => s.probe[side] === 'answered',
    whenever: (s) => !s.gaveUp,
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
 * The active member when nothing is under way that could still change a set of child SAs. One that has lost the
 * IKE SA is at rest too, with no child; only after an end gave up nothing is promised.
 */
const atRest = (s: ClusterView): MemberView | undefined => {
  const me = s.member[s.active]
  const resting =
    me.up &&
    !s.gaveUp &&
    me.request.exchange === 'none' &&
    s.peer.request.exchange === 'none' &&
    !me.holdsAnswer &&
    s.network.length === 0 &&
    s.synch.length === 0
  return resting ? me : undefined
}

/** CHD-1 for the child SAs named. */
export const childSasMirrored = (children: readonly string[]): Property =>
  always<ClusterSchema>('ChildSasMirrored', {
    label: 'CHD-1',
    sentence: 'At rest, cluster and peer hold the same child SAs with the same keys.',
    source: 'RFC 7296 section 1.4; RFC 6027 section 3.6',
    holds: (s) => {
      const me = atRest(s)
      return (
        me === undefined || children.every((child) => me.children.has(child) === s.peer.children.has(child))
      )
    },
    situation: (s) =>
      atRest(s) !== undefined &&
      children.some((child) => child !== FIRST_CHILD && s.peer.children.has(child)),
  })

/**
 * The allocation of SPIs: RFC 6027 section 3.9, for child SAs and IKE SAs alike. A member that acts sets up SAs with
 * peers and chooses the SPIs by which it will receive on them.
 *
 * Choosing an SPI stands for the whole exchange that carries it: an exchange that fails leaves no SA, and is here one
 * that did not take place; one that succeeds can do so before anything else happens. An SPI lives for as long as the
 * peer uses the SA, whatever became of the member.
 */
import { type Action, actionsOn } from '../../src/modelling/action.ts'
import { type Constants, type Member, membersOf, othersOf } from '../constants/constants.ts'
import { actsOnIke } from '../gateway/roles.ts'
import type { Wire } from '../ike/message-ids.ts'
import type { ClusterDraft, ClusterSchema, ClusterView } from '../state/cluster-state.ts'
import {
  dropChosen,
  hasSpis,
  KIND,
  kindOf,
  numberOf,
  type Peer,
  partsOf,
  peersOf,
  spisOf,
  waitsForSpis,
} from '../state/spis.ts'
import { hasSynchRoom, isDrained, listens, queueTo, someoneListens } from '../synch/channels.ts'
import { shownOf } from '../synch/messages.ts'
import { tellOfSpi, tellSpi } from '../synch/telling.ts'
import type { WireEvents } from '../wire/pictures.ts'

/** Whether a member keeps the table out of which SPIs are granted. */
const grantsSpis = (s: ClusterView, at: Member): boolean => s.keeper === at && actsOnIke(s, at)

/**
 * Roles have changed: if the member that keeps the table of SPIs acts no more, the first that acts keeps it, with what
 * it knows. One that comes back does not get it again.
 */
export const passTable = (d: ClusterDraft, constants: Constants): void => {
  if (!hasSpis(constants) || constants.scheme.spi !== 'granted' || actsOnIke(d, d.keeper)) return
  d.keeper = membersOf(constants).find((m) => actsOnIke(d, m)) ?? d.keeper
}

/** The actions that allocate SPIs and free them. */
export const spiActions = (constants: Constants): readonly Action[] => {
  if (!hasSpis(constants)) return []
  const { scheme, scope } = constants
  const action = actionsOn<ClusterSchema, WireEvents>()
  const members = membersOf(constants)
  const at = members
  const peer = peersOf(constants)
  const spi = spisOf(constants)
  const waits = waitsForSpis(constants)
  const parts = partsOf(constants)
  const pairs = members.flatMap((from) => othersOf(constants, from).map((to) => ({ from, to })))

  /** Whether a member may choose an SPI by itself. */
  const mayChoose = (s: ClusterView, at: Member, spi: string): boolean => {
    const me = s.member[at]
    if (me.spis[spi]!.use !== 'free' || me.chosen.spi !== 'none') return false
    switch (scheme.spi) {
      case 'independent':
        return true
      case 'partitioned':
        return numberOf(spi) % parts === me.part
      case 'tag-reused':
        return numberOf(spi) % parts === members.indexOf(at)
      case 'granted':
        return grantsSpis(s, at)
    }
  }

  /** The SA comes into being. */
  const assign = (d: ClusterDraft, emit: Wire, at: Member, peer: Peer, spi: string): void => {
    d.member[at].spis[spi]!.use = 'taken'
    const user = peersOf(constants).find((p) => d.spi[spi]![p] === 1) ?? 'nobody'
    d.spi[spi]![peer] = 1
    emit.spiAssigned({ member: at, peer, kind: kindOf(spi), value: numberOf(spi), user })
  }

  /**
   * A member chooses an SPI for a new SA. Where SPIs are told before they are used, it tells this one first. Peers differ
   * in nothing, and neither do kinds, so the first SA is one of the first kind with the first peer.
   */
  const chooses = action('SetsUpSa', {
    choose: { at, peer, spi },
    guard: (s, { at, peer, spi }) =>
      actsOnIke(s, at) &&
      s.spent.spis < scope.spi.allocations &&
      (s.spent.spis > 0 || (peer === 'peer1' && kindOf(spi) === KIND[0])) &&
      mayChoose(s, at, spi) &&
      hasSynchRoom(s, constants, at),
    effect: (d, { at, peer, spi }, emit) => {
      const me = d.member[at]
      d.spent.spis += 1
      tellOfSpi(d, emit, constants, at, 'taken', spi)
      if (!waits || !someoneListens(d, constants, at)) {
        assign(d, emit, at, peer, spi)
        return
      }
      me.spis[spi]!.use = 'taken'
      me.chosen.spi = spi
      me.chosen.peer = peer
    },
  })

  /** Everybody has read which SPI was chosen: the SA is set up, or the SPI is granted to the member that asked. */
  const releases = action('ReleasesSpi', {
    choose: { at },
    guard: (s, { at }) =>
      actsOnIke(s, at) && s.member[at].chosen.spi !== 'none' && isDrained(s, constants, at),
    effect: (d, { at }, emit) => {
      const { chosen } = d.member[at]
      const { spi, by, peer } = chosen
      dropChosen(d.member[at])
      if (by === 'itself') assign(d, emit, at, peer, spi)
      else if (listens(d, by)) tellSpi(d, emit, constants, at, by, 'granted', spi)
    },
  })

  /** An SA ends: its peer deletes it by way of a member that acts, or gives it up when no member knows it any more. */
  const ends = action('SaEnds', {
    choose: { at, peer, spi },
    guard: (s, { at, peer, spi }) =>
      s.spi[spi]![peer] === 1 && actsOnIke(s, at) && hasSynchRoom(s, constants, at),
    effect: (d, { at, peer, spi }, emit) => {
      d.spi[spi]![peer] = 0
      emit.spiFreed({ member: at, peer, kind: kindOf(spi), value: numberOf(spi) })
      if (d.member[at].spis[spi]!.use !== 'taken') return
      d.member[at].spis[spi]!.use = 'free'
      tellOfSpi(d, emit, constants, at, 'freed', spi)
    },
  })

  /** A member asks the one that keeps the table. The question may be lost, and so may the answer: it asks again. */
  const asks = action('AsksForSpi', {
    by: ({ pair }) => pair.from,
    choose: { pair: pairs, kind: KIND },
    guard: (s, { pair: { from, to }, kind }) =>
      actsOnIke(s, from) &&
      (s.spent.spis > 0 || kind === KIND[0]) &&
      grantsSpis(s, to) &&
      s.spent.spis < scope.spi.allocations &&
      queueTo(s, from, to).length < scope.synch,
    effect: (d, { pair: { from, to }, kind }, emit) => {
      d.spent.spis += 1
      tellSpi(d, emit, constants, from, to, 'asked', `${kind}0`)
    },
  })

  /** The member that keeps the table grants an SPI that it takes for free, and tells the others. */
  const grants = action('GrantsSpi', {
    by: ({ pair }) => pair.to,
    choose: { pair: pairs, spi },
    guard: (s, { pair: { from, to }, spi }) => {
      const head = queueTo(s, from, to).at(0)
      return (
        head !== undefined &&
        head.about === 'asked' &&
        kindOf(head.spi) === kindOf(spi) &&
        grantsSpis(s, to) &&
        mayChoose(s, to, spi) &&
        hasSynchRoom(s, constants, to)
      )
    },
    effect: (d, { pair: { from, to }, spi }, emit) => {
      const me = d.member[to]
      emit.synchReceived({ ...shownOf(queueTo(d, from, to).at(0)!), sender: from, receiver: to })
      d.synch[from + to]!.queue.removeAt(0)
      me.spis[spi]!.use = 'taken'
      if (waits) {
        tellOfSpi(d, emit, constants, to, 'taken', spi)
        me.chosen.spi = spi
        me.chosen.by = from
        me.chosen.peer = 'peer1'
      } else {
        tellOfSpi(d, emit, constants, to, 'taken', spi, from)
        if (listens(d, from)) tellSpi(d, emit, constants, to, from, 'granted', spi)
      }
    },
  })

  /** A member sets up an SA with an SPI that was granted to it. */
  const usesGrant = action('UsesGrant', {
    choose: { at, peer, spi },
    guard: (s, { at, spi }) => actsOnIke(s, at) && s.member[at].spis[spi]!.use === 'granted',
    effect: (d, { at, peer, spi }, emit) => assign(d, emit, at, peer, spi),
  })

  return [
    chooses,
    ...(waits ? [releases] : []),
    ends,
    ...(scheme.spi === 'granted' && pairs.length > 0 ? [asks, grants, usesGrant] : []),
  ]
}

/** RFC 6027 sections 2 and 3.8: from which addresses the cluster speaks, and whether the peer still finds it. */
import { ADDRESS, type Address, type Constants, membersOf } from '../../model/constants/constants.ts'
import { agreedAddresses, takesIke } from '../../model/gateway/addresses.ts'
import { actsOnIke } from '../../model/gateway/roles.ts'
import { holdsSa } from '../../model/ike/message-ids.ts'
import { type ClusterSchema, ikesOf } from '../../model/state/cluster-state.ts'
import type { WireEvents } from '../../model/wire/pictures.ts'
import type { SetDraft } from '../../src/modelling/draft.ts'
import { alwaysPossible, type Judge, monitorOn, type Property } from '../../src/modelling/property.ts'
import { bool, each, record, setOf } from '../../src/modelling/schema.ts'
import { neverBack } from '../explanations/ends.ts'
import { otherAddress, sentWhereNobodyIs } from '../explanations/others.ts'
import { peerCanExchange } from './missing-synch.ts'

const monitor = monitorOn<WireEvents>()

/** TRN-2 for the bounds of `constants`. */
export const oneAddress = (constants: Constants): Property => {
  const agreed = agreedAddresses(constants)
  const judgeSource = (
    ike: SetDraft<Address>,
    esp: SetDraft<Address>,
    source: Address,
    judge: Judge,
  ): void => {
    if (ike.size > 0 && esp.size > 0) judge.arose()
    if (
      agreed.length > 0
        ? !agreed.includes(source)
        : ADDRESS.some((a) => a !== source && (ike.has(a) || esp.has(a)))
    )
      judge.violated()
  }
  return monitor('OneAddress', {
    label: 'TRN-2',
    sentence:
      'The IKE messages and tunnel packets of one IKE SA come from one address of the cluster, or from those that the peer agreed to.',
    source: 'RFC 6027 section 3.8',
    explain: otherAddress,
    memory: record({ seen: each(ikesOf(constants), record({ ike: setOf(ADDRESS), esp: setOf(ADDRESS) })) }),
    on: {
      ikeSent({ seen }, { ike: k, address, sender }, judge) {
        if (sender === 'P') return
        const { ike, esp } = seen[k]!
        ike.add(address)
        judgeSource(ike, esp, address, judge)
      },
      espSent({ seen }, { ike: k, source }, judge) {
        if (source === 'peer') return
        const { ike, esp } = seen[k]!
        esp.add(source)
        judgeSource(ike, esp, source, judge)
      },
    },
  })
}

/** ADR-1, in a scope with failures, or ADR-2, in one with planned failovers only. */
export const packetsFindTheCluster = (constants: Constants): Property => {
  const alone = !constants.scheme.cluster
  const planned = constants.scope.crashes === 0 && constants.scope.handovers > 0
  return monitor(planned ? 'PacketsFindTheClusterWhenPlanned' : 'PacketsFindTheCluster', {
    label: planned ? 'ADR-2' : 'ADR-1',
    sentence: planned
      ? 'In a planned failover the peer sends its tunnel packets to an address where the cluster takes them.'
      : 'The peer sends its tunnel packets to an address where the cluster takes them, or will after the takeover.',
    source: 'RFC 6027 sections 2 and 3.8',
    explain: sentWhereNobodyIs,
    memory: record({ moved: bool }),
    on: {
      // The situation: a packet after the load has moved; without a cluster, any packet.
      tookOver(memory) {
        memory.moved = true
      },
      handedOver(memory) {
        memory.moved = true
      },
      redirected(memory) {
        memory.moved = true
      },
      peerPacket({ moved }, { taken }, judge) {
        if (alone || moved) judge.arose()
        if (!taken) judge.violated()
      },
    },
  })
}

/**
 * LIV-1p where addresses matter. A peer that follows addresses learns the new one when the cluster speaks next, so it is
 * judged while the cluster has its probe left: the end of that budget is no doom.
 */
export const peerCanExchangeAcross = (constants: Constants): Property => {
  const anywhere = peerCanExchange(constants)
  if (constants.scheme.peer.addresses !== 'follows') return anywhere
  return alwaysPossible<ClusterSchema>(anywhere.name, {
    ...anywhere,
    sentence:
      'As long as no end gives up and the cluster has its probe left, an exchange started by the peer can still complete.',
    whenever: (s) => !s.gaveUp && s.probe.cluster === 'unused',
  })
}

/**
 * REC-1. Judged while the peer can still find out, by a probe, that it must look for another IKE SA, and until the one
 * that the scope allows is used up.
 */
export const peerComesBack = (constants: Constants): Property => {
  const members = membersOf(constants)
  return alwaysPossible<ClusterSchema, WireEvents>('PeerComesBack', {
    label: 'REC-1',
    sentence:
      'The peer can always come to hold an IKE SA in common with the member that acts where the peer looks for it.',
    source: 'RFC 6027 sections 2 and 3.2',
    explain: (story, s) => neverBack(story, s, constants),
    holds: (s) =>
      holdsSa(s.peer) &&
      members.some(
        (m) =>
          actsOnIke(s, m) && takesIke(constants, m, s.gateway.address) && s.member[m].ike[s.peer.current]!.sa,
      ),
    whenever: (s) =>
      s.spent.renewals === 0 && (!holdsSa(s.peer) || (!s.gaveUp && s.probe.peer !== 'answered')),
  })
}

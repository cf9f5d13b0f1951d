/** An end gives an IKE SA up: RFC 7296 section 2.4. */
import type { Constants, Member } from '../constants/constants.ts'
import { giveUp, NO_CHANGE } from '../ike/exchanges.ts'
import type { Wire } from '../ike/message-ids.ts'
import type { ClusterDraft } from '../state/cluster-state.ts'
import { tellGone, tellOfExchange } from '../synch/telling.ts'
import type { Party } from '../wire/pictures.ts'

/** The peer, or a member, for which there must be room to tell the others. */
export const givesUp = (d: ClusterDraft, emit: Wire, constants: Constants, at: Party, ike: string): void => {
  if (at !== 'P') {
    memberGivesUp(d, emit, constants, at, ike)
    return
  }
  emit.gaveUp({ party: 'P', ike })
  giveUp(constants, d.peer, ike)
  d.gaveUp = true
}

/** There must be room to tell the others. */
export const memberGivesUp = (
  d: ClusterDraft,
  emit: Wire,
  constants: Constants,
  at: Member,
  ike: string,
): void => {
  emit.gaveUp({ party: at, ike })
  d.gaveUp = true
  const { current } = d.member[at]
  giveUp(constants, d.member[at], ike)
  if (ike === current) tellGone(d, emit, constants, at)
  else tellOfExchange(d, emit, constants, at, ike, { ...NO_CHANGE, goneIke: ike })
}

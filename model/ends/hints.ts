/**
 * Unprotected hints: INVALID_IKE_SPI and INVALID_SPI (RFC 7296 sections 1.5 and 2.21.4), given by a member that does
 * not know an SA or forged by an attacker. RFC 6027 section 3.2 is where a peer would like to believe them.
 *
 * A hint arrives in the step in which it is sent: one that arrives later could as well be forged then, and one that is
 * lost was as well not sent. A peer that takes it for a hint may probe, which it may at any time anyway.
 */
import { type Action, actionsOn } from '../../src/modelling/action.ts'
import { requestLimit } from '../constants/budgets.ts'
import { type Constants, membersOf } from '../constants/constants.ts'
import { SIDE } from '../constants/parties.ts'
import { takesIke } from '../gateway/addresses.ts'
import { actsOnEsp, actsOnIke } from '../gateway/roles.ts'
import { giveUp } from '../ike/exchanges.ts'
import { holdsSa, type Wire } from '../ike/message-ids.ts'
import { type ClusterDraft, type ClusterSchema, FIRST_CHILD } from '../state/cluster-state.ts'
import { network, shows } from '../wire/drawn-messages.ts'
import { HINT, type Hint, type Hinter, type WireEvents } from '../wire/pictures.ts'

/** The actions by which hints come about. */
export const hintActions = (constants: Constants): readonly Action[] => {
  const { scheme, scope } = constants
  if (scope.hints === 0) return []
  const action = actionsOn<ClusterSchema, WireEvents>()
  const at = membersOf(constants)
  const hint = HINT

  /** The peer gets a hint about its IKE SA `ike`. One that believes it deletes the IKE SA at once. */
  const arrives = (d: ClusterDraft, emit: Wire, sender: Hinter, hint: Hint, ike: string): void => {
    d.spent.hints += 1
    const alive = d.peer.ike[ike]!.sa
    const believed = alive && scheme.peer.hints === 'believed'
    emit.hinted({ sender, hint, ike, alive, believed })
    if (!believed) return
    giveUp(constants, d.peer, ike)
    d.gaveUp = true
  }

  /** RFC 7296 section 2.21.4: a request for an IKE SA that the member does not know. */
  const ofIke = action('HintsAtIkeSpi', {
    choose: { at, m: network },
    shows,
    guard: (s, { at, m }) => {
      return (
        m.type === 'request' &&
        m.initiator === 'peer' &&
        s.spent.hints < scope.hints &&
        actsOnIke(s, at) &&
        takesIke(constants, at, m.address) &&
        !s.member[at].ike[m.ike]!.sa
      )
    },
    effect: (d, { at, m }, emit) => {
      arrives(d, emit, at, 'INVALID_IKE_SPI', m.ike)
    },
  })

  /** RFC 7296 section 1.5: a packet on a child SA that the member does not know, and no IKE SA to say so under protection. */
  const ofPacket = action('HintsAtSpi', {
    choose: { at },
    guard: (s, { at }) =>
      s.spent.hints < scope.hints &&
      actsOnEsp(s, at) &&
      !holdsSa(s.member[at]) &&
      s.peer.children.has(FIRST_CHILD),
    effect: (d, { at }, emit) => arrives(d, emit, at, 'INVALID_SPI', d.peer.current),
  })

  /** What is not protected, anybody can send who has seen the SPIs. */
  const forged = action('AttackerForgesHint', {
    fault: true,
    choose: { hint },
    guard: (s) => s.spent.hints < scope.hints && holdsSa(s.peer),
    effect: (d, { hint }, emit) => arrives(d, emit, 'attacker', hint, d.peer.current),
  })

  return [
    // Where nobody asks for anything the network has room for no message.
    ...(SIDE.some((side) => requestLimit(constants, side) > 0) && scope.network > 0 ? [ofIke] : []),
    ofPacket,
    ...(scope.attacker === 'A0' ? [] : [forged]),
  ]
}

/**
 * Addresses of the cluster: RFC 6027 sections 2 and 3.8. From which one a member sends, where it receives, what the
 * peer takes and where it sends to. V is the address that all members of a tight cluster share; a, b and c are the
 * members' own.
 */
import { agreedAddresses, isLoose, moves, ownAddress } from '../constants/addressing.ts'
import { type Constants, membersOf } from '../constants/constants.ts'
import type { Address } from '../constants/parties.ts'
import type { ClusterDraft, ClusterView } from '../state/cluster-state.ts'

export {
  addressesOf,
  addressFor,
  agreedAddresses,
  espSource,
  ikeSource,
  ownAddress,
  takesIke,
} from '../constants/addressing.ts'

/** Whether tunnel packets that are sent to an address come to a member that carries traffic, or will when one takes over. */
export const takesPackets = (s: ClusterView, constants: Constants, address: Address): boolean =>
  moves(constants, address) ||
  (isLoose(constants.scheme) &&
    membersOf(constants).some((m) => address === ownAddress(m) && s.member[m].up && s.member[m].onEsp))

/** Where the peer sends its tunnel packets: to the address agreed upon for them, otherwise where it sends IKE. */
export const packetAddress = (s: ClusterView, constants: Constants): Address =>
  agreedAddresses(constants).length > 0 ? 'V' : s.gateway.address

/** Whether the peer takes IKE messages from an address. */
export const acceptsFrom = (s: ClusterView, constants: Constants, address: Address): boolean =>
  constants.scheme.peer.addresses !== 'strict' ||
  address === s.gateway.address ||
  agreedAddresses(constants).includes(address)

/**
 * What a peer that follows addresses learns from an IKE message that it acts upon.
 *
 * INTERPRETATION: only a message that is new to it moves the address, never a repeated one; otherwise a replay from anywhere would.
 */
export const follow = (
  d: ClusterDraft,
  constants: Constants,
  address: Address,
  moved: (address: Address, packets: Address) => void,
): void => {
  if (constants.scheme.peer.addresses !== 'follows' || address === d.gateway.address) return
  d.gateway.address = address
  moved(address, packetAddress(d, constants))
}

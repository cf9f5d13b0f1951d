/**
 * Addresses of the cluster that follow from the scheme alone: RFC 6027 sections 2 and 3.8. From which one a member sends
 * and where it receives. V is the address that all members of a tight cluster share; a, b and c are the members' own.
 */
import { type Constants, membersOf } from './constants.ts'
import { type Address, MEMBER, type Member } from './parties.ts'
import type { Scheme } from './scheme.ts'

/** The address of a member's own. */
export const ownAddress = (m: Member): Address => m.toLowerCase() as Address

/** The own address of the member that acts first. */
const HOME = ownAddress(MEMBER[0])

/** Whether every member has an address of its own for everything, and there is no other. */
export const isLoose = ({ addressing }: Scheme): boolean =>
  addressing === 'loose' || addressing === 'loose-resolves' || addressing === 'loose-stays'

/** The addresses that a scheme can use; V alone where nothing depends on them. */
export const addressesOf = (constants: Constants): readonly Address[] =>
  constants.scheme.addressing === 'cluster' || constants.scheme.addressing === 'translated'
    ? ['V']
    : ['V', ...membersOf(constants).map(ownAddress)]

/** The address that the IKE messages of a member come from. */
export const ikeSource = ({ scheme }: Constants, at: Member): Address => {
  switch (scheme.addressing) {
    case 'cluster':
    case 'translated':
      return 'V'
    case 'loose':
      return HOME
    default:
      return ownAddress(at)
  }
}

/** The address that the tunnel packets of a member come from. */
export const espSource = (constants: Constants, at: Member): Address =>
  isLoose(constants.scheme) ? ikeSource(constants, at) : 'V'

/** Whether what is sent to this address comes to whoever carries the load: an address that moves with it. */
export const moves = ({ scheme }: Constants, address: Address): boolean =>
  address === 'V' || scheme.addressing === 'loose'

/** Whether a member that acts gets the IKE messages that are sent to an address. */
export const takesIke = (constants: Constants, at: Member, address: Address): boolean =>
  moves(constants, address) || address === ownAddress(at)

/**
 * The address that the peer sends to when an IKE SA is made with a member.
 *
 * INTERPRETATION: where IKE and tunnel packets come from different addresses without agreement, the peer sends to the cluster address and holds an IKE SA although a strict one would not have come to one.
 */
export const addressFor = ({ scheme }: Constants, at: Member): Address => {
  switch (scheme.addressing) {
    case 'alternate':
    case 'announced':
    case 'loose-resolves':
      return ownAddress(at)
    case 'loose':
    case 'loose-stays':
      return HOME
    default:
      return 'V'
  }
}

/** Addresses of one IKE SA that the peer agreed to under protection when it was made, beside the one it sends to. */
export const agreedAddresses = (constants: Constants): readonly Address[] => {
  switch (constants.scheme.addressing) {
    case 'alternate':
      return ['V', HOME]
    case 'announced':
      return addressesOf(constants)
    default:
      return []
  }
}

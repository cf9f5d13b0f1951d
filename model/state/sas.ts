/** The names of the SAs that may come into being: of those that exist from the start, and of those that requests make. */
import { allowed } from '../constants/budgets.ts'
import { type Constants, membersOf, perConstants } from '../constants/constants.ts'
import { hasEsp } from '../constants/esp-policies.ts'
import { type Member, SIDE, type Side } from '../constants/parties.ts'

/** The child SA and the IKE SA that exist from the start. */
export const FIRST_CHILD = 'x0'
export const FIRST_IKE = 'k0'

/** The child SA of a member where each has one of its own, with equal selectors. */
export const ownChildOf = (member: Member): string => (member === 'A' ? FIRST_CHILD : `x${member}`)

/** The child SA and the IKE SA that the peer sets up anew. */
export const RENEWED_CHILD = 'xr'
export const RENEWED_IKE = 'kr'

/** The child SA made by a request: one for each party that executes it, for keys and SPIs differ. */
export const childOf = (initiator: Side, task: number, by: string): string =>
  initiator === 'cluster' ? `c${task}` : `p${task}${by}`

/** The IKE SA made by a rekeyIke request, of which each side starts one at the most. */
export const ikeOf = (initiator: Side, by: string): string => (initiator === 'cluster' ? 'kc' : `kp${by}`)

/** Child SAs that requests of a side may ask for, numbered from 1. */
export const childRequests = (constants: Constants, side: Side): number =>
  allowed(constants, side, 'createChild') + allowed(constants, side, 'rekeyChild')

const numbersTo = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i + 1)

/** Every child SA that may come into being. */
export const childrenOf = perConstants((constants): readonly string[] => [
  ...(constants.scheme.esp.sharing === 'ownSa' ? membersOf(constants).map(ownChildOf) : [FIRST_CHILD]),
  ...numbersTo(childRequests(constants, 'cluster')).map((task) => childOf('cluster', task, 'P')),
  ...numbersTo(childRequests(constants, 'peer')).flatMap((task) =>
    membersOf(constants).map((by) => childOf('peer', task, by)),
  ),
  ...(constants.scope.addresses.renewals > 0 ? [RENEWED_CHILD] : []),
  ...(constants.extensions?.children ?? []),
])

/**
 * The child SAs that carry the traffic that is followed: the first, those parallel to it, and what replaces it by
 * rekeying. Others have other selectors.
 */
export const trafficSasOf = perConstants((constants): readonly string[] => {
  const others = SIDE.some((side) => allowed(constants, side, 'createChild') > 0)
  if (others || !hasEsp(constants.scope.esp)) return [FIRST_CHILD]
  const own = constants.extensions?.children ?? []
  return childrenOf(constants).filter((child) => !own.includes(child))
})

/** Every IKE SA that may come into being. */
export const ikesOf = perConstants((constants): readonly string[] => [
  FIRST_IKE,
  ...(allowed(constants, 'cluster', 'rekeyIke') > 0 ? [ikeOf('cluster', 'P')] : []),
  ...(allowed(constants, 'peer', 'rekeyIke') > 0
    ? membersOf(constants).map((member) => ikeOf('peer', member))
    : []),
  ...(constants.scope.addresses.renewals > 0 ? [RENEWED_IKE] : []),
])

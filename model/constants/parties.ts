/** The words of a run: who takes part, what each may start, and the addresses that there are. */

/** Members of the cluster; A acts first. */
export const MEMBER = ['A', 'B', 'C'] as const
export type Member = (typeof MEMBER)[number]

/** The ends of an IKE SA: the cluster as one endpoint, and the peer. */
export const SIDE = ['cluster', 'peer'] as const
export type Side = (typeof SIDE)[number]

/** Exchanges after IKE_AUTH that a side may start of its own accord. */
export const STARTED = ['createChild', 'rekeyChild', 'deleteChild', 'rekeyIke'] as const
/** All exchanges: deleting what a rekey replaced follows from the rekey, and the probe is an empty INFORMATIONAL. */
export const EXCHANGE = [...STARTED, 'deleteIke', 'liveness'] as const
export type Exchange = (typeof EXCHANGE)[number]

/** An address of the cluster: the one that all members share, or a member's own. */
export const ADDRESS = ['V', 'a', 'b', 'c'] as const
export type Address = (typeof ADDRESS)[number]

/** A lane of the diagram: a member or the peer. */
export type Party = Member | 'P'

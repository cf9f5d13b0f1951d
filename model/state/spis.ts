/** What a member knows of the SPIs of the cluster, and what becomes of that when it crashes, returns or is told. */
import { each, oneOf, onlyIf, range, record } from '../../src/modelling/schema.ts'
import { type Constants, membersOf } from '../constants/constants.ts'
import type { Member } from '../constants/parties.ts'

/** Child SAs (ESP) and IKE SAs take their SPIs from spaces of their own. */
export const KIND = ['esp', 'ike'] as const
export type Kind = (typeof KIND)[number]

/** The peers that SAs are set up with. */
export const PEER = ['peer1', 'peer2'] as const
export type Peer = (typeof PEER)[number]

/** Whether SPIs are followed at all. */
export const hasSpis = ({ scope }: Constants): boolean => scope.spi.allocations > 0

export const peersOf = ({ scope }: Constants): readonly Peer[] => PEER.slice(0, scope.spi.peers)

const NO_SPI = 'none'

/** An SPI with its kind, as one name: 'esp0', 'ike2'. One name that nobody uses where SPIs are not followed. */
export const spisOf = (constants: Constants): readonly string[] =>
  hasSpis(constants)
    ? KIND.flatMap((kind) => Array.from({ length: constants.scope.spi.values }, (_, value) => kind + value))
    : [NO_SPI]

export const kindOf = (spi: string): Kind => (spi.startsWith('esp') ? 'esp' : 'ike')
export const numberOf = (spi: string): number => Number(spi.slice(3))

/** Whether an SA is set up only when all other members know its SPI. */
export const waitsForSpis = (constants: Constants): boolean =>
  constants.scheme.cluster && constants.scheme.synchIke === 'acknowledged'

/** Parts that the values are divided into: one for each member, or for each time that a member comes up. */
export const partsOf = (constants: Constants): number =>
  membersOf(constants).length +
  (hasSpis(constants) && constants.scheme.spi === 'partitioned' ? constants.scope.returns : 0)

/** What a member knows. */
export const knownSpis = (constants: Constants) => {
  const followed = hasSpis(constants)
  const waits = followed && waitsForSpis(constants)
  return {
    /** Each SPI: free or in use as far as it knows, or granted to it and not used yet. */
    spis: each(spisOf(constants), record({ use: onlyIf(followed, oneOf('free', 'taken', 'granted')) })),
    /** The part of the values that is its own. */
    part: onlyIf(followed && constants.scheme.spi === 'partitioned', range(0, partsOf(constants) - 1)),
    /** An SPI that it has chosen and told the others, for an SA of its own or of a member that asked. */
    chosen: record({
      spi: onlyIf(waits, oneOf(NO_SPI, ...spisOf(constants).filter((spi) => spi !== NO_SPI))),
      by: onlyIf(
        waits && constants.scheme.spi === 'granted',
        oneOf<'itself' | Member>('itself', ...membersOf(constants)),
      ),
      peer: onlyIf(waits && constants.scope.spi.peers === 2, oneOf(...PEER)),
    }),
  }
}

/** The parts of a member that this file works on. */
interface Knows {
  readonly spis: { readonly [spi: string]: { use: 'free' | 'taken' | 'granted' } }
  part: number
  readonly chosen: { spi: string; by: 'itself' | Member; peer: Peer }
}

/** A member goes on without the SPI that it has chosen: it was used, or its exchange will not be completed. */
export const dropChosen = ({ chosen }: Pick<Knows, 'chosen'>): void => {
  chosen.spi = NO_SPI
  chosen.by = 'itself'
  chosen.peer = 'peer1'
}

/** A member crashes: it forgets all SPIs. */
export const forgetSpis = (me: Knows, constants: Constants): void => {
  for (const spi of spisOf(constants)) me.spis[spi]!.use = 'free'
  me.part = 0
  dropChosen(me)
}

/** A member is told by another that is up all the SPIs which that one takes for used. */
export const copySpis = (mine: Knows, theirs: Knows, constants: Constants): void => {
  for (const spi of spisOf(constants)) if (theirs.spis[spi]!.use !== 'free') mine.spis[spi]!.use = 'taken'
}

/**
 * The part of the values that a member gets when it comes up for the n-th time in the whole cluster.
 *
 * INTERPRETATION: with `partitioned`, a member that returns gets a part that nobody ever had, as from a counter kept on disk; one that gets its old part again is `tag-reused`.
 */
export const givePart = (me: Knows, constants: Constants, n: number): void => {
  if (hasSpis(constants) && constants.scheme.spi === 'partitioned') me.part = n
}

/** A member reads what another says about an SPI. An ask is answered by an action of its own, or ignored. */
export const noteSpi = (me: Knows, about: 'taken' | 'freed' | 'granted', spi: string): void => {
  me.spis[spi]!.use = about === 'freed' ? 'free' : about
}

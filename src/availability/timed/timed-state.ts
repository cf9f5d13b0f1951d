/** The state of a timed cluster: that of the search with clocks, and what is looked at in it. */
import type { Constants, Member } from '../../../model/constants/constants.ts'
import { actsOnEsp, actsOnIke } from '../../../model/gateway/roles.ts'
import { isBusy, isWaiting } from '../../../model/ike/message-ids.ts'
import {
  type ClusterSchema,
  type ClusterView,
  FIRST_CHILD,
  FIRST_IKE,
  ikesOf,
} from '../../../model/state/cluster-state.ts'
import type { Draft, View } from '../../modelling/draft.ts'
import type { Model } from '../../modelling/model.ts'
import { range, record } from '../../modelling/schema.ts'
import type { ChainPlan } from './plan.ts'
import type { Label } from './steps.ts'

/** What the parts of a timed cluster are made of. */
export interface Made {
  readonly plan: ChainPlan
  readonly constants: Constants
  readonly members: readonly Member[]
  /** The model of the search. */
  readonly base: Model
}

export type TimedSchema = ReturnType<typeof timedSchema>
export type TimedDraft = Draft<TimedSchema>
export type TimedView = View<TimedSchema>

export const timedSchema = (state: ClusterSchema, { stages }: ChainPlan) =>
  record({
    world: state,
    clock: record({
      /** Stages passed: of the detection, and of the wait of each side. */
      detection: range(0, stages.detection - 1),
      cluster: range(0, stages.waits - 1),
      peer: range(0, stages.waits - 1),
      /** 1: no member is up. */
      dark: range(0, 1),
      /** 1: the acting member gave the IKE SA up, and sets up a new one. */
      starts: range(0, 1),
    }),
  })

/** A side that waits for answers. */
export const SIDES = ['cluster', 'peer'] as const
export type Sided = (typeof SIDES)[number]

/** The end that asks for a side, if there is one. */
const askerOf = (s: ClusterView, members: readonly Member[], side: Sided) =>
  side === 'peer' ? s.peer : members.map((m) => s.member[m]).find((m) => m.up && m.onIke)

/** The IKE SA on which a side asks. */
export const askingOn = (s: ClusterView, members: readonly Member[], side: Sided) => {
  const sa = askerOf(s, members, side)?.ike[FIRST_IKE]
  return sa?.sa ? sa : undefined
}

/** Which wait after its request a side is in. */
export const waitOf = (s: ClusterView, members: readonly Member[], side: Sided): number | undefined => {
  const sa = askingOn(s, members, side)
  if (!sa) return undefined
  const { exchange, held, retransmitted } = sa.requests.even
  return exchange === 'none' || held > 0 ? undefined : retransmitted
}

/** Whether the acting member waits for an answer. */
export const isAskingHere = (s: ClusterView, m: Member): boolean =>
  actsOnIke(s, m) && isWaiting(s.member[m].ike[FIRST_IKE]!)

/** Nothing is under way and the counters of the acting member and the peer agree. */
const isSettled = (s: ClusterView, { constants, members }: Made): boolean => {
  const ikes = ikesOf(constants)
  if (s.network.length > 0 || isBusy(s.peer, ikes)) return false
  const me = members.map((m) => s.member[m]).find((m) => m.up && m.onIke)
  if (!me || isBusy(me, ikes)) return false
  const [mine, theirs] = [me.ike[FIRST_IKE]!, s.peer.ike[FIRST_IKE]!]
  return mine.sa && theirs.sa && mine.nextSend === theirs.expects && mine.expects === theirs.nextSend
}

/** What each label says of a state. */
export const labelsOf = (made: Made): { readonly [label in Label]: (s: TimedView) => boolean } => {
  const { members } = made
  return {
    traffic: ({ world }) =>
      world.peer.ike[FIRST_IKE]!.sa &&
      world.peer.children.has(FIRST_CHILD) &&
      members.some((m) => {
        const me = world.member[m]
        return actsOnEsp(world, m) && me.ike[FIRST_IKE]!.sa && me.children.has(FIRST_CHILD)
      }),
    sas: ({ world }) =>
      world.peer.ike[FIRST_IKE]!.sa &&
      members.some((m) => actsOnIke(world, m) && world.member[m].ike[FIRST_IKE]!.sa),
    acting: ({ world }) => members.some((m) => actsOnIke(world, m)),
    settled: ({ world }) => isSettled(world, made),
    whole: ({ world }) => members.every((m) => world.member[m].up),
    dark: ({ clock }) => clock.dark === 1,
    lost: ({ world, clock }) => !world.peer.ike[FIRST_IKE]!.sa || clock.starts === 1,
  }
}

/** The actions of the search with other edges: what is delivered is consumed, and waits follow their schedule. */
import type { Member } from '../../../model/constants/constants.ts'
import { DELIVERIES } from '../../../model/ends/deliveries.ts'
import { actsOnIke } from '../../../model/gateway/roles.ts'
import { type ClusterView, FIRST_IKE } from '../../../model/state/cluster-state.ts'
import { ikeFields } from '../../../model/wire/events.ts'
import type { Action } from '../../modelling/action.ts'
import { actingFirst } from './settling.ts'
import type { StepKind } from './steps.ts'
import { inner, type TimedAction, timedAction } from './timed-action.ts'
import { type Made, type Sided, type TimedView, waitOf } from './timed-state.ts'

/** Message IDs that a side can count to before it is numbered anew. */
export const NUMBERS = 8

/** Those whose rate is all that is new. */
const AS_THEY_ARE: { readonly [name: string]: StepKind } = {
  ClusterReleasesRequest: { kind: 'released' },
  ClusterReleasesAnswer: { kind: 'released' },
  ReceivesSynch: { kind: 'synch' },
  SynchChannelLoses: { kind: 'synchLost' },
  NetworkLoses: { kind: 'lost' },
}

/** The answers by which an exchange of a side is completed. */
const COMPLETES: { readonly [name: string]: Sided } = {
  ClusterReceivesAnswer: 'cluster',
  PeerReceivesAnswer: 'peer',
}

/** Room for one more number before the next renumbering. */
const hasNumbers = (s: ClusterView, members: readonly Member[], side: Sided): boolean =>
  side === 'peer'
    ? s.peer.ike[FIRST_IKE]!.nextSend < NUMBERS
    : members.every((m) => s.member[m].ike[FIRST_IKE]!.nextSend < NUMBERS)

/** A message is consumed when it is delivered. */
const delivery = (action: Action): TimedAction => {
  const { guard, effect } = inner(action)
  const { name, choose } = action
  return timedAction<{ readonly m: number }>({
    name,
    choose,
    guard,
    effect(d, choice, emit) {
      const taken = ikeFields(d.world.network.at(choice.m)!)
      effect(d, choice, emit)
      d.world.network.remove(taken)
    },
    kind: () => ({ kind: 'delivered' }),
    ...(COMPLETES[name] && { completes: COMPLETES[name] }),
  })
}

/** Makes those of a plan. */
export const adaptedActions = (made: Made): readonly TimedAction[] => {
  const { plan, members, base } = made
  const { stages, clusterStarts } = plan
  const first = actingFirst(made)
  const waits = Array.from({ length: plan.waits }, (_, i) => i)
  const lastStage = (s: TimedView, timer: 'detection' | Sided): boolean =>
    s.clock[timer] === (timer === 'detection' ? stages.detection : stages.waits) - 1

  const adapted = (action: Action): TimedAction | undefined => {
    const { name, choose } = action
    const { guard, effect } = inner(action)
    const side: Sided = name.startsWith('Peer') ? 'peer' : 'cluster'
    if (DELIVERIES.includes(name)) return delivery(action)
    const plain = AS_THEY_ARE[name]
    if (plain) return { name, choose, guard, effect, kind: () => plain }
    switch (name) {
      case 'ClusterAsks':
      case 'PeerAsks':
        return {
          name,
          choose,
          guard: (s, choice) => hasNumbers(s.world, members, side) && guard(s, choice),
          effect,
          kind: () => ({ kind: 'asks', side }),
        }
      case 'ClusterRetransmits':
      case 'PeerRetransmits':
        if (plan.waits === 1) return undefined
        return timedAction<{ readonly wait: number }>({
          name,
          choose: { ...choose, wait: waits.slice(0, -1) },
          guard: (s, choice) =>
            waitOf(s.world, members, side) === choice.wait && lastStage(s, side) && guard(s, choice),
          effect(d, choice, emit) {
            d.clock[side] = 0
            effect(d, choice, emit)
          },
          kind: ({ wait }) => ({ kind: 'wait', side, wait, ends: 'retransmits' }),
        })
      case 'ClusterGivesUp':
      case 'PeerGivesUp':
        return {
          name,
          choose,
          guard: (s, choice) => lastStage(s, side) && guard(s, choice),
          effect(d, choice, emit) {
            if (side === 'cluster' && clusterStarts) d.clock.starts = 1
            effect(d, choice, emit)
          },
          kind: () => ({ kind: 'wait', side, wait: plan.waits - 1, ends: 'givesUp' }),
        }
      case 'TakesOver':
        return {
          name,
          choose,
          guard: (s, choice) => lastStage(s, 'detection') && guard(s, choice),
          effect,
          kind: () => ({ kind: 'detection', ends: 'takesOver' }),
        }
      case 'Crashes':
        return timedAction<{ readonly of: Member }>({
          name,
          choose,
          guard,
          effect(d, choice, emit) {
            if (actsOnIke(d.world, choice.of)) d.clock.starts = 0
            effect(d, choice, emit)
          },
          kind: () => ({ kind: 'crash' }),
        })
      case 'Returns':
        return {
          name,
          choose,
          guard,
          effect(d, choice, emit) {
            effect(d, choice, emit)
            first(d.world)
          },
          kind: () => ({ kind: 'return' }),
        }
      default:
        throw new RangeError(`${name} has no rate`)
    }
  }
  return base.actions.flatMap((action) => adapted(action) ?? [])
}
